import Files

/// How the views of a study are joined, and what validation said of each way.
///
/// The way is the one whose studies of validation have the greatest mean average precision over labels
/// (`average_precision_macro`); of equals the first of `mean`, `max`, `noisy-or`, so that nothing but the data decides.
public struct ChosenJoin: Sendable, Equatable, Codable {
  /// The column that names the study of each image.
  public let column: String
  /// How probabilities become one.
  public let join: StudyJoin
  /// `average_precision_macro` of the studies of validation by the names of the ways, each in 0…1; `nil` where a person chose.
  public let values: [String: Double]?
  /// Number of studies of validation; `nil` where a person chose.
  public let studies: Int?

  enum CodingKeys: String, CodingKey {
    case column = "study_column"
    case join = "study_join"
    case values = "study_join_average_precision"
    case studies = "study_join_studies"
  }

  /// A way that a person chose.
  ///
  /// - Parameters:
  ///   - column: The column of the studies.
  ///   - join: How probabilities become one.
  public init(_ column: String, _ join: StudyJoin) {
    (self.column, self.join, values, studies) = (column, join, nil, nil)
  }

  /// The best way on validation.
  ///
  /// - Parameters:
  ///   - validation: Images that the model has not learned from; those of one study are views of it.
  ///   - column: The column of the studies.
  ///   - file: What errors call the table.
  /// - Throws: `FileError.malformed` where there is no such column, `StudyJoinError.nothingToRank` where no label has an average
  ///   precision.
  public init(on validation: LabelPredictions, by column: String, file: String) throws {
    var (found, count): ([(join: StudyJoin, value: Double)], Int) = ([], 0)
    for join in StudyJoin.allCases {
      let studies = try validation.studies(by: column, join, file: file)
      let value = LabelMetrics(studies, thresholds: nil, shots: nil)
        .values([Double](repeating: 1, count: studies.count))[0]
      guard !value.isNaN else {
        throw StudyJoinError.nothingToRank(file, studies: studies.count)
      }
      found.append((join, value))
      count = studies.count
    }
    let best = found.reduce(found[0]) { $1.value > $0.value ? $1 : $0 }
    self.column = column
    join = best.join
    values = Dictionary(uniqueKeysWithValues: found.map { ($0.join.rawValue, $0.value) })
    studies = count
  }
}

/// Why no way of joining views can be chosen.
public enum StudyJoinError: Error, Equatable, CustomStringConvertible {
  /// No study of validation has any label.
  case nothingToRank(String, studies: Int)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .nothingToRank(let path, let studies):
      "\(path): none of \(studies) studies of validation has any label, so no average precision tells the ways of joining"
        + " views apart; name one with --study-join mean, max or noisy-or"
    }
  }
}
