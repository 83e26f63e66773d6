/// Text from outside in a Markdown document that may be shown as HTML.
enum MarkdownText {
  /// Every character that Markdown or HTML could take for more than itself becomes an entity or is
  /// escaped; one that cannot be seen is shown by its number. Round brackets make a link only after square
  /// ones, which are escaped, so they stay as they read.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    // By scalars, as a reader of Markdown goes: a combining mark behind a bar would make another character of it.
    for scalar in Escape.visible(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "|": escaped += "&#124;"
      case "\n", "\t": escaped += " "
      case "\\", "`", "*", "_", "[", "]", "#", "!", "~", "$": escaped += "\\\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
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
