import Batches
import Mixing
import Networks
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// EnMix and AdpMix against NumPy and SciPy, their limits and directions.
@Suite struct DualMixTests {
  struct GoldenFile: Decodable {
    struct Pairs: Decodable {
      var lambda: Double, labels: [Double], mixed: [Double], target: [Double]
    }
    struct Mass: Decodable { var alpha: Double, adpmix: [[Double]] }
    var shape: [Int], counts: [Int], a: [Float], b: [Float], versions: [Float]
    var ya: [Int], yb: [Int], partner: [Int]
    var adpmix: [Pairs], enmix: [Pairs], kappas: [Double]
    var reverse: [Double], masses: [Mass]

    func batch(_ values: [Float], _ labels: [Int]) -> Batch {
      Batch(
        inputs: Tensor(values, shape: shape).channelsLast(), target: Target(labels),
        examples: labels)
    }
    var first: Batch { batch(a, ya) }
    var second: Batch { batch(b, yb) }
  }

  private let golden: GoldenFile
  private let classes: ClassCounts
  init() throws {
    golden = try Golden.load("Mixing/pairs.json")
    classes = try ClassCounts(golden.counts)
  }

  private func target(_ batch: Batch) -> [Double] {
    batch.target.dense(classes: 5).scalars(as: Double.self)
  }

  @Test func adpmixRowByRow() {
    for one in golden.adpmix {
      let mixed = AdpMix(classes).blend(golden.first, golden.second, weight: one.lambda)
      #expect(agree(mixed.inputs.values, one.mixed) == nil)
      #expect(difference(target(mixed), one.target, absolute: 1e-6) == nil)
      #expect(mixed.lambda == one.lambda && mixed.examples == golden.ya + golden.yb)
      #expect(mixed.inputs.values.isChannelsLast)
      for (row, label) in one.labels.enumerated() {
        let (own, other) = (golden.counts[golden.ya[row]], golden.counts[golden.yb[row]])
        #expect(close(AdpMix(classes).labelWeight(own, other, one.lambda), label, absolute: 1e-12))
      }
    }
  }

