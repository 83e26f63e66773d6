import Foundation
import Schedules
import TestSupport
import Testing

@Suite struct PlateauTests {
  @Test func goldenTraces() throws {
    for golden in try GoldenRates.load().plateaus {
      var plateau = Plateau(
        mode: try #require(Plateau.Mode(rawValue: golden.mode)), decay: golden.factor,
        patience: golden.patience, threshold: golden.threshold, minimum: golden.minimum)
      let rates = golden.values.map { plateau.observe($0) }
      #expect(difference(rates, golden.rates) == nil)
    }
  }

  @Test func continuesAfterCoding() throws {
    let golden = try #require(try GoldenRates.load().plateaus.first)
    var plateau = Plateau(mode: .max, patience: 2, minimum: 1e-3)
    var rates: [Double] = []
    for value in golden.values {
      plateau = try JSONDecoder().decode(Plateau.self, from: JSONEncoder().encode(plateau))
      rates.append(plateau.observe(value))
    }
    #expect(difference(rates, golden.rates) == nil)
  }

  @Test func notANumberIsNoImprovement() {
    var plateau = Plateau(mode: .min, patience: 1)
    #expect([Double.nan, .nan].map { plateau.observe($0) } == [1, 0.1])
    #expect(plateau.best == nil)
  }

  @Test func endsAtTheMinimum() {
    var plateau = Plateau(mode: .max, patience: 0, minimum: 0.05)
    #expect([1.0, 1, 1, 1].map { plateau.observe($0) } == [1, 0.1, 0.05, 0.05])
    #expect(plateau.isExhausted)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = Plateau(mode: .max, decay: 1) }
    await #expect(processExitsWith: .failure) { _ = Plateau(mode: .max, patience: -1) }
  }
}
