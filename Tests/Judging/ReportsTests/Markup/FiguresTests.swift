import Reports
import Testing

@Suite struct FiguresTests {
  @Test(arguments: [
    (0.0, "0.000"), (0.6894, "0.689"), (0.9996, "1.000"), (-0.0001, "0.000"), (-0.25, "−0.250"),
    (12.5, "12.500"), (.nan, "–"), (.infinity, "–"),
  ])
  func `fixed decimals, a real minus, no minus zero`(value: Double, text: String) {
    #expect(Figures.fixed(value) == text)
  }

  @Test(arguments: [
    (1e-6, "1.00 × 10^−6"), (-2.341e-9, "−2.34 × 10^−9"), (0.00123, "0.00123"), (0.5, "0.500"),
    (9.996, "10.0"), (12345.4, "12345"), (0, "0"), (.nan, "–"),
  ])
  func `three significant digits, whatever the size`(value: Double, text: String) {
    #expect(Figures.significant(value) == text)
  }

  @Test func `undefined is a dash, never 0`() {
    #expect(Figures.fixed(nil as Double?) == "–")
    #expect(Figures.undefined == "–")
  }

  @Test func `differences have a sign, zero has none`() {
    #expect(Figures.signed(0.02) == "+0.020")
    #expect(Figures.signed(-0.02) == "−0.020")
    #expect(Figures.signed(0.0001) == "0.000")
  }

  @Test func `ranges, percents, counts, p values`() {
    #expect(Figures.range(0.1, 0.25, 2) == "0.10–0.25")
    #expect(Figures.range(-0.1, 0.25, 2) == "−0.10 to 0.25")
    #expect(Figures.range(0.1161, 0.1192, 2) == "0.116–0.119")
    #expect(Figures.percent(0.123) == "12 %")
    #expect(Figures.count(1_234_567) == "1,234,567")
    #expect(Figures.count(-1000) == "−1,000")
    #expect(Figures.count(999) == "999")
    #expect(Figures.p(0.0004) == "< 0.001")
    #expect(Figures.p(0.04) == "0.040")
  }

  /// A level of several requirements that share theirs is no whole percent.
  @Test(arguments: [
    (0.95, "95 %"), (0.9, "90 %"), (0.975, "97.5 %"), (1 - 0.05 / 3, "98.33 %"), (0.999, "99.9 %"),
  ])
  func `a level has its decimals`(level: Double, text: String) {
    #expect(Figures.level(level) == text)
  }

  @Test func `ticks have as many decimals as their step needs`() {
    #expect(Figures.tick(0.5, step: 0.5) == "0.5")
    #expect(Figures.tick(0.0005, step: 0.0005) == "0.0005")
    #expect(Figures.tick(2000, step: 500) == "2,000")
    #expect(Figures.fixed(1e12, 1) == "1000000000000.0")
  }
}
