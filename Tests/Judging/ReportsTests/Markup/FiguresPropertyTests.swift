import Randomness
import Reports
import Testing

/// Numbers as they are shown: nearest, in order, and never longer than asked.
@Suite struct FiguresPropertyTests {
  /// A shown number read back, without its real minus.
  private func number(_ text: String) -> Double? {
    let plain = text.replacing("−", with: "-").replacing(",", with: "")
    guard let power = plain.firstRange(of: " × 10^") else { return Double(plain) }
    return Double(plain[..<power.lowerBound] + "e" + plain[power.upperBound...])
  }

  @Test(arguments: 0...5) func `fixed decimals are the nearest`(decimals: Int) throws {
    var random = RandomKey(seed: 1).folding(decimals).source
    var step = 1.0
    for _ in 0..<decimals { step /= 10 }
    for _ in 0..<300 {
      let value = (random.uniform() - 0.5) * 2000
      let text = Figures.fixed(value, decimals)
      let shown = try #require(number(text), "\(text)")
      #expect(abs(shown - value) <= step / 2 + 1e-9, "\(value) as \(text)")
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      #expect(parts.count == (decimals == 0 ? 1 : 2))
      #expect(decimals == 0 || parts[1].count == decimals)
    }
  }

  @Test func `three digits are within half of the last of them`() throws {
    var random = RandomKey(seed: 2).source
    for place in 0..<400 {
      var value = 1 + 9 * random.uniform()
      for _ in 0..<place % 12 { value /= 10 }
      let text = Figures.significant(value)
      let shown = try #require(number(text), "\(text)")
      #expect(abs(shown - value) <= 0.0051 * value, "\(value) as \(text)")
      #expect(Figures.significant(-value) == "−" + text)
    }
  }

  @Test func `what is larger is never shown as smaller`() throws {
    var random = RandomKey(seed: 3).source
    let values = (0..<200).map { _ in random.uniform() * 3 - 1 }.sorted()
    let shown = try values.map { try #require(number(Figures.fixed($0))) }
    #expect(shown == shown.sorted())
  }

  @Test func `counts keep their digits`() {
    for value in [0, 7, 999, 1000, 12_345, 100_000, 9_999_999, 1_000_000_000_000] {
      let text = Figures.count(value)
      #expect(text.filter { $0 != "," } == String(value))
      let groups = text.split(separator: ",")
      #expect(groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count))
      #expect(value == 0 || Figures.count(-value) == "−" + text)
    }
  }

  @Test func `a sign stands only where something is shown of the difference`() {
    #expect(Figures.signed(0.0005) == "+0.001" && Figures.signed(0.00049) == "0.000")
    #expect(Figures.signed(-0.00049) == "0.000" && Figures.signed(-0.0005) == "−0.001")
    #expect(Figures.signed(.nan) == "–" && Figures.signed(0) == "0.000")
    #expect(
      Figures.range(0.5, 0.5, 2) == "0.50–0.50" && Figures.range(-0.5, -0.25, 1).contains(" to "))
    #expect(Figures.p(0.001) == "0.001" && Figures.p(1) == "1.000" && Figures.p(0) == "< 0.001")
  }

  @Test func `lengths have a tenth at most and no minus zero`() {
    #expect(Figures.length(-0.04) == "0" && Figures.length(0.05) == "0.1")
    #expect(Figures.length(12) == "12" && Figures.length(-1.25) == "-1.3")
    #expect(Figures.length(-0.5) == "-0.5")
  }
}
