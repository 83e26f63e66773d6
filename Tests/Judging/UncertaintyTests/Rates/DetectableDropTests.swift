import TestSupport
import Testing
import Uncertainty

@Suite("Detectable drop")
struct DetectableDropTests {
  @Test("equals a search over scipy's exact power function")
  func golden() throws {
    let golden = try RateGolden.load().drops
    #expect(golden.count > 50)
    for row in golden {
      let numbers = row.map { $0 ?? .nan }
      let drop = DetectableDrop(
        correct: Int(numbers[0]), of: Int(numbers[1]), significance: numbers[2], power: numbers[3])
      #expect(matches(drop.againstKnown, row[4]), "\(row): \(drop)")
      #expect(matches(drop.paired, row[5]), "\(row): \(drop)")
    }
  }

  private func matches(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return close(value, expected, relative: 0, absolute: 1e-9)
  }

  @Test("more examples show smaller drops; more power needs larger ones")
  func direction() throws {
    let drops = try [8, 30, 300, 3000].map {
      try #require(DetectableDrop(correct: $0 / 2, of: $0).againstKnown)
    }
    #expect(drops == drops.sorted(by: >))
    let weak = try #require(DetectableDrop(correct: 25, of: 30, power: 0.5).paired)
    let strong = try #require(DetectableDrop(correct: 25, of: 30, power: 0.9).paired)
    #expect(weak < strong)
  }

  @Test("nothing right: nothing to lose; two examples show no paired drop")
  func limits() {
    #expect(DetectableDrop(correct: 0, of: 9).againstKnown == nil)
    #expect(DetectableDrop(correct: 2, of: 2).paired == nil)
    #expect(DetectableDrop(correct: 5, of: 5).paired != nil)
  }

  @Test("impossible counts trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = DetectableDrop(correct: 3, of: 2) }
    await #expect(processExitsWith: .failure) { _ = DetectableDrop(correct: 0, of: 0) }
  }
}
