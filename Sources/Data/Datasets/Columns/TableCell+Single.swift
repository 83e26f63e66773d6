import Files

extension TableCell {
  /// What a cell of a table of features says: a number that a `Float` cannot be is a word.
  ///
  /// - Parameter text: without blanks around it.
  init(single text: String) {
    let cell = TableCell(text)
    if case .number(let value) = cell, !Float(value).isFinite { self = .word } else { self = cell }
  }
}
