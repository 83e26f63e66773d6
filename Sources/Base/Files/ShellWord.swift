/// Text as one word of a command for a POSIX shell.
package enum ShellWord {
  /// The text, in single quotes where a shell could take a part of it for more than itself.
  package static func of(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether a shell reads the text as it stands; of no characters it would make no word.
  package static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "/._-+:@%".unicodeScalars.contains($0)
      }
  }

  /// The text in single quotes; those within it stand outside of them.
  package static func quoted(_ text: String) -> String {
    // By scalars: a combining mark behind a quote would make another character of it, but not to a shell.
    text.unicodeScalars.reduce(into: "'") { word, scalar in
      if scalar == "'" { word += "'\\''" } else { word.unicodeScalars.append(scalar) }
    } + "'"
  }
}
