import Reports
import Testing

@Suite struct EscapeTests {
  @Test(arguments: [
    ("plain text, 3 × 4 – and ünï", "plain text, 3 × 4 – and ünï"),
    ("<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"),
    ("a\" onload=\"b", "a&quot; onload=&quot;b"), ("&lt;", "&amp;lt;"), ("", ""),
    ("gpj\u{202E}exe", "gpj⟨U+202E⟩exe"), ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩"),
    ("a\u{0}b\u{1B}[0m", "a⟨U+0000⟩b⟨U+001B⟩[0m"), ("\u{85}", "⟨U+0085⟩"), ("a\tb\nc", "a\tb\nc"),
    ("שלום", "שלום"), ("👩🏽‍🔬", "👩🏽‍🔬"), ("©", "©"), ("\r", "⟨U+000D⟩"),
  ])
  func `what could be markup, or cannot be seen, is shown`(text: String, escaped: String) {
    #expect(Escape.html(text) == escaped)
  }

  @Test func `visible keeps everything else, and markup`() {
    #expect(Escape.visible("<a>\u{202A}") == "<a>⟨U+202A⟩")
  }

  @Test func `identifiers are letters, digits and dashes, and stay different`() {
    #expect(Escape.identifier("roc_auc 1/é") == "roc-aucu201u2fue9")
    #expect(Escape.identifier("a b") != Escape.identifier("a/b"))
  }
}
