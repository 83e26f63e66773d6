import Audit
import Files
import Requirements

/// Scores of examples from a column of a table: one row an example, or several, as a run's `examples.csv` has them.
///
/// Three scores are made of what such a file records step by step, by the names that the literature has for them:
///
/// | name | score of an example | hard is |
/// |---|---|---|
/// | `aum` | mean of `margin` over its steps | low |
/// | `el2n` | mean of `el2n` over its steps; best of the first few epochs | high |
/// | `forgetting` | steps that turn `correct` from 1 to 0; a number above all others where it is never correct | high |
///
/// Source: Pleiss et al., "Identifying Mislabeled Data using the Area Under the Margin Ranking", NeurIPS 2020; Paul, Ganguli,
/// Dziugaite, "Deep Learning on a Data Diet", NeurIPS 2021; Toneva et al., "An Empirical Study of Example Forgetting during
/// Deep Neural Network Learning", ICLR 2019.
public struct ScoreTable: Sendable, Equatable {
  /// Which end of a score is hard.
  public enum HardEnd: String, Sendable, CaseIterable, Codable {
    /// Large scores are of hard examples.
    case high
    /// Small scores are.
    case low
  }

  /// Score of each example by its path.
  public let scores: [String: Double]
  /// Which end is hard, where the name of the column says it.
  public let hardEnd: HardEnd?
  private let file: String

  /// Reads a table with a column of paths and one of scores.
  ///
  /// - Parameters:
  ///   - file: a CSV or TSV.
  ///   - column: name of the score.
  ///   - epochs: the last epoch that counts, by the table's column `epoch`; nil counts all.
  /// - Throws: `FileError`; ``CurationError/noColumn(_:file:nearest:)``; ``CurationError/notANumber(file:line:column:text:)`` for a
  ///   score, and where `epochs` is given an epoch. Rows with an empty score are passed over.
  public init(_ file: String, column: String, epochs: Int? = nil) throws {
    var reader = try DelimitedReader(detecting: file)
    let names = reader.columns
    let source = Self.source(of: column, in: names)
    let (path, score) = (
      try Self.place("path", names, file, or: ["file", "image", "id"]),
      try Self.place(source, names, file)
    )
    let epoch = names.firstIndex(of: "epoch")
    if epochs != nil, epoch == nil {
      throw CurationError.noColumn("epoch", file: file, nearest: nearest(to: "epoch", among: names))
    }
    var counts: [String: ScoreTally] = [:]
    while let row = try reader.next() {
      let text = row.fields[score]
      guard !text.isEmpty else { continue }
      if let epochs, let epoch {
        // An epoch that cannot be read would count, whatever was asked.
        guard let number = Double(row.fields[epoch]), number.isFinite else {
          throw CurationError.notANumber(
            file: file, line: row.line, column: "epoch", text: row.fields[epoch])
        }
        if number > Double(epochs) { continue }
      }
      guard let value = Double(text), value.isFinite else {
        throw CurationError.notANumber(file: file, line: row.line, column: source, text: text)
      }
      counts[row.fields[path], default: ScoreTally()].add(value)
    }
    self.file = file
    hardEnd = Self.hardEnd(of: column)
    guard column == "forgetting", source == "correct" else {
      scores = counts.compactMapValues(\.mean)
      return
    }
    let most = counts.values.map(\.falls).max() ?? 0
    scores = counts.mapValues { Double($0.isEverAboveZero ? $0.falls : most + 1) }
  }

  /// Scores in the order of some examples, `[N]`.
  ///
  /// - Throws: ``CurationError/noScore(path:file:missing:)`` where an example has none.
  public func scores(of paths: [String]) throws(CurationError) -> [Double] {
    let missing = paths.filter { scores[$0] == nil }
    guard missing.isEmpty else {
      throw .noScore(path: missing[0], file: file, missing: missing.count)
    }
    return paths.map { scores[$0] ?? 0 }
  }

  /// The end of a column that is known by its name: a measure of `hard.csv` or its ranks, or one of ``hardEnds``.
  private static func hardEnd(of column: String) -> HardEnd? {
    if let measure = HardMeasure(rawValue: column) { return measure.isHardWhenLow ? .low : .high }
    // Rank 1 is the hardest of its class.
    let isRank = HardMeasure.allCases.contains { column == "\($0.rawValue)_rank" }
    return isRank ? .low : hardEnds[column]
  }

  /// Ends that are known by name besides; `label_score` and those beside it are `audit`'s.
  private static let hardEnds: [String: HardEnd] = [
    "margin": .low, "loss": .high, "grad_norm": .high, "correct": .low, "hardness": .high,
    "label_score": .low, "self_confidence": .low, "normalized_margin": .low,
    "confidence_weighted_entropy": .low, "neighbour_score": .low, "outlier_score": .high,
  ]

  /// The column that a score is made of.
  private static func source(of column: String, in names: [String]) -> String {
    if names.contains(column) { return column }
    return ["aum": "margin", "forgetting": "correct"][column] ?? column
  }

  private static func place(
    _ column: String, _ names: [String], _ file: String, or others: [String] = []
  ) throws(CurationError) -> Int {
    if let place = ([column] + others).lazy.compactMap({ names.firstIndex(of: $0) }).first {
      return place
    }
    throw .noColumn(column, file: file, nearest: nearest(to: column, among: names))
  }
}
