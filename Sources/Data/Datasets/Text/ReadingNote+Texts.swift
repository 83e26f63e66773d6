extension ReadingNote {
  /// What is said of texts that another table has.
  var textsOfTableText: String {
    switch self {
    case .textsByName(let file, let column, let rows):
      "the texts of \(count(rows, "row", "rows")) are those that \(file) has for \(rows == 1 ? "its name" : "their names"),"
        + " in '\(column)'"
    case .textsInOrder(let file, let rows):
      "the texts of \(file) are taken for the \(count(rows, "row", "rows")) one by one: nothing in it names the rows"
    case .rowsWithoutText(let rows, let first, let file):
      "\(count(rows, "row is", "rows are")) not in \(file) (first \(first)) and \(rows == 1 ? "has" : "have") an empty text"
    case .textsOfOtherRows(let file, let rows):
      "not read: \(count(rows, "row", "rows")) of \(file) that \(rows == 1 ? "names" : "name") no row of the features"
    default: ""
    }
  }
}
