/// Scalars of YAML, quoted whatever they hold.
enum YAMLText {
  /// A double-quoted scalar: the only style that can hold every text.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
          || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          || scalar.value == 0xFEFF
        {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  /// A number that every reader takes for one: `0.5`, not `5e-1`.
  static func number(_ value: Double) -> String {
    let text = Figures.fixed(value, 6).replacing("−", with: "-")
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.reversed()
    return String(trimmed) + (trimmed.last == "." ? "0" : "")
  }
}

/// Text from outside in a Markdown document that may be shown as HTML.
enum MarkdownText {
  /// Every character that Markdown or HTML could take for more than itself becomes an entity or is
  /// escaped; one that cannot be seen is shown by its number.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in Escape.visible(text) {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "|": escaped += "&#124;"
      case "\n", "\r", "\r\n", "\t": escaped += " "
      case "\\", "`", "*", "_", "[", "]", "(", ")", "#", "!", "~", "$": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A table, its first column to the left, the others to the right.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
    return ([line(head), line(rule)] + rows.map(line)).joined(separator: "\n")
  }
}
