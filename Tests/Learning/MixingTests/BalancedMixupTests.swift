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

  /// Row by row: a λ each, the image and both terms of the label by it, drawn in the order of the rows.
  @Test func rowsHaveALambdaEach() throws {
    let file = try GoldenMixing.load()
    let (rows, width) = (file.ya.count, file.a.count / file.ya.count)
    var (source, again) = (RandomSource(seed: 11), RandomSource(seed: 11))
    let mixed = BalancedMixup(alpha: 0.7, blend: .row)([file.first, file.second], using: &source)
    let λ = (0..<rows).map { _ in BetaDistribution(0.7, 1).sample(using: &again) }
    #expect(Set(λ).count == rows)
    let expected = file.a.indices.map {
      (1 - λ[$0 / width]) * Double(file.a[$0]) + λ[$0 / width] * Double(file.b[$0])
    }
    #expect(agree(mixed.inputs.values, expected) == nil)
    let dense = mixed.target.dense(classes: file.classes).scalars(as: Float.self)
    for row in 0..<rows {
      for c in 0..<file.classes {
        let value = (file.ya[row] == c ? 1 - λ[row] : 0) + (file.yb[row] == c ? λ[row] : 0)
        #expect(abs(Double(dense[row * file.classes + c]) - value) < 1e-6)
      }
    }
    #expect(abs(try #require(mixed.lambda) - λ.reduce(0, +) / Double(rows)) < 1e-12)
    #expect(mixed.examples == file.first.examples + file.second.examples)
  }

  /// Without blending each row is one of the two to the bit, the balanced one in α / (1 + α) of the draws.
  @Test func neverBlendedRowsAreWhole() throws {
    let file = try GoldenMixing.load()
    let (rows, width) = (file.ya.count, file.a.count / file.ya.count)
    let mixing = BalancedMixup(alpha: 0.5, blend: .never)
    #expect(!mixing.blends && BalancedMixup(alpha: 0.5, blend: .row).blends)
    var source = RandomSource(seed: 12)
    var balanced = 0
    let draws = 3000 / rows
    for _ in 0..<draws {
      let mixed = mixing([file.first, file.second], using: &source)
      let values = mixed.inputs.values.scalars(as: Float.self)
      var here = 0
      for row in 0..<rows {
        let range = row * width..<(row + 1) * width
        let isBalanced = Array(values[range]) == Array(file.b[range])
        #expect(isBalanced || Array(values[range]) == Array(file.a[range]))
        #expect(mixed.target.terms[1].weight[row] == (isBalanced ? 1 : 0))
        here += isBalanced ? 1 : 0
      }
      #expect(mixed.lambda == Double(here) / Double(rows))
      balanced += here
    }
    // 1 in 3; the standard deviation of 3,000 draws is .0086.
    #expect(abs(Double(balanced) / Double(draws * rows) - 1.0 / 3) < 0.035)
  }

  /// What a row is expected to weigh does not depend on what has a λ.
  @Test(arguments: BalancedMixup.Blend.allCases)
  func theLabelMassIsTheSame(blend: BalancedMixup.Blend) {
    let mixing = BalancedMixup(alpha: 0.25, blend: blend)
    #expect(difference(mixing.expectedWeights, [0.8, 0.2], absolute: 1e-12) == nil)
    #expect(
      difference(
        mixing.expectedLabelMass(of: [[0.9, 0.1], [0.5, 0.5]]), [0.82, 0.18], absolute: 1e-12)
        == nil)
  }
}
