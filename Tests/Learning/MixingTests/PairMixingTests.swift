import Batches
import Mixing
import Networks
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Mixings whose weights depend on the sizes of two classes, against NumPy and SciPy, and their limits.
@Suite struct PairMixingTests {
  struct GoldenFile: Decodable {
    struct Pairs: Decodable {
      var lambda: Double, labels: [Double], mixed: [Double], target: [Double]
    }
    struct Blend: Decodable { var mixed: [Double], target: [Double] }
    struct Paste: Decodable {
      var lambda: Double, x: Int, y: Int, left: Double, mixed: [Double], target: [Double]
    }
    struct Mass: Decodable { var alpha: Double, remix: [Double], mamix: [Double], unimix: [Double] }
    struct Area: Decodable { var alpha: Double, area: Double }
    var shape: [Int], counts: [Int], a: [Float], b: [Float], ya: [Int], yb: [Int], partner: [Int]
    var remix: [Pairs], mamix: [Pairs]
    var draws: [Double], own: [Double], unimix: Blend, pasted: [Paste]
    var reverse: [Double], masses: [Mass], areas: [Area]

    var first: Batch {
      Batch(inputs: Tensor(a, shape: shape).channelsLast(), target: Target(ya), examples: ya)
    }
    var second: Batch {
      Batch(inputs: Tensor(b, shape: shape).channelsLast(), target: Target(yb), examples: yb)
    }
  }

  private func golden() throws -> (file: GoldenFile, classes: ClassCounts) {
    let file = try Golden.load("Mixing/pairs.json", as: GoldenFile.self)
    return (file, try ClassCounts(file.counts))
  }

  private func target(_ batch: Batch) -> [Double] {
    batch.target.dense(classes: 5).scalars(as: Double.self)
  }

  @Test func labelsOfPairs() throws {
    let (file, classes) = try golden()
    let (remix, mamix) = (Remix(classes), MAMix(classes))
    for (mixing, cases) in [("remix", file.remix), ("mamix", file.mamix)] {
      for one in cases {
        let pairs =
          mixing == "remix"
          ? remix.pairing(of: file.first, partner: file.partner, weight: one.lambda)
          : mamix.pairing(of: file.first, partner: file.partner, weight: one.lambda)
        #expect(difference(pairs.labels, one.labels, relative: 1e-12, absolute: 1e-12) == nil)
        let mixed = pairs.blended(file.first)
        #expect(agree(mixed.inputs.values, one.mixed) == nil)
        #expect(difference(target(mixed), one.target, absolute: 1e-6) == nil)
        #expect(mixed.lambda == one.lambda && mixed.examples == file.ya)
        #expect(mixed.inputs.values.isChannelsLast)
        // The same of hidden features.
        #expect(agree(pairs.blend(file.first.inputs.values), one.mixed) == nil)
      }
    }
  }

  @Test func unimix() throws {
    let (file, classes) = try golden()
    let mixed = UniMix(classes).blend(file.first, file.second, file.draws)
    #expect(agree(mixed.inputs.values, file.unimix.mixed) == nil)
    #expect(difference(target(mixed), file.unimix.target, absolute: 1e-6) == nil)
    #expect(mixed.lambda.map { close($0, file.own.reduce(0, +) / 6) } == true)
    #expect(mixed.examples == file.ya + file.yb)
  }

  @Test func pasted() throws {
    let (file, _) = try golden()
    for one in file.pasted {
      let area = CutMix.Rectangle(
        weight: one.lambda, center: (one.x, one.y), width: file.shape[3], height: file.shape[2])
      let mixed = file.first.pasted(file.second, area)
      #expect(agree(mixed.inputs.values, one.mixed) == nil)
      #expect(difference(target(mixed), one.target, absolute: 1e-6) == nil)
      #expect(mixed.lambda.map { close($0, one.left) } == true)
    }
  }

