/// `config.yaml` as a run writes it: `name: value  # origin`, a line for each option.
enum ConfigLines {
  static func facts(_ bytes: [UInt8]) -> [RunFacts.Fact] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard let first = line.first, first != "#", first != " ",
        let colon = line.firstIndex(of: ":")
      else { return nil }
      let (value, origin) = parts(line[line.index(after: colon)...])
      return RunFacts.Fact(String(line[..<colon]), value, origin: origin)
    }
  }

  /// What stands before and after the last ` # ` that is not within quotes.
  private static func parts(_ text: Substring) -> (value: String, origin: String?) {
    var quote: Character?
    var previous: Character = " "
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#", previous == " " {
        return (unquoted(trimmed(text[..<index])), trimmed(text[text.index(after: index)...]))
      }
      previous = character
    }
    return (unquoted(trimmed(text)), nil)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " || text.last == "\r" { text.removeLast() }
    return String(text)
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'"
    else { return text }
    return String(text.dropFirst().dropLast())
  }
}
