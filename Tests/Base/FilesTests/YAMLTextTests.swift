import Files
import Testing

@Suite struct YAMLTextTests {
  static let texts = [
    "", "plain", "a b", "null", "~", "-x", "0.5", "it's", "\"quoted\"", "back\\slash", "a: b # c",
    "line\nfeed\ttab", "\u{7}\u{1B}\u{85}\u{A0}", "gpj\u{202E}exe", "\u{FEFF}x", "שלום", "👩🏽‍🔬", "{a}",
    "[x", "'", "\"",
  ]

  @Test(arguments: texts) func everyTextComesBack(_ text: String) {
    #expect(YAMLText.text(of: YAMLText.quoted(text)) == text)
    #expect(YAMLText.text(of: YAMLText.scalar(text)) == text)
    #expect(!YAMLText.quoted(text).contains("\n"))
  }

  @Test func onlyWhatNeedsQuotesGetsThem() {
    #expect(
      YAMLText.scalar("mobilenet-v2") == "mobilenet-v2" && YAMLText.scalar("ä/b.c") == "ä/b.c")
    #expect(YAMLText.scalar("null") == "\"null\"" && YAMLText.scalar("") == "\"\"")
    #expect(YAMLText.scalar("a b\u{7}") == "\"a b\\u0007\"")
    #expect(YAMLText.quoted("\u{202E}") == "\"\\u202E\"")
  }

  /// The escapes of YAML 1.2, section 5.7.
  @Test(arguments: [
    (#""\x41\u00e9\U0001F600""#, "Aé😀"),
    (#""\0\a\b\e\f\v\r\/""#, "\u{0}\u{7}\u{8}\u{1B}\u{C}\u{B}\r/"),
    (#""\N\_\L\P""#, "\u{85}\u{A0}\u{2028}\u{2029}"), ("'it''s'", "it's"), ("''", ""),
  ])
  func escapesOfOthersAreKnown(scalar: String, text: String) {
    #expect(YAMLText.text(of: scalar) == text)
  }

  @Test(arguments: [#""a"#, #""\q""#, #""\x4""#, #""\uD800""#, #""a"b""#, "'", #""\""#])
  func whatIsNoScalarHasNoText(_ scalar: String) {
    #expect(YAMLText.text(of: scalar) == nil)
  }
}
