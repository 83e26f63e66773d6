import Console
import Testing

@Suite("Text table")
struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([.left("class"), .right("n"), .right("recall")])
    table.add(["cat", "1,234", "0.917"])
    table.add(["細胞|x", "5", "n/a"])
    table.addRule()
    table.add(["all", "1,239", ""])
    return table
  }

  @Test("aligned text without trailing spaces")
  func text() {
    #expect(
      table.text() == """
        class       n  recall
        ──────  ─────  ──────
        cat     1,234   0.917
        細胞|x      5     n/a
        ──────  ─────  ──────
        all     1,239

        """)
  }

  @Test("Markdown")
  func markdown() {
    #expect(
      table.markdown() == """
        | class   |     n | recall |
        | ------- | ----: | -----: |
        | cat     | 1,234 |  0.917 |
        | 細胞\\|x |     5 |    n/a |
        | all     | 1,239 |        |

        """)
  }

  @Test("colours do not disturb the columns")
  func colours() {
    var table = TextTable([.left("a"), .right("b")])
    table.add([Style(isColored: true)("x", .red), "1"])
    table.add(["yy", "22"])
    let lines = table.text().split(separator: "\n").map(String.init)
    #expect(lines.map(displayWidth) == [6, 6, 6, 6])
    #expect(table.text(style: Style(isColored: true)).hasPrefix("\u{1B}[1ma\u{1B}[0m"))
  }

  @Test("a line feed in a cell becomes a space; no rows, only the head")
  func oddCells() {
    var table = TextTable([.left("a")])
    #expect(table.text() == "a\n─\n")
    table.add(["x\ny"])
    #expect(table.text() == "a\n───\nx y\n")
  }

  @Test("a row of the wrong length traps")
  func wrongLength() async {
    await #expect(processExitsWith: .failure) {
      var table = TextTable([.left("a")])
      table.add(["1", "2"])
    }
  }
}