  @Test func expectedMassIsTheIntegral() throws {
    let (file, classes) = try golden()
    for one in file.masses {
      let prior = classes.priors
      let remix = Remix(classes, alpha: one.alpha, tau: 0.4).expectedLabelMass(of: [prior])
      let mamix = MAMix(classes, alpha: one.alpha).expectedLabelMass(of: [prior])
      let unimix = UniMix(classes, alpha: one.alpha)
        .expectedLabelMass(of: [prior, file.reverse])
      #expect(difference(remix, one.remix, relative: 1e-7) == nil)
      #expect(difference(mamix, one.mamix, relative: 1e-7) == nil)
      #expect(difference(unimix, one.unimix, relative: 1e-7) == nil)
      for mass in [remix, mamix, unimix] { #expect(close(mass.reduce(0, +), 1)) }
    }
    for one in file.areas {
      #expect(close(ContextPaste(alpha: one.alpha).expectedWeights[1], one.area, relative: 1e-7))
    }
  }

  /// What is drawn is what is expected, of large batches of independent rows, and of the area of large images.
  @Test func drawsWhatItExpects() throws {
    let (_, classes) = try golden()
    let partners = PowerSampler(q: 1.1)
    let distributions = [
      classes.priors, partners.distribution(for: classes, progress: 0),
    ]
    for mixing: any Mixing in [
      Remix(classes), Remix(classes, alpha: 0.3, tau: 0.2), MAMix(classes),
      MAMix(classes, alpha: 2, exponent: -1), UniMix(classes),
      Sometimes(UniMix(classes, alpha: 0.3), probability: 0.4),
    ] {
      let own = Array(distributions.prefix(mixing.streams))
      let (mass, expected) = (drawnMass(mixing, of: own), mixing.expectedLabelMass(of: own))
      #expect(difference(mass, expected, relative: 0, absolute: 0.008) == nil, "\(mixing)")
    }
    let images = (0..<2).map { Batch(inputs: Tensor.zeros([1, 1, 96, 96]), target: Target([$0])) }
    var (source, area) = (RandomSource(seed: 4), 0.0)
    for _ in 0..<2000 {
      let mixed = ContextPaste(alpha: 0.7)(images, using: &source)
      area += mixed.target.massPerClass(2)[1] / 2000
    }
    #expect(close(area, ContextPaste(alpha: 0.7).expectedWeights[1], absolute: 0.02))
  }

  /// κ = ∞, τ = 0, equal classes, f = 0: MixUp, to the bit and with its draws.
  @Test func limitsAreMixup() throws {
    let (file, classes) = try golden()
    let equal = try ClassCounts([9, 9, 9, 9, 9])
    for mixing: any PairMixing in [
      Remix(classes, alpha: 0.4, kappa: .infinity), Remix(classes, alpha: 0.4, tau: 0),
      Remix(equal, alpha: 0.4), MAMix(equal, alpha: 0.4),
      MAMix(classes, alpha: 0.4, exponent: 0),
    ] {
      var (one, two) = (RandomSource(seed: 5), RandomSource(seed: 5))
      for _ in 0..<20 {
        let mixed = mixing([file.first], using: &one)
        let plain = Mixup(alpha: 0.4)([file.first], using: &two)
        #expect(
          mixed.inputs.values.scalars(as: Float.self) == plain.inputs.values.scalars(as: Float.self)
        )
        #expect(mixed.target == plain.target && mixed.lambda == plain.lambda)
      }
      #expect(one == two)
      let prior = file.counts.map { Double($0) / 208 }
      #expect(difference(mixing.expectedLabelMass(of: [prior]), prior, relative: 1e-12) == nil)
    }
  }

  /// The rule is that of its table, whichever of the two comes first.
  @Test func remixTable() throws {
    let remix = Remix(try ClassCounts([100, 10, 50]))
    for (own, other, λ, expected) in [
      (100, 10, 0.4, 0.0), (100, 10, 0.6, 0.6), (10, 100, 0.4, 0.4), (10, 100, 0.6, 1),
      (100, 50, 0.4, 0.4), (50, 100, 0.6, 0.6), (30, 10, 0.49, 0), (10, 30, 0.51, 1),
    ] {
      #expect(remix.labelWeight(own, other, λ) == expected)
      #expect(close(remix.labelWeight(other, own, 1 - λ), 1 - expected, absolute: 1e-12))
    }
  }

