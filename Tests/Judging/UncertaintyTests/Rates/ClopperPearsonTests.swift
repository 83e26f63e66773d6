import Evaluation
import TestSupport
import Testing
import Uncertainty

@Suite("Clopper and Pearson's interval")
struct ClopperPearsonTests {
  @Test("equals scipy's to 1e-9, up to 50,000 trials")
  func golden() throws {
    let golden = try RateGolden.load().intervals
    #expect(golden.count > 90)
    for row in golden {
      let interval = try #require(
        Interval.clopperPearson(Int(row[0]), of: Int(row[1]), level: row[2]))
      #expect(close(interval.low, row[3], relative: 1e-9), "\(row)")
      #expect(close(interval.high, row[4], relative: 1e-9), "\(row)")
      #expect(interval.level == row[2])
    }
  }

  @Test("never narrower than what the rate needs: it holds Wilson's centre and the rate itself")
  func holdsTheRate() throws {
    for n in [1, 4, 9, 40] {
      for k in 0...n {
        let interval = try #require(Interval.clopperPearson(k, of: n))
        let rate = Double(k) / Double(n)
        #expect(interval.low <= rate && rate <= interval.high)
        let mirror = try #require(Interval.clopperPearson(n - k, of: n))
        #expect(close(interval.low, 1 - mirror.high, relative: 0, absolute: 1e-13))
      }
    }
  }

  @Test("exact coverage is never below the level, for any rate at n = 8")
  func coverage() throws {
    let intervals = try (0...8).map { try #require(Interval.clopperPearson($0, of: 8)) }
    for step in 1..<200 {
      let rate = Double(step) / 200
      var (covered, mass, term) = (0.0, 0.0, 1.0)
      for k in 0...8 {
        // C(8, k) pᵏ qⁿ⁻ᵏ by its own recurrence.
        term = k == 0 ? 1 : term * Double(9 - k) / Double(k)
        var probability = term
        for _ in 0..<k { probability *= rate }
        for _ in k..<8 { probability *= 1 - rate }
        mass += probability
        if intervals[k].low <= rate && rate <= intervals[k].high { covered += probability }
      }
      #expect(close(mass, 1))
      #expect(covered >= 0.95, "rate \(rate)")
    }
  }

  @Test("no trials, no interval; nothing and everything right reach 0 and 1")
  func limits() {
    #expect(Interval.clopperPearson(0, of: 0) == nil)
    #expect(Interval.clopperPearson(0, of: 5)?.low == 0)
    #expect(Interval.clopperPearson(5, of: 5)?.high == 1)
  }

  @Test("the choice calls the interval of its name")
  func choice() {
    #expect(RateInterval.wilson(3, of: 8) == .wilson(3, of: 8))
    #expect(
      RateInterval.clopperPearson(3, of: 8, level: 0.9) == .clopperPearson(3, of: 8, level: 0.9))
    #expect(RateInterval.allCases.map(\.rawValue) == ["wilson", "clopper-pearson"])
  }

  @Test("impossible counts and levels trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = Interval.clopperPearson(3, of: 2) }
    await #expect(processExitsWith: .failure) { _ = Interval.clopperPearson(1, of: 2, level: 0) }
  }
}
