extension ReadingNote {
  /// What is said of the columns of a table of features.
  var columnsText: String {
    switch self {
    case .columnKinds(let numbers, let categories, let withMissing, let leftOut):
      "columns: \(numbers) of numbers, \(categories) of categories, \(withMissing) of them with missing cells;"
        + " \(leftOut) left out"
    case .missingNumbers(let columns, let cells, let isKept):
      "\(count(cells, "cell", "cells")) of the training part \(cells == 1 ? "is" : "are") missing in \(quoted(columns)): "
        + (isKept
          ? "they stay missing, for the method splits at them"
          : "the median of the column stands there, and an indicator beside it")
    case .categories(let column, let levels, let joined, let hasMissing):
      "'\(column)' is read as categories: \(Self.list(levels, joined: joined, hasMissing: hasMissing))"
    case .unseenLevels(let column, let levels, let rows):
      "'\(column)': \(count(rows, "row has", "rows have")) what no training row has"
        + " (\(levels.prefix(5).map { $0.isEmpty ? "missing" : "'\($0)'" }.joined(separator: ", "))"
        + (levels.count > 5 ? ", …" : "") + "), so that no category is theirs"
    case .imputed(let column, let rows, let median):
      "'\(column)': \(count(rows, "row has", "rows have")) no number, where the training part has all; the median of"
        + " training, \(Float(median)), stands there"
    case .columnsNotOfModel(let columns):
      "left alone, as the model does not know them: \(quoted(columns))"
    default: textsOfTableText
    }
  }

  private static func list(_ levels: [String], joined: Int, hasMissing: Bool) -> String {
    var parts = levels.prefix(8).map { "'\($0)'" }
    if levels.count > 8 { parts.append("… (\(levels.count))") }
    if joined > 0 { parts.append("\(joined) rare \(joined == 1 ? "one" : "ones") as other") }
    if hasMissing { parts.append("missing") }
    return parts.joined(separator: ", ")
  }
}

extension EncodedColumn.Reason: CustomStringConvertible {
  /// Why a column is no feature.
  public var description: String {
    switch self {
    case .empty: "no training row has a cell that is not missing"
    case .nearlyUnique(let levels, let rows):
      "\(levels) different entries in \(rows) training rows are ids or free text"
    case .constant(let level): "all training rows have '\(level.prefix(40))'"
    case .rare(let least):
      "no entry stands in \(least) training rows"
    }
  }
}
