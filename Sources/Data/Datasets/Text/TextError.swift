/// Why texts cannot become features. Facts only; ``description`` makes the English.
public enum TextError: Error, Equatable, Sendable {
  /// The data have no such column of texts.
  case missingColumn(String, found: [String])
  /// No training row has a word in the column.
  case noWord(column: String)
  /// The model's file would be too large.
  case tooLarge(slots: Int, size: Int, bytes: Int, most: Int)
  /// The lexicons would make the model's file too large.
  case lexiconsTooLarge(words: Int, bytes: Int, most: Int)
}

extension TextError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingColumn(let name, let found):
      "no column of texts '\(name)', which the model was trained on; found: "
        + (found.isEmpty ? "none" : found.joined(separator: ", "))
        + "; give it a table with the columns of its training"
    case .noWord(let column):
      "the text column '\(column)': no training row has a word in it; leave the column out"
    case .tooLarge(let slots, let size, let bytes, let most):
      "text columns: \(size) components of \(slots) slots take \(bytes >> 20) MiB in the model, at most \(most >> 20) are"
        + " written; take fewer components or fewer slots"
    case .lexiconsTooLarge(let words, let bytes, let most):
      "lexicons: \(words) words take \(bytes >> 20) MiB in the model, at most \(most >> 20) are written; leave words out"
    }
  }
}
