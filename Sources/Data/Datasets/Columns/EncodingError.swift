/// Why the columns of a table cannot become numbers. Facts only; ``description`` makes the English.
public enum EncodingError: Error, Equatable, Sendable {
  /// A later table has no such column.
  case missingColumn(String, found: [String])
  /// A column that is named as one of categories has more levels than are taken.
  case tooManyLevels(column: String, levels: Int, most: Int)
  /// No column is left that says anything.
  case nothingLeft(columns: [String])
  /// Cells that are no numbers, in columns of numbers.
  case cells(DatasetError)
}

extension EncodingError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingColumn(let name, let found):
      "no column '\(name)', which the model was trained on; found: "
        + (found.isEmpty
          ? "none" : found.prefix(20).joined(separator: ", ") + (found.count > 20 ? ", …" : ""))
        + "; give it a table with the columns of its training"
    case .tooManyLevels(let column, let levels, let most):
      "the column '\(column)' is to be categories and has \(levels) of them in the training part, at most \(most) are taken;"
        + " join some, or leave the column out"
    case .nothingLeft(let columns):
      "no column says anything of the training rows: left out are \(columns.prefix(8).joined(separator: ", "))"
        + (columns.count > 8 ? ", …" : "") + "; give the table a column of numbers or of categories"
    case .cells(let error): error.description
    }
  }
}
