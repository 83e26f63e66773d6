import Evaluation
import Files
import Runs

/// Every image by the model that has not seen its fold, once and in the order of the data.
struct OutOfFold {
  private let directory: CrossfitDirectory
  private let table: FoldTable

  init(_ directory: CrossfitDirectory, _ table: FoldTable) {
    (self.directory, self.table) = (directory, table)
  }

  /// The predictions of all folds, with a column `fold`.
  ///
  /// - Throws: `CrossfitError` where an image is missing, twice, or in another fold than the table says; what
  ///   reading the predictions of a fold throws.
  func predictions() throws -> Predictions {
    let parts = try (1...table.count).map { number in
      let run = try RunDirectory(existing: directory.run(ofFold: number))
      var part = try Predictions.read(run.predictions("test"))
      part.areOrdered = try Judgement.readIfPresent(run.metrics("test"))?.report.areOrdered == true
      return part
    }
    for (index, part) in parts.enumerated() where part.classes != parts[0].classes {
      throw CrossfitError.classesDiffer(fold: index + 1)
    }
    let rowOfPath = parts.map { part in
      Dictionary(uniqueKeysWithValues: part.paths.enumerated().map { ($1, $0) })
    }
    let places = try table.rows.map { image in
      guard let row = rowOfPath[image.fold - 1][image.path] else { throw missing(image) }
      return (part: image.fold - 1, row: row)
    }
    // As many as there are images, and each has one: no prediction is left over.
    for (index, part) in parts.enumerated() {
      let own = table.rows.filter { $0.fold == index + 1 }
      guard part.count == own.count else {
        let known = Set(own.map(\.path))
        let stray = part.paths.first { !known.contains($0) } ?? ""
        throw missing(.init(path: stray, label: "", group: "", fold: index + 1))
      }
    }
    let groups = parts.map { $0.column("group") }
    let hasGroups = groups.contains { $0 != nil }
    var all = try Predictions(
      classes: parts[0].classes, paths: table.rows.map(\.path),
      truths: places.map { parts[$0.part].truths[$0.row] },
      predicted: places.map { parts[$0.part].predicted[$0.row] },
      probabilities: places.flatMap { Array(parts[$0.part][$0.row]) },
      columns: (hasGroups
        ? [.init("group", places.map { groups[$0.part]?[$0.row] ?? "" })] : [])
        + [.init("fold", table.rows.map { "\($0.fold)" })])
    all.areOrdered = parts[0].areOrdered
    return all
  }

  private func missing(_ image: FoldTable.Row) -> CrossfitError {
    .notCovered(path: image.path, fold: image.fold, file: directory.folds)
  }
}
