extension Unicode.Scalar {
  /// Whether the character cannot be seen, or turns the direction of what follows: control characters, tab and line feed among
  /// them, blanks and joints without a width, marks of direction and of the order of bytes. Hidden, it can make a name look like another.
  /// The joiners of emoji and scripts (U+200C, U+200D) are none.
  package var isHidden: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060,
      0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
