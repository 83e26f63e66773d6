import Decisions
import Randomness
import Testing

/// Which class frequencies probabilities speak of, asked of validation.
@Suite struct SamplerCheckTests {
  private let natural = [0.6, 0.3, 0.1]
  private let drawn = [0.9, 0.08, 0.02]
  private let equal = [Double](repeating: 1.0 / 3, count: 3)

  /// Images of the natural frequencies, judged by a model that speaks of others, sharper than it should be.
  private func validation(
    speaking prior: [Double], count: Int = 600, seed: UInt64, groups: Int? = nil
  ) -> LabelledProbabilities {
    var random = RandomKey(seed: seed).source
    return GaussianClasses(prior: prior, apart: 2).sample(
      count, from: natural, sharpness: 1.4,
      groups: groups.map { groups in (0..<count).map { "g\($0 % groups)" } }, using: &random)
  }

  private var sampler: DecisionPlan.Sampler { .init(drawn: drawn, natural: natural) }

  @Test("what training drew stands where the probabilities speak of it", arguments: 1...10)
  func drawnStands(seed: UInt64) {
    #expect(sampler.checked(on: validation(speaking: drawn, seed: seed)) == sampler)
  }

  @Test("a loss that takes the frequencies out leaves equal ones", arguments: 1...10)
  func balanced(seed: UInt64) {
    let found = sampler.checked(on: validation(speaking: equal, seed: seed, groups: 60))
    #expect(found == DecisionPlan.Sampler(drawn: equal, natural: natural))
  }

  @Test("probabilities that speak of what there is are left as they are", arguments: 1...10)
  func natural(seed: UInt64) {
    #expect(sampler.checked(on: validation(speaking: natural, seed: seed)) == nil)
  }

  /// Where training drew nearly what there is, chance decides nothing.
  @Test func chanceDoesNotDecide() {
    let near = DecisionPlan.Sampler(drawn: [0.57, 0.32, 0.11], natural: natural)
    let changed = (1...40).count { seed in
      near.checked(on: validation(speaking: near.drawn, count: 200, seed: UInt64(seed))) != near
    }
    #expect(changed <= 4)
  }

  /// Equal shares and nearly equal ones differ in the last digits alone, whatever the model is off by.
  @Test func nearlyEqualSharesAreNotExchanged() {
    let near = DecisionPlan.Sampler(drawn: [0.336, 0.333, 0.331], natural: natural)
    for seed in 1...20 {
      // As if the model took other shares for those that it was shown.
      let off = validation(speaking: [0.2, 0.3, 0.5], seed: UInt64(seed))
      #expect(near.checked(on: off)?.drawn != equal)
    }
  }

  /// Images of a class that training has not are not asked: no shares give it any.
  @Test func aClassThatTrainingLacksSaysNothing() {
    let lacking = DecisionPlan.Sampler(drawn: [0.9, 0.1, 0], natural: [0.67, 0.33, 0])
    let sample = validation(speaking: [0.9, 0.08, 0.02], seed: 4)
    #expect(lacking.checked(on: sample) == lacking)
  }

  @Test("nine groups do not speak against what training recorded")
  func fewGroups() {
    #expect(sampler.checked(on: validation(speaking: equal, seed: 3, groups: 9)) == sampler)
    let few = validation(speaking: equal, count: 9, seed: 3)
    #expect(sampler.checked(on: few) == sampler)
  }
}
