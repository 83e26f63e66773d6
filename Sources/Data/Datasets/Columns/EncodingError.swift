/// Why the columns of a table cannot become numbers. Facts only; ``description`` makes the English.
public enum EncodingError: Error, Equatable, Sendable {
  /// A later table has no such column.
  case missingColumn(String, found: [String])
  /// A column that is named as one of categories has more levels than are taken.
  case tooManyLevels(column: String, levels: Int, most: Int)
  /// No column is left that says anything: all are left out, each for its reason.
  case nothingLeft([EncodedColumn])
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
      "no column says anything of the training rows: \(Self.reasons(of: columns)); give the table a column of numbers or of"
        + " categories"
    case .cells(let error): error.description
    }
  }

  /// Which columns are left out, and why each is.
  private static func reasons(of columns: [EncodedColumn]) -> String {
    let shown = columns.prefix(8).map { column in
      guard case .leftOut(let reason) = column.kind else { return "'\(column.name)'" }
      return "'\(column.name)' is left out: \(reason)"
    }
    return shown.joined(separator: "; ")
      + (columns.count > shown.count ? "; and \(columns.count - shown.count) more" : "")
  }
}
