import Curation
import Datasets
import Requirements

/// The data of a curation: examples as every command reads them, and features where a diverse set is chosen.
struct CurationInput {
  let data: Dataset

  /// Reads labelled data, or data whose labels are kept where there are any.
  ///
  /// - Throws: `DatasetError` for whatever is wrong with the data; `OptionError` for a part that is none.
  init(_ path: String, _ options: TrainOptions, needsLabels: Bool, split: String?) throws {
    if !needsLabels, let given = Self.unusable(options) {
      throw OptionError.conflict(
        "\(given): it needs labels; leave it out, or leave out --no-labels")
    }
    var data =
      needsLabels
      ? try Dataset.open(path, options) : try Dataset.unlabelled([path], options)
    if let split {
      guard let part = Split(rawValue: split) else {
        throw OptionError.outOfRange(
          "split", got: split, expected: Split.allCases.map(\.rawValue).joined(separator: ", "),
          origin: .flag)
      }
      data.examples = data.examples.filter { $0.split == part }
    }
    guard !data.examples.isEmpty else {
      throw CurationError.noRows(split.map { "\(path), part \($0)" } ?? path)
    }
    self.data = data
  }

  /// An option that data without labels have no use for.
  private static func unusable(_ options: TrainOptions) -> String? {
    if options.labels != nil { return "--labels" }
    if options.splitFile != nil { return "--split-file" }
    if options.corrections != nil { return "--corrections" }
    return options.dropClass.isEmpty ? nil : "--drop-class"
  }

  /// What identifies each row.
  var paths: [String] { data.examples.map(\.path) }
  /// The class of each, where it is known.
  var labels: [String?] { data.examples.map(\.label) }
  /// The part of the data that each is in, where they have parts.
  var splits: [String?] { data.examples.map { $0.split?.rawValue } }

  /// Features of the rows: of a file, or of the data themselves.
  ///
  /// - Throws: `DatasetError`, `AuditError` and `CurationError`.
  func rows(features: String?, _ flags: CurationFlags, name: String) throws -> CurationRows {
    let table: FeatureTable
    if let features {
      let read = try FeatureRows(features, paths: paths)
      table = try FeatureTable(
        paths: paths, values: read.numbers, width: read.width, name: features)
    } else {
      guard let store = data.rows, store.kind == .features else {
        throw OptionError.missing(
          "--features",
          hint: "\(name) has \(data.inputKind.rawValue); make features of it with: steelyard embed")
      }
      let numbers = data.examples.flatMap { example -> ArraySlice<Float> in
        if case .row(let row) = example.source { return store.values(row) }
        return []
      }
      table = try FeatureTable(paths: paths, values: numbers, width: store.width, name: name)
    }
    return CurationRows(
      table, groups: try groups(flags, name: name),
      patients: try flags.patientColumn.map { try column($0, name: name) }
        ?? data.examples.map(\.group),
      labels: labels, splits: splits)
  }

  /// What is clustered by itself; rows without a group are one.
  private func groups(_ flags: CurationFlags, name: String) throws -> [String]? {
    if flags.oneGroup { return nil }
    let groups =
      try flags.clusterColumn.map { try column($0, name: name) } ?? data.examples.map(\.group)
    return groups.contains { $0 != nil } ? groups.map { $0 ?? "no group" } : nil
  }

  /// A column of the table that the data were read from.
  private func column(_ column: String, name: String) throws -> [String?] {
    let known = Set(data.examples.flatMap(\.attributes.keys)).sorted()
    guard known.contains(column) else {
      throw CurationError.noColumn(
        column, file: name, nearest: nearest(to: column, among: known))
    }
    return data.examples.map { example in
      example.attributes[column].flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}
