import Console
import Testing

@Suite("Terminal")
struct TerminalTests {
  @Test("a width that nobody knows is 80, and follows the window")
  func width() {
    let screen = Screen(width: 0)
    let terminal = screen.terminal(isInteractive: true)
    #expect(terminal.width == 80)
    screen.resize(to: -3)
    #expect(terminal.width == 80)
    screen.resize(to: 1)
    #expect(terminal.width == 1)
  }

  @Test("COLUMNS wins, nonsense in it does not")
  func columns() {
    #expect(Terminal.standardError(environment: ["COLUMNS": "37"]).width == 37)
    #expect(Terminal.standardError(environment: ["COLUMNS": "0"]).width > 0)
    #expect(Terminal.standardError(environment: ["COLUMNS": "wide"]).width > 0)
  }

  @Test("a dumb terminal cannot redraw")
  func dumb() {
    #expect(!Terminal.standardError(environment: ["TERM": "dumb"]).isInteractive)
    #expect(!Terminal.standardOutput(environment: ["TERM": "dumb"]).style.isColored)
  }
}
