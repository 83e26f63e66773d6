import Console
import Testing

@Suite("Bars")
struct BarTests {
  @Test("to an eighth of a column")
  func eighths() {
    #expect(Bar.text(1, width: 4) == "████")
    #expect(Bar.text(0.5, width: 4) == "██")
    #expect(Bar.text(0.4, width: 4) == "█▋")
    #expect(Bar.text(0, width: 4) == "")
    #expect(Bar.text(1e-9, width: 4) == "▏")
    #expect(Bar.text(7, width: 3) == "███")
    #expect(Bar.text(0.5, width: 0) == "")
    #expect(Bar.text(.nan, width: 3) == "")
  }

  @Test("class counts, plain and logarithmic")
  func histogram() {
    #expect(Bar.histogram([8, 4, 1, 0], width: 8) == ["████████", "████", "█", ""])
    let long = Bar.histogram([999, 9, 0], width: 9, isLogarithmic: true)
    #expect(long == ["█████████", "███", ""])
    #expect(Bar.histogram([0, 0], width: 8) == ["", ""])
    #expect(Bar.histogram([], width: 8) == [])
  }
}
