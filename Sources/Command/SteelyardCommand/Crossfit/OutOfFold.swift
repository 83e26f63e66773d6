import Evaluation
import Files
import Runs

/// Every image by the model that has not seen its fold, once and in the order of the data.
struct OutOfFold {
  let directory: CrossfitDirectory
  private let table: FoldTable

  init(_ directory: CrossfitDirectory, _ table: FoldTable) {
    (self.directory, self.table) = (directory, table)
  }

  /// The predictions of all folds, with a column `fold`.
  ///
  /// - Throws: `CrossfitError` where an image is missing, twice, or in another fold than the table says; what
  ///   reading the predictions of a fold throws.
  func predictions() throws -> Predictions {
    let parts = try runs().map { run in
      var part = try Predictions.read(run.predictions("test"))
      part.areOrdered = try Judgement.readIfPresent(run.metrics("test"))?.report.areOrdered == true
      return part
    }
    for (index, part) in parts.enumerated() where part.classes != parts[0].classes {
      throw CrossfitError.classesDiffer(fold: index + 1)
    }
    let places = try places(of: parts.map(\.paths))
    var all = try Predictions(
      classes: parts[0].classes, paths: table.rows.map(\.path),
      truths: places.map { parts[$0.part].truths[$0.row] },
      predicted: places.map { parts[$0.part].predicted[$0.row] },
      probabilities: places.flatMap { Array(parts[$0.part][$0.row]) },
      columns: columns(groups: parts.map { $0.column("group") }, places))
    all.areOrdered = parts[0].areOrdered
    return all
  }

  /// The run of each fold, `[K]`.
  func runs() throws -> [RunDirectory] {
    try (1...table.count).map { try RunDirectory(existing: directory.run(ofFold: $0)) }
  }

  /// What every image is called, in the order of the data.
  var paths: [String] { table.rows.map(\.path) }

  /// Where the prediction of every image stands: in which part, from 0, and in which row of it.
  ///
  /// - Parameter paths: of each part's predictions, `[K]`.
  /// - Throws: `CrossfitError.notCovered`.
  func places(of paths: [[String]]) throws(CrossfitError) -> [(part: Int, row: Int)] {
    let rowOfPath = paths.map { paths in
      Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    }
    var places: [(part: Int, row: Int)] = []
    for image in table.rows {
      guard let row = rowOfPath[image.fold - 1][image.path] else { throw missing(image) }
      places.append((image.fold - 1, row))
    }
    // As many as there are images, and each has one: no prediction is left over.
    for (index, paths) in paths.enumerated() {
      let own = table.rows.filter { $0.fold == index + 1 }
      guard paths.count == own.count else {
        let known = Set(own.map(\.path))
        let stray = paths.first { !known.contains($0) } ?? ""
        throw missing(.init(path: stray, label: "", group: "", fold: index + 1))
      }
    }
    return places
  }

  /// The columns beside the predictions: groups, where there are some, and folds.
  ///
  /// - Parameters:
  ///   - groups: of each part, `[K]`.
  ///   - places: of every image.
  func columns(
    groups: [[String]?], _ places: [(part: Int, row: Int)]
  ) -> [Predictions.Column] {
    let own: [Predictions.Column] =
      groups.contains { $0 != nil }
      ? [.init("group", places.map { groups[$0.part]?[$0.row] ?? "" })] : []
    return own + [.init("fold", table.rows.map { "\($0.fold)" })]
  }

  private func missing(_ image: FoldTable.Row) -> CrossfitError {
    .notCovered(path: image.path, fold: image.fold, file: directory.folds)
  }
}
