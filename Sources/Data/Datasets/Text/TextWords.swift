import Foundation

/// The words of a text: runs of letters, marks, digits and low lines, in lower case.
///
/// The text is brought to its composed form (NFC) first, so that one word spelled with other code points is one word; then each
/// code point is put into lower case by itself, whatever stands beside it. An apostrophe or a hyphen ends a word. Code points that
/// stand under one letter, more than 256 of them, keep their form.
package struct TextWords {
  /// The words in the order of the text.
  package let words: [String]

  /// - Parameter text: anything; a text without letters and digits has no word.
  package init(_ text: String) {
    var (words, word) = ([String](), String.UnicodeScalarView())
    for character in text {
      for scalar in Self.composed(character).unicodeScalars {
        for part in scalar.properties.lowercaseMapping.unicodeScalars {
          if Self.belongs(part) {
            word.append(part)
          } else if !word.isEmpty {
            words.append(String(word))
            word = String.UnicodeScalarView()
          }
        }
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    self.words = words
  }

  /// The words, then each pair of neighbours with a blank between them: 1-grams and 2-grams, made one by one.
  package var terms: some Collection<String> {
    // Pairs of a long text would take several times its memory at once.
    (0..<max(2 * words.count - 1, 0)).lazy.map { place in
      let first = place - words.count
      return first < 0 ? words[place] : "\(words[first]) \(words[first + 1])"
    }
  }

  /// So many code points of a character are composed.
  private static let longest = 256

  /// The composed form of a character. No code point is composed with one of another character; by characters the time grows with the
  /// length of a text, where it would grow with its square for the whole at once.
  private static func composed(_ character: Character) -> String {
    let text = String(character)
    guard !character.isASCII, text.unicodeScalars.count <= longest else { return text }
    return text.precomposedStringWithCanonicalMapping
  }

  /// Marks belong to words, as the vowel signs of Indian scripts do.
  private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "_" { return true }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
