/// Columns that `text` takes on a terminal: escape sequences take none, a wide East Asian character
/// or an emoji two, a letter with its accents one.
public func displayWidth(_ text: String) -> Int { cells(of: text).reduce(0) { $0 + $1.width } }

/// `text` cut to at most `width` columns, with `…` in place of what is missing.
///
/// Escape sequences are kept, so that colours end where they should.
///
/// - Parameters:
///   - text: One line.
///   - width: Columns it may take; below 1 nothing is left.
public func truncated(_ text: String, to width: Int) -> String {
  let pieces = cells(of: text)
  guard pieces.reduce(0, { $0 + $1.width }) > width else { return text }
  var (result, used, isCut) = ("", 0, false)
  for piece in pieces {
    if piece.width == 0 {
      result += piece.text
    } else if !isCut && used + piece.width < width {
      result += piece.text
      used += piece.width
    } else if !isCut {
      isCut = true
      result += width > 0 ? "…" : ""
    }
  }
  return result
}

/// Characters and whole escape sequences, with the columns that each takes.
private func cells(of text: String) -> [(text: String, width: Int)] {
  var result: [(String, Int)] = []
  var escape = ""
  for character in text {
    if !escape.isEmpty {
      escape.append(character)
      // A control sequence ends with a letter after its opening bracket.
      if character.isLetter {
        result.append((escape, 0))
        escape = ""
      }
    } else if character == "\u{1B}" {
      escape = "\u{1B}"
    } else {
      result.append((String(character), columns(of: character)))
    }
  }
  return escape.isEmpty ? result : result + [(escape, 0)]
}

private func columns(of character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if first.value < 0x20 || first.value == 0x7F { return 0 }
  return first.properties.isEmojiPresentation || wide.contains { $0.contains(first.value) } ? 2 : 1
}

/// The blocks whose characters are all wide; enough for class names in Chinese, Japanese, Korean.
private let wide: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
  0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
]
