/// Texts as YAML scalars.
package enum YAMLText {
  /// The text bare if YAML reads it back as the same text, in double quotes otherwise.
  package static func scalar(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !["null", "~"].contains(text.lowercased()) else {
      return false
    }
    let safe = { (scalar: Unicode.Scalar) in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "_./+-".unicodeScalars.contains(scalar)
    }
    return first != "-" && text.unicodeScalars.allSatisfy(safe)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case let other where other.value < 0x20:
        let digits = String(other.value, radix: 16)
        result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      case let other: result.unicodeScalars.append(other)
      }
    }
    return result + "\""
  }
}
