import Foundation
import Randomness
import Reports
import Testing

/// Numbers of any size as text, read back.
@Suite struct LargeFiguresTests {
  private func number(_ text: String) -> Double? {
    let plain = text.replacing("−", with: "-").replacing(",", with: "")
    guard let power = plain.firstRange(of: " × 10^") else { return Double(plain) }
    return Double(plain[..<power.lowerBound] + "e" + plain[power.upperBound...])
  }

  @Test(arguments: [
    (-1e12, 1, "−1000000000000.0"), (-2.5e20, 3, "−2.5e+20"), (1e9, 0, "1000000000"),
    (-4_999_999_999.6, 0, "−5000000000"), (999_999_999.4, 0, "999999999"),
    (999_999_999.6, 0, "1000000000"),
  ])
  func `large numbers have the minus of all others`(value: Double, decimals: Int, text: String) {
    #expect(Figures.fixed(value, decimals) == text)
  }

  @Test func `whatever the size, a number reads back as what it was`() throws {
    var random = RandomKey(seed: 12).source
    for place in 0..<600 {
      let size = pow(10, Double(place % 60) - 20) * (1 + 9 * random.uniform())
      let value = place % 2 == 0 ? size : -size
      for decimals in [0, 3, 6] {
        let text = Figures.fixed(value, decimals)
        let shown = try #require(number(text), "\(text)")
        let half = 0.5 * pow(10, -Double(decimals))
        #expect(abs(shown - value) <= half * (1 + 1e-9) + 1e-15 * size, "\(value) as \(text)")
        #expect(!text.contains("-") || text.contains("e-"), "\(text)")
      }
      let text = Figures.significant(value)
      let shown = try #require(number(text), "\(text)")
      #expect(abs(shown - value) <= 0.0051 * size, "\(value) as \(text)")
    }
  }

  /// A level of p values: what stands there is either the number or a bound that holds.
  @Test func `p values are never shown as larger evidence than they are`() throws {
    var random = RandomKey(seed: 13).source
    for _ in 0..<300 {
      let p = pow(random.uniform(), 6)
      let text = Figures.p(p)
      if text == "< 0.001" {
        #expect(p < 0.001)
      } else {
        let shown = try #require(number(text))
        #expect(abs(shown - p) <= 0.0005 + 1e-12 && shown >= 0.001)
      }
    }
    #expect(Figures.p(.nan) == "–")
  }

  /// A range of two ends that differ must not look as if it had no width, down to one decimal more.
  @Test func `ranges keep their order and their width`() throws {
    var random = RandomKey(seed: 14).source
    for _ in 0..<400 {
      let low = random.uniform() - 0.3
      let high = low + pow(10, -4 * random.uniform())
      let text = Figures.range(low, high, 2)
      let separator = low < 0 || high < 0 ? " to " : "–"
      let ends = text.components(separatedBy: separator)
      #expect(ends.count == 2, "\(text)")
      let (a, b) = (try #require(number(ends[0])), try #require(number(ends[1])))
      #expect(a <= b && abs(a - low) <= 0.00501 && abs(b - high) <= 0.00501, "\(text)")
      if high - low > 0.0011 { #expect(a < b, "\(low) to \(high) as \(text)") }
    }
  }

  @Test func `percents are the fraction`() throws {
    for part in 0...1000 {
      let share = Double(part) / 1000
      let text = Figures.percent(share, 1)
      #expect(text.hasSuffix(" %"))
      #expect(abs(try #require(number(String(text.dropLast(2)))) - 100 * share) < 1e-9)
    }
    #expect(Figures.percent(0.005) == "1 %" && Figures.percent(0.0049) == "0 %")
  }

  /// Places in a drawing are read by programs: a hyphen, a point, and nothing else.
  @Test func `lengths are numbers to every program`() throws {
    var random = RandomKey(seed: 15).source
    for _ in 0..<500 {
      let value = 2000 * (random.uniform() - 0.5)
      let text = Figures.length(value)
      let shown = try #require(Double(text), "\(text)")
      #expect(abs(shown - value) <= 0.05 + 1e-9, "\(value) as \(text)")
      #expect(text != "-0" && !text.hasSuffix(".0") && !text.contains("e"))
    }
  }
}
