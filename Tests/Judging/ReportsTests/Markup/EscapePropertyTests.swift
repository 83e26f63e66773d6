import Randomness
import Reports
import Testing

/// Text from outside, drawn at random from what does harm.
@Suite struct EscapePropertyTests {
  /// Characters with the property `Bidi_Control` (Unicode 16, PropList.txt).
  private static let directions: [ClosedRange<UInt32>] = [
    0x61C...0x61C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069,
  ]
  /// Control characters, category `Cc`, but for the tabulator and the line feed.
  private static let controls: [ClosedRange<UInt32>] = [0...8, 0xB...0x1F, 0x7F...0x9F]
  /// Soft hyphen, space and joiner without width, mark of the order of bytes, separators of lines.
  private static let unseen: [ClosedRange<UInt32>] = [
    0xAD...0xAD, 0x200B...0x200B, 0x2028...0x2029, 0x2060...0x2060, 0xFEFF...0xFEFF,
  ]

  /// Every character of the first plane alone, against the lists.
  @Test func `exactly the marks of direction, controls and what has no width are shown by number`()
  {
    let hidden = Self.directions + Self.controls + Self.unseen
    var wrong: [String] = []
    for number in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(number) else { continue }
      let text = String(String.UnicodeScalarView([scalar]))
      let digits = String(number, radix: 16, uppercase: true)
      let token = "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
      let expected = hidden.contains { $0.contains(number) } ? token : text
      if Escape.visible(text) != expected { wrong.append("visible " + digits) }
      let markup: [Unicode.Scalar: String] = [
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
      ]
      if Escape.html(text) != markup[scalar] ?? expected { wrong.append("html " + digits) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20))")
  }

  private func drawn(_ seed: Int) -> String {
    var random = RandomKey(seed: 60).folding(seed).source
    let pieces = [
      "<", ">", "&", "\"", "'", "&amp;", "]]>", "<!--", "-->", "</script>", "</style>", "\\", "`",
      "|",
      "a", "é", "שלום", "\u{202E}", "\u{200F}", "\u{61C}", "\u{FEFF}", "\u{0}", "\n", "\t", "\r\n",
      "👩🏽‍🔬", "e\u{301}", "\u{301}", "日本", "%", "{", "}", "=", "⟨U+0000⟩", "\u{10FFFF}",
    ]
    return (0..<random.below(30)).map { _ in pieces[random.below(pieces.count)] }.joined()
  }

  @Test(arguments: 0..<200)
  func `escaped text reads back as what can be seen of it`(seed: Int) throws {
    let text = drawn(seed)
    let escaped = Escape.html(text)
    #expect(!escaped.contains { "<>\"'".contains($0) }, "\(escaped)")
    #expect(try MarkupReader.unescaped(escaped) == Escape.visible(text))
    #expect(Escape.visible(Escape.visible(text)) == Escape.visible(text))
    // Escaping one after the other is escaping both together.
    let other = drawn(seed + 1000)
    #expect(Escape.html(text + "x" + other) == escaped + "x" + Escape.html(other))
  }

  @Test(arguments: 0..<200)
  func `text within a piece of a page stays text`(seed: Int) throws {
    let text = drawn(seed)
    let page: HTML = "<p title=\"\(text)\"><b>\(text)</b></p>"
    let root = try MarkupReader.read(page.text)
    #expect(root.tag == "p" && root["title"] == Escape.visible(text))
    #expect(root.below.map(\.tag) == ["b"] && root.words == Escape.visible(text))
  }

  @Test func `identifiers have letters, digits and dashes alone`() {
    for seed in 0..<200 {
      let text = drawn(seed)
      let found = Escape.identifier(text)
      #expect(
        found.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
            || $0 == "-"
        }, "\(found)")
    }
  }
}
