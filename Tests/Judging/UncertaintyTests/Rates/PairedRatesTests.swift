import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Difference of two rates of the same examples")
struct PairedRatesTests {
  private func ends(_ a: Double, _ b: Double, _ c: Double, _ d: Double) throws -> [Double] {
    let interval = try #require(
      Interval.newcombe(both: a, onlyFirst: b, onlySecond: c, neither: d))
    return [interval.low, interval.high]
  }

  /// The first two are Newcombe's own, to four digits .0569 to .3404 and .1528 to .4167 as first minus
  /// second; all are of an independent programme that follows his formula.
  @Test(
    "published and independent values",
    arguments: [
      ([36, 12, 2, 0], [-0.3404276029749407, -0.05692958400323869]),
      ([36, 14, 0, 0], [-0.41665123695956563, -0.1528395178558573]),
      ([54, 0, 0, 0], [-0.06641358809089626, 0.06641358809089626]),
      ([2, 1, 1, 36], [-0.1100847235072987, 0.11008472350729871]),
      ([4, 5, 3, 8], [-0.35796864606465567, 0.17892136754387283]),
      ([3, 3, 0, 0], [-0.8123836935173494, -5.557480092671652e-05]),
    ] as [([Double], [Double])])
  func golden(counts: [Double], expected: [Double]) throws {
    let found = try ends(counts[0], counts[1], counts[2], counts[3])
    #expect(difference(found, expected, relative: 1e-9, absolute: 1e-12) == nil, "\(found)")
  }

  @Test("models exchanged turn it round; nothing known is no interval; it stays within -1 and 1")
  func properties() throws {
    var random = RandomKey(seed: 3).source
    for _ in 0..<500 {
      let counts = (0..<4).map { _ in Double(random.below(12)) }
      guard counts.contains(where: { $0 > 0 }) else { continue }
      let there = try ends(counts[0], counts[1], counts[2], counts[3])
      let back = try ends(counts[0], counts[2], counts[1], counts[3])
      #expect(
        difference(there, back.reversed().map { -$0 }, relative: 1e-9, absolute: 1e-12) == nil)
      #expect(there[0] >= -1 && there[1] <= 1 && there[0] <= there[1])
    }
    #expect(Interval.newcombe(both: 0, onlyFirst: 0, onlySecond: 0, neither: 0) == nil)
    #expect(try ends(0, 30, 0, 0) == [-1, -0.8394678198623838])
  }
}
