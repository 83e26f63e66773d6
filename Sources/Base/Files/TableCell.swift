/// What a cell of a column of numbers or of categories says, in tables of features and in those that `fuse` reads; tables of
/// predictions know fewer marks for what is missing.
package enum TableCell: Equatable, Sendable {
  /// Nothing: blank, one of ``marks``, or NaN.
  case missing
  /// A number, which may be infinite.
  case number(Double)
  /// Anything else.
  case word

  /// Words and marks for nothing, in small letters, as spreadsheets, pandas, R, Weka and JSON write it.
  package static let marks: Set<String> = ["", "?", "na", "n/a", "<na>", "null", "none", "-", "."]

  /// - Parameter text: without blanks around it.
  package init(_ text: String) {
    if let value = Double(text) {
      self = value.isNaN ? .missing : .number(value)
    } else {
      self = Self.marks.contains(text.lowercased()) ? .missing : .word
    }
  }

  /// The level that a cell of a column of categories has; `nil` where it is missing. The word `none` is a level: a wound may have
  /// none of a kind, and a level of its own costs nothing where the cell is missing.
  ///
  /// - Parameter text: without blanks around it.
  package static func level(_ text: String) -> String? {
    text.lowercased() != "none" && TableCell(text) == .missing ? nil : text
  }

  /// Whether cells are those of a column of categories: half or more of those that are not missing are words. Of fewer words each is
  /// taken for a slip among numbers.
  package static func areCategories(_ cells: some Sequence<TableCell>) -> Bool {
    var (words, known) = (0, 0)
    for cell in cells where cell != .missing {
      known += 1
      if cell == .word { words += 1 }
    }
    return words > 0 && 2 * words >= known
  }
}
