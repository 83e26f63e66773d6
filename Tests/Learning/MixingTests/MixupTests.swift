import Batches
import Mixing
import Networks
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct MixupTests {
  @Test func golden() throws {
    let file = try GoldenMixing.load()
    for golden in file.cases {
      let mixed = Mixup(alpha: 1).blend(
        file.first, partner: file.partner, weight: golden.lambda)
      #expect(agree(mixed.inputs.values, golden.mixup) == nil)
      #expect(agree(mixed.target.dense(classes: file.classes), golden.mixupTarget) == nil)
      #expect(mixed.lambda == golden.lambda)
      #expect(mixed.examples == file.first.examples)
    }
  }

  /// λ first, then the permutation, from the one generator.
  @Test func drawsLambdaThenPartners() throws {
    let batch = try GoldenMixing.load().first
    var source = RandomSource(seed: 8)
    let mixed = Mixup(alpha: 0.4)([batch], using: &source)
    var again = RandomSource(seed: 8)
    #expect(mixed.lambda == BetaDistribution(0.4, 0.4).sample(using: &again))
    let partner = again.shuffle(4)
    #expect(mixed.target.terms[1].labels == partner.map { batch.target.terms[0].labels[$0] })
    #expect(source == again)
  }
}
