import Console
import Testing

@Suite("Style")
struct StyleTests {
  @Test(
    "who decides about colours",
    arguments: [
      (true, [:], true),
      (false, [:], false),
      (true, ["NO_COLOR": "1"], false),
      (true, ["NO_COLOR": ""], true),
      (true, ["NO_COLOR": "0"], false),
      (false, ["FORCE_COLOR": "1"], true),
      (true, ["FORCE_COLOR": "0"], false),
      (false, ["FORCE_COLOR": ""], false),
      (true, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
      (true, ["TERM": "dumb"], false),
      (true, ["TERM": "dumb", "FORCE_COLOR": "1"], true),
      (true, ["TERM": "xterm"], true),
    ] as [(Bool, [String: String], Bool)])
  func decision(isTerminal: Bool, environment: [String: String], isColored: Bool) {
    #expect(Style(isTerminal: isTerminal, environment: environment).isColored == isColored)
  }

  @Test("escape sequences only where they belong")
  func sequences() {
    let style = Style(isColored: true)
    #expect(style("x", .red) == "\u{1B}[31mx\u{1B}[0m")
    #expect(style("x", .bold, .cyan) == "\u{1B}[1;36mx\u{1B}[0m")
    #expect(style("x") == "x")
    #expect(style("", .red) == "")
    #expect(Style.plain("x", .red) == "x")
  }
}
