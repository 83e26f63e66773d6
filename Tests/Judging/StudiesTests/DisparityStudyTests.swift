import Randomness
import Studies
import TestSupport
import Testing

@Suite struct DisparityStudyTests {
  private func study(_ laws: [Double], _ ratios: [Double], repetitions: Int = 0) -> DisparityStudy {
    var study = DisparityStudy()
    (study.laws, study.ratios) = (laws.map { StableLaw(alpha: $0) }, ratios)
    study.repetitions = repetitions
    return study
  }

  /// Nothing is added where classes are of one size, and more the less equal they are.
  @Test func attacksAddDisparityWithImbalance() {
    let added = study([2], [1, 2, 5, 10]).results(key: RandomKey(seed: 0)).map(\.added)
    #expect(abs(added[0]) < 1e-6 && added[1] > 0.05)
    #expect(zip(added, added.dropFirst()).allSatisfy { $0 < $1 }, "\(added)")
  }

  /// With normal noise the best threshold is −ln R / 2s′.
  @Test func normalNoiseHasAClosedForm() {
    let law = StableLaw(alpha: 2)
    for (ratio, attack, threshold) in [(2.0, 0.0, -0.2310491), (5, 1, -1.6094379)] {
      let found = DisparityStudy().exact(law, ratio, attack: attack)
      #expect(close(found.large, law.probability(below: 1.5 - threshold), absolute: 1e-6))
      #expect(close(found.small, law.probability(below: 1.5 + threshold), absolute: 1e-6))
    }
  }

  /// Heavy tails give the small class up where normal noise does not.
  @Test func heavyTailsLoseTheSmallClass() {
    let found = study([2, 1.5, 1], [5]).results(key: RandomKey(seed: 0)).map(\.robust.small)
    #expect(found[0] > 0.4 && found[1] == 0 && found[2] == 0)
  }

  /// What is learned from samples lies near the best that there is, and shows the same direction.
  @Test func samplesAgreeWithTheory() throws {
    let found = study([2], [1, 5], repetitions: 3).results(key: RandomKey(seed: 1))
    let wide = try #require(found.last)
    for values in [wide.learnedPlain, wide.learnedRobust] { #expect(values.count == 3) }
    let (plain, robust) = (mean(wide.learnedPlain), mean(wide.learnedRobust))
    #expect(abs(plain - wide.plain.disparity) < 0.05, "\(plain)")
    #expect(robust - plain > 0.2, "\(robust)")
    #expect(abs(mean(found[0].learnedRobust)) < 0.04)
  }

  /// A projection of what is drawn has the law: quartiles, by the share of a sample below them.
  @Test(arguments: [1, 1.5, 2]) func drawsHaveTheLaw(alpha: Double) {
    let law = StableLaw(alpha: alpha)
    var random = RandomKey(seed: 3).source
    let draws = (0..<20_000).map { _ in law.draw(using: &random) }
    for x in [-1.5, -0.4, 0.2, 2] {
      let share = Double(draws.count { $0 < x }) / 20_000
      #expect(abs(share - law.probability(below: x)) < 0.015, "\(alpha), \(x): \(share)")
    }
  }

  @Test func sameKeySameNumbers() {
    let own = study([1.5], [2], repetitions: 1)
    let first = own.results(key: RandomKey(seed: 5))
    #expect(first == own.results(key: RandomKey(seed: 5)))
    #expect(first != own.results(key: RandomKey(seed: 6)))
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
