import Console
import Testing

@Suite("Display width")
struct DisplayWidthTests {
  @Test("letters, accents, wide characters, colours")
  func widths() {
    #expect(displayWidth("recall") == 6)
    #expect(displayWidth("Grün") == 4)
    #expect(displayWidth("Gru\u{308}n") == 4)
    #expect(displayWidth("細胞") == 4)
    #expect(displayWidth("🔬") == 2)
    #expect(displayWidth("\u{1B}[1;31mred\u{1B}[0m") == 3)
    #expect(displayWidth("█▏·─…") == 5)
    #expect(displayWidth("") == 0)
  }

  @Test("cut to a width, colours ended")
  func cut() {
    #expect(truncated("abcdef", to: 6) == "abcdef")
    #expect(truncated("abcdef", to: 4) == "abc…")
    #expect(truncated("abcdef", to: 1) == "…")
    #expect(truncated("abcdef", to: 0) == "")
    #expect(truncated("abcdef", to: -1) == "")
    #expect(truncated("細胞細胞", to: 4) == "細…")
    #expect(truncated("\u{1B}[31mabcdef\u{1B}[0m", to: 3) == "\u{1B}[31mab…\u{1B}[0m")
    for width in 0...12 {
      #expect(displayWidth(truncated("ab細c🔬\u{1B}[1mde\u{1B}[0m", to: width)) <= width)
    }
  }
}
