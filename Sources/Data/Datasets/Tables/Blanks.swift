/// Blanks around the cells of a table.
package enum Blanks {
  /// `text` without white space, byte-order marks and zero-width spaces at either end.
  package static func trimmed(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      isBlank(first) || isBlank(last)
    else { return text }
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.first, isBlank(scalar) { scalars.removeFirst() }
    while let scalar = scalars.last, isBlank(scalar) { scalars.removeLast() }
    return String(scalars)
  }

  /// `text` as it is where that is known, as a folder may be called ` a`; else without blanks at either end.
  ///
  /// - Parameters:
  ///   - text: of a cell.
  ///   - isKnown: whether a name is one that is looked for.
  package static func known(_ text: String, among isKnown: (String) -> Bool) -> String {
    isKnown(text) ? text : trimmed(text)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7F }
    return scalar.properties.isWhitespace || scalar.value == 0xFEFF || scalar.value == 0x200B
  }
}
