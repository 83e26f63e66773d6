public import Evaluation
import Randomness
import Requirements

/// Predictions with the cells of a table, row by row.
public struct FusionRows: Sendable {
  /// What the model said.
  public let predictions: Predictions
  /// Names of the columns, `[M]`.
  public let names: [String]
  /// The cells, `[M][N]`: column by column.
  public let cells: [[String]]

  /// Rows of their parts.
  ///
  /// - Parameters:
  ///   - predictions: what the model said, `[N]` rows.
  ///   - names: of the columns, `[M]`.
  ///   - cells: `[M][N]`.
  /// - Precondition: a list of cells for each name, and a cell for each row.
  public init(_ predictions: Predictions, names: [String], cells: [[String]]) {
    require(
      names.count == cells.count && cells.allSatisfy { $0.count == predictions.count },
      "FusionRows: expected \(names.count) columns of \(predictions.count) cells, got"
        + " \(cells.map(\.count))")
    (self.predictions, self.names, self.cells) = (predictions, names, cells)
  }

  /// The rows whose class is known.
  var known: FusionRows {
    let rows = (0..<predictions.count).filter { predictions.truths[$0] != nil }
    guard rows.count < predictions.count, let kept = try? predictions.keeping(rows) else {
      return self
    }
    return FusionRows(
      kept, names: names, cells: cells.map { column in rows.map { column[$0] } })
  }

  /// The rows whose class is known, as a sample of some columns.
  func sample(_ wanted: [String], _ categories: Set<String>) -> FusionSample {
    let rows = known
    let places = wanted.compactMap { rows.names.firstIndex(of: $0) }
    return FusionSample(
      LabelledProbabilities(rows.predictions), names: places.map { rows.names[$0] },
      cells: places.map { rows.cells[$0] }, categories: categories)
  }

  /// What a head says of each row.
  ///
  /// - Parameter head: of columns that these rows have.
  /// - Throws: ``FusionError/otherClasses(found:expected:)``, `PredictionsError`.
  public func predictions(by head: FusionHead) throws -> Predictions {
    try predictions(by: head, names)
  }

  func predictions(by head: FusionHead, _ wanted: [String]) throws -> Predictions {
    guard let ordered = predictions.ordered(as: head.classes) else {
      throw FusionError.otherClasses(found: head.classes, expected: predictions.classes)
    }
    let columns = head.columns.compactMap { column in
      names.firstIndex(of: column.name).map { cells[$0] }
    }
    return try ordered.saying(
      (0..<ordered.count).map { row in
        head(ordered[row], cells: columns.map { $0[row] })
      })
  }

  /// What heads say of each row that were fitted without its fold.
  func predictions(
    _ sample: FusionSample, _ folds: GroupedFolds, usesScores: Bool, key: RandomKey
  ) throws -> Predictions {
    var said = [[Double]](repeating: [], count: sample.count)
    for fold in 0..<folds.count {
      let head = try FusionHead(
        sample.selecting(folds.rows(outside: fold)), usesScores: usesScores,
        key: key.folding(fold), mayBeConstant: true)
      for row in folds.rows(in: fold) {
        said[row] = head(sample.scores[row], cells: sample.cells.map { $0[row] })
      }
    }
    return try predictions.saying(said)
  }
}

extension Predictions {
  /// The same rows with other probabilities.
  fileprivate func saying(_ rows: [[Double]]) throws(PredictionsError) -> Predictions {
    var other = try Predictions(
      classes: classes, paths: paths, truths: truths, probabilities: rows.flatMap { $0 },
      columns: columns)
    (other.positive, other.areOrdered) = (positive, areOrdered)
    return other
  }
}
