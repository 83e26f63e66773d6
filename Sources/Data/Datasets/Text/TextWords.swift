import Foundation

/// The words of a text: runs of letters, marks, digits and low lines, in lower case.
///
/// The text is brought to its composed form (NFC) first, so that one word spelled with other code points is one word; then each
/// code point is put into lower case by itself, whatever stands beside it. An apostrophe or a hyphen ends a word.
package struct TextWords {
  /// The words in the order of the text.
  package let words: [String]

  /// - Parameter text: anything; a text without letters and digits has no word.
  package init(_ text: String) {
    var (words, word) = ([String](), String.UnicodeScalarView())
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      for part in scalar.properties.lowercaseMapping.unicodeScalars {
        if Self.belongs(part) {
          word.append(part)
        } else if !word.isEmpty {
          words.append(String(word))
          word = String.UnicodeScalarView()
        }
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    self.words = words
  }

  /// The words, then each pair of neighbours with a blank between them: 1-grams and 2-grams.
  package var terms: [String] { words + zip(words, words.dropFirst()).map { "\($0) \($1)" } }

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
