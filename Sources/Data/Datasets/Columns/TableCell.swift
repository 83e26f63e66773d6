/// What a cell of a table of features says.
enum TableCell: Equatable {
  /// Nothing: blank, or one of the marks of ``NumberFault/missing``, or NaN.
  case missing
  /// A number that a `Float` can be.
  case number(Float)
  /// Anything else.
  case word

  /// - Parameter text: without blanks around it.
  init(_ text: String) {
    if let value = Double(text) {
      let value32 = Float(value)
      self = value.isNaN ? .missing : value32.isFinite ? .number(value32) : .word
    } else {
      self = NumberFault(text: text) == .missing ? .missing : .word
    }
  }

  /// The level that a cell of a column of categories has; `nil` where it is missing. The word `none` is a level: a wound may have
  /// none of a kind, and a level of its own costs nothing where the cell is missing.
  static func level(_ text: String) -> String? {
    if text.lowercased() == "none" { return text }
    if Double(text) != nil { return text.lowercased() == "nan" ? nil : text }
    return NumberFault(text: text) == .missing ? nil : text
  }
}