  /// Continuous and ½ where the margins meet, 0 and 1 at the ends, more than λ for the rarer class.
  @Test func mamixIsContinuous() throws {
    let mamix = MAMix(try ClassCounts([160, 10]))
    let knee = 2.0 / 3  // (160/10)^¼ = 2
    #expect(close(mamix.labelWeight(160, 10, knee), 0.5) && close(1 - knee, 1.0 / 3))
    #expect(close(mamix.labelWeight(10, 160, 1 - knee), 0.5))
    #expect(mamix.labelWeight(160, 10, 0) == 0 && mamix.labelWeight(160, 10, 1) == 1)
    for λ in stride(from: 0.05, to: 1, by: 0.1) {
      #expect(mamix.labelWeight(10, 160, λ) > λ && mamix.labelWeight(160, 10, λ) < λ)
      #expect(
        abs(mamix.labelWeight(10, 160, λ + 1e-9) - mamix.labelWeight(10, 160, λ - 1e-9)) < 1e-8)
      #expect(
        close(mamix.labelWeight(10, 160, λ), 1 - mamix.labelWeight(160, 10, 1 - λ), absolute: 1e-12)
      )
    }
  }

  /// Classes of equal size, or α = 1: λ is even about ½. Of unequal ones the rarer has the larger share.
  @Test func unimixLeansToTheRarer() throws {
    func mean(_ counts: [Int], _ alpha: Double) throws -> Double {
      UniMix(try ClassCounts(counts), alpha: alpha).expectedLabelMass(of: [[1, 0], [0, 1]])[0]
    }
    #expect(close(try mean([7, 7], 0.8), 0.5))
    #expect(close(try mean([90, 2], 1), 0.5))
    #expect(try mean([90, 2], 0.8) < 0.5)
    #expect(try mean([2, 90], 0.8) > 0.5)
  }

  /// p = 1 is the mixing but for one draw, p = 0 the first stream.
  @Test func sometimes() throws {
    let file = try GoldenMixing.load()
    let mixing = BalancedMixup(alpha: 1)
    var (one, two) = (RandomSource(seed: 6), RandomSource(seed: 6))
    for _ in 0..<20 {
      let mixed = Sometimes(mixing, probability: 1)([file.first, file.second], using: &one)
      _ = two.uniform()
      let plain = mixing([file.first, file.second], using: &two)
      #expect(mixed.target == plain.target)
      let none = Sometimes(mixing, probability: 0)([file.first, file.second], using: &one)
      _ = two.uniform()
      #expect(none.target == file.first.target && none.lambda == nil)
    }
    #expect(Sometimes(mixing, probability: 1).expectedWeights == mixing.expectedWeights)
    #expect(Sometimes(mixing, probability: 0).expectedWeights == [1, 0])
  }

  /// Rows whose class or whose partner's is not known keep λ; entries have no classes.
  @Test func unknownClasses() async throws {
    let (file, classes) = try golden()
    var batch = file.first
    batch.target = Target(known: [0, nil, 2, 3, 4, 0])
    let pairs = Remix(classes).pairing(of: batch, partner: [4, 0, 1, 2, 3, 5], weight: 0.4)
    #expect(pairs.labels == [0, 0.4, 0.4, 0.4, 0.4, 0.4])
    await #expect(processExitsWith: .failure) {
      guard let classes = try? ClassCounts([3, 1]) else { return }
      var source = RandomSource(seed: 1)
      let mixed = Target([0, 1]).mixed(with: Target([1, 1]), weight: 0.5)
      _ = MAMix(classes)([Batch(inputs: Tensor.zeros([2, 1]), target: mixed)], using: &source)
    }
    await #expect(processExitsWith: .failure) {
      guard let classes = try? ClassCounts([3, 1]) else { return }
      _ = Remix(classes, kappa: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Sometimes(Unmixed(), probability: 1.1)
    }
  }
}
