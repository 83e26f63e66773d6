import Files
import Foundation
import Randomness
import Testing

/// Numbers of drawn spellings beside those that Swift reads, bit by bit.
@Suite struct DrawnNumbersTests {
  private func parsed(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(DecimalNumber.parse)
  }

  private func bits(_ value: Double?) -> UInt64? {
    value.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }

  /// Digits, points, signs and exponents in any order, most of them no number.
  @Test func anySpelling() {
    var random = RandomKey(seed: 3).source
    let parts = [
      "0", "1", "5", "9", "00", "123456789", "999999999", ".", "e", "E", "-", "+", "17", "x", "f",
      "nan", "inf", "_",
    ]
    var (wrong, numbers): ([String], Int) = ([], 0)
    for _ in 0..<40_000 {
      let text = (0..<1 + random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
      let found = parsed(text)
      if found != nil { numbers += 1 }
      if bits(found) != bits(Double(text)) { wrong.append(text) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
    #expect(numbers > 4_000)
  }

  /// Decimal numbers of up to 22 digits with the point anywhere and small exponents: the fast way and the slow one agree.
  @Test func anyDecimalNumber() {
    var random = RandomKey(seed: 4).source
    var wrong: [String] = []
    for _ in 0..<40_000 {
      var digits = (0..<1 + random.below(22)).map { _ in "\(random.below(10))" }
      if random.below(3) > 0 { digits.insert(".", at: random.below(digits.count + 1)) }
      var text = ["", "-", "+"][random.below(3)] + digits.joined()
      if random.below(3) == 0 { text += ["e", "E"][random.below(2)] + "\(random.below(45) - 22)" }
      if bits(parsed(text)) != bits(Double(text)) { wrong.append(text) }
      if bits(parsed("  " + text + " ")) != bits(Double(text)) { wrong.append(" " + text) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
  }

  /// Halves between two numbers go to the even one, also where digits far behind decide.
  @Test func halves() {
    for base in [9_007_199_254_740_992, 4_503_599_627_370_496, 1_125_899_906_842_624] {
      for step in 0..<64 {
        for tail in ["", ".0", ".5", ".25", ".125", ".50000001", ".499999", ".0000000001"] {
          let text = "\(base + step)" + tail
          #expect(bits(parsed(text)) == bits(Double(text)), "\(text)")
        }
      }
    }
  }

  /// What a double is written as, it is read as.
  @Test func whatIsWrittenIsRead() {
    var random = RandomKey(seed: 5).source
    var wrong: [String] = []
    for _ in 0..<20_000 {
      let any = Double(bitPattern: random.next())
      let near = (random.uniform() - 0.5) * 1000
      for value in [any, near, near.rounded() / 100, Double(Float(near))] where value.isFinite {
        if bits(parsed("\(value)")) != bits(value) { wrong.append("\(value)") }
      }
      let fixed = String(format: "%.6f", near)
      if bits(parsed(fixed)) != bits(Double(fixed)) { wrong.append(fixed) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
  }
}
