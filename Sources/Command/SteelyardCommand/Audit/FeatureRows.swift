import Audit
import Datasets

/// Features in the order of the labels that are audited: joined by path, or row by row where only rows are known.
struct FeatureRows {
  let numbers: [Float]
  let width: Int

  /// Features of examples that are known by their paths.
  ///
  /// - Throws: as ``init(_:of:)``.
  init(_ file: String, paths: [String]) throws {
    let unknown = [Int32](repeating: 0, count: paths.count)
    try self.init(file, of: GivenLabels(given: unknown, classes: [], paths: paths))
  }

  /// Reads what `embed` writes, labels or not.
  ///
  /// - Throws: `DatasetError` for whatever is wrong with the file; `AuditError` where it is of other examples.
  init(_ file: String, of labels: GivenLabels) throws {
    let set = try Dataset.unlabelled([file], TrainOptions())
    guard let store = set.rows, store.kind == .features else {
      throw AuditError.noFeatures(
        path: labels.paths?.first ?? "row 0", file: file, missing: labels.given.count)
    }
    width = store.width
    var order = Array(set.examples.indices)
    if let paths = labels.paths {
      let places = Dictionary(
        set.examples.indices.map { (set.examples[$0].path, $0) }, uniquingKeysWith: { $1 })
      let missing = paths.filter { places[$0] == nil }
      guard missing.isEmpty else {
        throw AuditError.noFeatures(path: missing[0], file: file, missing: missing.count)
      }
      order = paths.map { places[$0] ?? 0 }
    } else if order.count != labels.given.count {
      throw AuditError.otherCount(labels: labels.given.count, rows: order.count)
    }
    numbers = order.flatMap { place -> ArraySlice<Float> in
      if case .row(let row) = set.examples[place].source { return store.values(row) }
      return []
    }
  }
}
