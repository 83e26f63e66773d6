import Reports
import Testing

@Suite struct HTMLTests {
  @Test func `literals stand as written, values are escaped, pieces are not escaped again`() {
    let name = "<b>&\"'"
    let cell: HTML = "<td>\(name)</td>"
    let row: HTML = "<tr>\(cell)\([cell, cell])</tr>"
    #expect(cell.text == "<td>&lt;b&gt;&amp;&quot;&#39;</td>")
    #expect(row.text == "<tr>\(cell.text)\(cell.text)\n\(cell.text)</tr>")
  }

  @Test func `a literal within an interpolation is a piece, what it interpolates is not`() {
    let name = "<i>"
    let isShown = !name.isEmpty
    let piece: HTML = "\(isShown ? "<p>\(name)</p>" : "")"
    #expect(piece.text == "<p>&lt;i&gt;</p>")
  }

  @Test func `nothing stands for nothing`() {
    let none: HTML? = nil
    #expect(("<p>\(none)</p>" as HTML).text == "<p></p>")
    #expect(("" as HTML).isEmpty)
  }

  @Test func `counts are whole, lengths have a tenth`() {
    #expect(("\(3) \(2.04) \(-0.06) \(7.0)" as HTML).text == "3 2 -0.1 7")
  }

  @Test func `pieces are joined and added`() {
    var sum: HTML = "<a>" + "<b>"
    sum += "<c>"
    #expect(sum.text == "<a><b><c>")
    #expect(HTML(["x", "y"], separator: ", ").text == "x, y")
  }
}
