public import Files

/// What can be wrong with a set of predictions, in memory or in a file.
///
/// Rows count from 1, without the header.
public enum PredictionsError: Error, Equatable, CustomStringConvertible {
  /// There is no class, or a file has no `prob_<class>` column.
  case noClasses
  /// Two classes have one name.
  case duplicateClass(String)
  /// One example has two rows.
  case duplicatePath(String, rows: [Int])
  /// A probability is not a number in 0…1.
  case notAProbability(String, row: Int, value: String)
  /// The probabilities of a row do not sum to 1.
  case badSum(String, row: Int, sum: Double)
  /// Probabilities of a file do not sum to 1.
  case unnormalized(UnnormalizedRows)
  /// A single column of scores, and no saying of which class.
  case unclearScore(UnclearScore)
  /// The file cannot be read or written, or is not a table of predictions.
  case file(FileError)
  /// A file is a table of predictions, but one with a mistake.
  indirect case inFile(String, PredictionsError)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .noClasses:
      return "predictions without classes: expected at least one column named prob_<class>"
    case .duplicateClass(let name):
      return "class '\(name)' occurs twice; class names must differ"
    case .duplicatePath(let path, let rows):
      return "'\(path)' has \(rows.count) predictions, in rows "
        + rows.map(String.init).joined(separator: " and ")
        + "; every example must be evaluated exactly once"
    case .notAProbability(let path, let row, let value):
      return "row \(row) ('\(path)'): expected probabilities between 0 and 1, got \(value)"
    case .badSum(let path, let row, let sum):
      return "row \(row) ('\(path)'): expected probabilities that sum to 1, got a sum of \(sum)"
    case .unnormalized(let rows):
      return rows.description
    case .unclearScore(let score):
      return score.description
    case .file(let error):
      return error.description
    case .inFile(let file, let error):
      return "\(file): \(error.description)"
    }
  }
}
