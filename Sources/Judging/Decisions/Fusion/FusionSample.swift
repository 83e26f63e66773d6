import Evaluation
import Requirements

/// Rows whose class is known, with what a model said of each and the cells of a table.
public struct FusionSample: Sendable {
  /// What the model said.
  public let scores: LabelledProbabilities
  /// The cells, `[M][N]`: column by column.
  public let cells: [[String]]
  /// Names of the columns, `[M]`.
  public let names: [String]
  /// Which of them are words even where they are spelled as numbers.
  public let categories: Set<String>

  /// A sample of its parts.
  ///
  /// - Parameters:
  ///   - scores: what the model said, `[N]` rows.
  ///   - names: of the columns, `[M]`.
  ///   - cells: `[M][N]`.
  ///   - categories: which of the names are of words.
  /// - Precondition: a list of cells for each name, and a cell for each row.
  public init(
    _ scores: LabelledProbabilities, names: [String], cells: [[String]],
    categories: Set<String> = []
  ) {
    require(
      names.count == cells.count && cells.allSatisfy { $0.count == scores.count },
      "FusionSample: expected \(names.count) columns of \(scores.count) cells, got"
        + " \(cells.map(\.count))")
    (self.scores, self.names, self.cells, self.categories) = (scores, names, cells, categories)
  }

  /// N.
  public var count: Int { scores.count }

  /// Some rows.
  ///
  /// - Precondition: each lies in `0..<N`.
  public func selecting(_ rows: [Int]) -> FusionSample {
    FusionSample(
      scores.selecting(rows), names: names, cells: cells.map { column in rows.map { column[$0] } },
      categories: categories)
  }

  /// The same rows with the columns that a head took for words as categories, so that a part of the rows is read as all are.
  func read(as head: FusionHead) -> FusionSample {
    let words = head.columns.filter { if case .category = $0.kind { true } else { false } }
    return FusionSample(
      scores, names: names, cells: cells, categories: categories.union(words.map(\.name)))
  }

  /// Without a column.
  public func leavingOut(_ name: String) -> FusionSample {
    let kept = names.indices.filter { names[$0] != name }
    return FusionSample(
      scores, names: kept.map { names[$0] }, cells: kept.map { cells[$0] }, categories: categories)
  }
}
