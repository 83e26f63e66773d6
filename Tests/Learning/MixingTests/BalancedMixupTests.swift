import Batches
import Mixing
import Networks
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct BalancedMixupTests {
  @Test func golden() throws {
    let file = try GoldenMixing.load()
    for golden in file.cases {
      let mixed = file.first.blended(with: file.second, weight: golden.lambda)
      #expect(agree(mixed.inputs.values, golden.balanced) == nil)
      #expect(agree(mixed.target.dense(classes: file.classes), golden.balancedTarget) == nil)
      #expect(mixed.lambda == golden.lambda)
      #expect(mixed.examples == file.first.examples + file.second.examples)
    }
  }

  /// λ = 0 is the instance batch, λ = 1 the class-balanced one, to the bit.
  @Test func ends() throws {
    let file = try GoldenMixing.load()
    let (instance, balanced) = (file.first, file.second)
    #expect(
      instance.blended(with: balanced, weight: 0).inputs.values.scalars(as: Float.self) == file.a)
    #expect(
      instance.blended(with: balanced, weight: 1).inputs.values.scalars(as: Float.self) == file.b)
  }

  /// One number per batch; it weights the second stream.
  @Test func lambdaWeightsTheBalancedStream() throws {
    let file = try GoldenMixing.load()
    var (source, again) = (RandomSource(seed: 8), RandomSource(seed: 8))
    for _ in 0..<20 {
      let mixed = BalancedMixup(alpha: 0.3)([file.first, file.second], using: &source)
      let λ = BetaDistribution(0.3, 1).sample(using: &again)
      #expect(mixed.lambda == λ)
      #expect(mixed.target.terms.map(\.labels) == [file.ya, file.yb])
      #expect(mixed.target.terms[0].weight.allSatisfy { $0 == Float(1 - λ) })
      #expect(mixed.target.terms[1].weight.allSatisfy { $0 == Float(λ) })
    }
  }

  @Test func smallAlphaTendsToPlainTraining() throws {
    let file = try GoldenMixing.load()
    var source = RandomSource(seed: 9)
    for _ in 0..<100 {
      let mixed = BalancedMixup(alpha: 1e-4)([file.first, file.second], using: &source)
      #expect(agree(mixed.inputs.values, file.a.map(Double.init)) == nil)
    }
  }
}