  /// Each row with the other version of its partner; the labels are MixUp's.
  @Test func enmixRowByRow() {
    let other = golden.batch(golden.versions, golden.ya)
    for one in golden.enmix {
      let weights = golden.ya.map { _ in one.lambda }
      let pairs = Pairing(partner: golden.partner, inputs: weights, labels: weights)
      let mixed = pairs.blended(golden.first, meeting: other.inputs)
      #expect(agree(mixed.inputs.values, one.mixed) == nil)
      #expect(difference(target(mixed), one.target, absolute: 1e-6) == nil)
    }
    var (one, two) = (RandomSource(seed: 8), RandomSource(seed: 8))
    let mixing = EnMix(alpha: 0.7)
    let mixed = mixing([golden.first, other], using: &one)
    let pairs = mixing.pairing(of: golden.first, using: &two)
    #expect(
      agree(
        mixed.inputs.values,
        pairs.blended(golden.first, meeting: other.inputs).inputs.values.scalars(as: Double.self))
        == nil)
    #expect(mixed.target == pairs.labelled(golden.first).target && one == two)
  }

  /// Of one version, and of two equal ones, it is MixUp to the bit.
  @Test func enmixOfOneVersionIsMixup() {
    for versions in [1, 2] {
      var (one, two) = (RandomSource(seed: 5), RandomSource(seed: 5))
      for _ in 0..<20 {
        let mixed = EnMix(alpha: 0.4)(
          Array(repeating: golden.first, count: versions), using: &one)
        let plain = Mixup(alpha: 0.4)([golden.first], using: &two)
        #expect(
          mixed.inputs.values.scalars(as: Float.self) == plain.inputs.values.scalars(as: Float.self)
        )
        #expect(mixed.target == plain.target && mixed.lambda == plain.lambda)
      }
      #expect(one == two)
    }
    #expect(EnMix(alpha: 0.4).expectedLabelMass(of: [classes.priors]) == classes.priors)
  }

  /// κ = 0, and classes of equal size whatever κ is: MixUp with the second stream, to the bit.
  @Test func limitsOfAdpmix() throws {
    let equal = try ClassCounts([9, 9, 9, 9, 9])
    for mixing in [AdpMix(classes, kappa: 0), AdpMix(equal), AdpMix(equal, kappa: .infinity)] {
      var (one, two) = (RandomSource(seed: 5), RandomSource(seed: 5))
      for _ in 0..<20 {
        let mixed = mixing([golden.first, golden.second], using: &one)
        let λ = BetaDistribution(1, 1).sample(using: &two)
        let plain = golden.first.blended(with: golden.second, weight: 1 - λ)
        #expect(
          mixed.inputs.values.scalars(as: Float.self) == plain.inputs.values.scalars(as: Float.self)
        )
        #expect(difference(target(mixed), target(plain), absolute: 1e-6) == nil)
      }
      #expect(one == two)
      let mass = mixing.expectedLabelMass(of: [classes.priors, golden.reverse])
      let even = zip(classes.priors, golden.reverse).map { ($0 + $1) / 2 }
      #expect(difference(mass, even, relative: 1e-12) == nil)
    }
    // The whole label to the rarer class, whichever comes first and however little of it is in the image.
    let whole = AdpMix(classes, kappa: .infinity)
    for λ in [0.01, 0.5, 0.99] {
      #expect(whole.labelWeight(120, 119, λ) == 0 && whole.labelWeight(119, 120, λ) == 1)
      #expect(whole.labelWeight(7, 7, λ) == λ)
    }
    #expect(whole.expectedLabelMass(of: [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]) == [0, 0, 0, 0, 1])
  }

  /// The larger κ, the more the rarer class has, and never less than its part of the image; which of the two comes first does
  /// not matter.
  @Test func theRarerClassHasMore() {
    let kappas = [0, 0.2, 0.5, 1, 3]
    for λ in stride(from: 0.05, to: 1, by: 0.1) {
      let rare = kappas.map { AdpMix(classes, kappa: $0).labelWeight(2, 40, λ) }
      #expect(zip(rare, rare.dropFirst()).allSatisfy { $0 <= $1 } && rare[0] == λ)
      #expect(rare[1] > λ)
      let common = kappas.map { AdpMix(classes, kappa: $0).labelWeight(40, 2, 1 - λ) }
      for (one, other) in zip(rare, common) { #expect(close(one, 1 - other, absolute: 1e-12)) }
    }
    #expect(close(AdpMix(classes).labelWeight(10, 90, 0.3), 0.7))
    let masses = kappas.map {
      AdpMix(classes, kappa: $0).expectedLabelMass(of: [classes.priors, classes.priors])
    }
    for (less, more) in zip(masses, masses.dropFirst()) {
      #expect(less[4] < more[4] && less[0] > more[0])
    }
  }

  @Test func expectedMassIsTheIntegral() {
    for one in golden.masses {
      for (kappa, expected) in zip(golden.kappas, one.adpmix) {
        let mass = AdpMix(classes, alpha: one.alpha, kappa: kappa)
          .expectedLabelMass(of: [classes.priors, golden.reverse])
        #expect(difference(mass, expected, relative: 1e-7) == nil)
        #expect(close(mass.reduce(0, +), 1))
      }
    }
  }

  /// What is drawn is what is expected, of large batches of independent rows.
  @Test func drawsWhatItExpects() {
    let distributions = [classes.priors, golden.reverse]
    for mixing: any Mixing in [
      AdpMix(classes), AdpMix(classes, alpha: 0.3, kappa: 1.7), EnMix(alpha: 0.3),
      Sometimes(AdpMix(classes, kappa: 2), probability: 0.4),
    ] {
      let own = Array(distributions.prefix(mixing.streams))
      let (mass, expected) = (drawnMass(mixing, of: own), mixing.expectedLabelMass(of: own))
      #expect(difference(mass, expected, relative: 0, absolute: 0.008) == nil, "\(mixing)")
    }
  }

  /// A pair of which one class is not known keeps λ; what is out of range stops the program.
  @Test func unknownClassesAndRanges() async throws {
    var second = golden.second
    second.target = Target(known: [4, nil, 1, 3, 2, 2])
    let mixed = AdpMix(classes).blend(golden.first, second, weight: 0.4)
    #expect(mixed.target.terms[0].weight[1] == 0.4)
    #expect(mixed.target.terms[0].weight[0] != 0.4)
    await #expect(processExitsWith: .failure) {
      guard let classes = try? ClassCounts([3, 1]) else { return }
      _ = AdpMix(classes, kappa: -0.1)
    }
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      let rows = Batch(inputs: Tensor.zeros([2, 1]), target: Target([0, 1]), examples: [0, 1])
      let others = Batch(inputs: Tensor.zeros([2, 1]), target: Target([0, 1]), examples: [0, 2])
      _ = EnMix()([rows, others], using: &source)
    }
  }
}
