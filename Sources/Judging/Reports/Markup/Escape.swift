import Files

/// Text from outside, made harmless where it is put.
package enum Escape {
  /// For the content of an element or a quoted attribute.
  ///
  /// The five characters of markup become entities. A control character, one that turns the direction of
  /// what follows or marks one, and one without any width is shown by its number: `⟨U+202E⟩`; hidden, it
  /// could make a path look like another. The joiners of emoji and scripts (U+200C, U+200D) stay.
  package static func html(_ text: String) -> String {
    var bytes = text.utf8.makeIterator()
    var isPlain = true
    while isPlain, let byte = bytes.next() { isPlain = !mayMatter(byte) }
    if isPlain { return text }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars { append(scalar, to: &escaped) }
    return escaped
  }

  /// Letters, digits and `-` only, for an `id`: what else there is becomes its number.
  package static func identifier(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": String(scalar)
      case "_", "-": "-"
      default: "u" + String(scalar.value, radix: 16)
      }
    }.joined()
  }

  /// The same text with what cannot be seen shown by its number.
  package static func visible(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) { shown += token(scalar) } else { shown.unicodeScalars.append(scalar) }
    }
    return shown
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "&": text += "&amp;"
    case "<": text += "&lt;"
    case ">": text += "&gt;"
    case "\"": text += "&quot;"
    case "'": text += "&#39;"
    default:
      if isHidden(scalar) { text += token(scalar) } else { text.unicodeScalars.append(scalar) }
    }
  }

  /// 0xC2 begins the second block of control characters, 0xD8 the Arabic mark of direction, 0xE2 the other marks
  /// of direction, 0xEF the mark of the order of bytes.
  private static func mayMatter(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3C || byte == 0x3E
      || byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isHidden && scalar != "\t" && scalar != "\n"
  }

  private static func token(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
  }
}
