/// Why labels that stand in a file of features are not read.
public enum UnreadLabels: String, Sendable, Codable {
  /// Several labels an example are not read from tensors.
  case severalInTensors = "several_in_tensors"
  /// They are several labels an example, and classes are looked for, if any.
  case severalColumns = "several_columns"
}

extension ReadingNote {
  /// What is said of rows of numbers.
  var rowsText: String {
    switch self {
    case .takenAs(let kind, let sign): "read as \(kind.rawValue): \(sign)"
    case .filesAsSplits(let files, let splits):
      "the names say the splits: "
        + zip(files, splits).map { "\($0) is \($1)" }.joined(separator: ", ")
    case .tablesBeside(let names, let decides):
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not read: \(decides) say the"
        + " labels"
    case .headerNotRead(let keys):
      "not read: \(keys.count == 1 ? "the header line" : "the header lines")"
        + " \(keys.joined(separator: ", "))"
    case .labelsByName(let file, let column, let rows):
      "the labels of \(count(rows, "row", "rows")) are those that \(file) has for its name, in '\(column)'"
    case .labelsInOrder(let file, let rows):
      "the labels of \(file) are taken for the \(count(rows, "row", "rows")) one by one: nothing in it"
        + " names the rows"
    case .labelsNotJoined(let file, let labels, let rows):
      "the labels of \(file) are not read: it has \(labels) for \(count(rows, "row", "rows"))"
    case .labelsOfOtherRows(let file, let column, let rows):
      "the labels of \(file) are not read: its column '\(column)' names none of the"
        + " \(count(rows, "row", "rows"))"
    case .rowsNotListed(let rows, let first):
      "left out: \(count(rows, "row", "rows")) that the table does not list (first \(first))"
    case .arraysNotRead(let names):
      "not read: \(names.count == 1 ? "the array" : "the arrays") \(short(names))"
    case .labelsInside(let name, .severalInTensors):
      "the labels of the tensor '\(name)' are not read: where an example may have several, they stand in an array"
        + " 'labels' [N, L] of an .npz, or in labels.csv"
    case .labelsInside(let name, .severalColumns):
      "the labels of '\(name)' are not read: it has several columns, and so no class a row"
    default: textsOfTableText
    }
  }
}
