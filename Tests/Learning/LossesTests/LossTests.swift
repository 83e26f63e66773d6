import Batches
import Losses
import Randomness
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// A loss as class counts make it, so that classes can be renamed together with their counts.
struct LossCase: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (ClassCounts) -> any Loss
  var testDescription: String { name }

  /// Whether part of the value has no gradient by definition, so that differences of it say nothing.
  let isDetached: Bool

  /// Whether it draws, row by row and class by class: another place is another draw.
  let draws: Bool

  init(
    _ name: String, isDetached: Bool = false, draws: Bool = false,
    _ make: @escaping @Sendable (ClassCounts) -> any Loss
  ) {
    (self.name, self.isDetached, self.draws, self.make) = (name, isDetached, draws, make)
  }
}

/// The contract of every loss, swept over all of them: a new loss is one line in `all`.
@Suite struct LossTests {
  static let all = [
    LossCase("cross-entropy") { _ in CrossEntropy() },
    LossCase("smoothed") { _ in CrossEntropy(smoothing: 0.1) },
    LossCase("hard labels only") { _ in HardLabelsOnly(loss: CrossEntropy()) },
    LossCase("balanced softmax") { AdjustedCrossEntropy.balancedSoftmax($0) },
    LossCase("inverse softmax") { AdjustedCrossEntropy.inverseSoftmax($0) },
    LossCase("ldam") { AdjustedCrossEntropy.ldam($0, scale: 2) },
    LossCase("factors") { counts in
      var loss = AdjustedCrossEntropy()
      loss.factors = counts.priors.map { 0.5 + $0 }
      return loss
    },
    LossCase("seesaw", isDetached: true) { _ in Seesaw() },
    LossCase("seesaw, counts alone") { _ in Seesaw(p: 0.8, q: 0) },
    LossCase("label-aware smoothing") {
      AdjustedCrossEntropy.labelAwareSmoothing($0, head: 0.1, tail: 0.05)
    },
    LossCase("bayias") { AdjustedCrossEntropy.bayias($0, target: $0.priors.map { 0.1 + $0 * $0 }) },
    LossCase("one against the rest") { _ in SigmoidCrossEntropy() },
    LossCase("focal") { _ in AdjustedCrossEntropy.focal(gamma: 2) },
    LossCase("focal of a root") { _ in AdjustedCrossEntropy.focal(gamma: 0.5) },
    LossCase("focal, one against the rest") { _ in SigmoidCrossEntropy(focus: 2) },
    LossCase("asymmetric") { _ in AsymmetricLoss(positive: 0, negative: 2, margin: 0) },
    LossCase("distribution-balanced") { DistributionBalanced($0) },
    LossCase("haco") { HACOLoss($0) },
    LossCase("vector scaling") {
      AdjustedCrossEntropy.vectorScaling($0, gamma: 0.15, tau: 1)
    },
    LossCase("temperatures") {
      AdjustedCrossEntropy.classDependentTemperatures($0, gamma: 0.2)
    },
    LossCase("clouded", draws: true) {
      AdjustedCrossEntropy.gaussianClouded($0, margin: 0.1, scale: 3)
    },
    LossCase("label-aware smoothing") {
      AdjustedCrossEntropy.labelAwareSmoothing($0, head: 0.1, tail: 0.02)
    },
    // Every |ε| is 1, and every rare class is spared: nothing is left to chance.
    LossCase("clouded to the bound") {
      AdjustedCrossEntropy.gaussianClouded($0, deviation: 1e9, margin: 0.1, scale: 3)
    },
    LossCase("equalization of all") { SoftmaxEqualization($0, lambda: 0.5, gamma: 1) },
    LossCase("equalization", draws: true) { SoftmaxEqualization($0, lambda: 0.5) },
    LossCase("influence-balanced") { InfluenceBalanced($0, alpha: 20) },
    LossCase("weighted") { counts in
      WeightedLoss(
        AdjustedCrossEntropy.focal(gamma: 1, weights: .inverse(counts)),
        weights: counts.priors.map { 1 / (0.5 + $0) })
    },
    LossCase("weighted late") {
      WeightedLoss(CrossEntropy(), weights: $0.priors.map { 1 / (0.5 + $0) }, start: 0.5)
    },
    LossCase("all at once", draws: true) { counts in
      var loss = AdjustedCrossEntropy.vectorScaling(counts, gamma: 0.1, tau: 0.5)
      (loss.scale, loss.focus) = (1.5, 0.7)
      loss.margins = counts.priors.map { 0.2 * (1 - $0) }
      loss.smoothing = counts.priors.map { 0.1 * $0 }
      loss.noise = LogitNoise(amplitudes: counts.priors.map { 1 - $0 })
      return loss
    },
  ]
  static let counts = [10, 5, 2]

  /// The values of a case, with whatever it remembers before the first step.
  static func values(
    _ one: LossCase, _ z: Tensor, _ target: Target, counts: [Int] = counts
  ) -> Tensor {
    guard let classes = try? ClassCounts(counts) else {
      Issue.record("expected counts of at least 1, got \(counts)")
      return z
    }
    let loss = one.make(classes)
    return loss(z, target, state(of: loss, classes, rows: target.count)).values
  }

  /// What a loss may know, with features that are alike in every row.
  static func state(of loss: any Loss, _ classes: ClassCounts, rows: Int) -> LossState {
    LossState(
      remembering: loss.memory(for: classes),
      features: [Tensor.full([rows, 2], 0.1, dtype: .float64)])
  }

  /// A loss that takes the protocol's own way through mixed targets.
  struct HardLabelsOnly: Loss {
    var loss: CrossEntropy
    func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
      loss.perExample(logits, labels, state)
    }
  }

  static let labels = [0, 1, 2, 2, 0]

  static func logits(scale: Double = 2, seed: UInt64 = 1) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor((0..<15).map { _ in scale * source.normal() }, shape: [5, 3])
  }

  static var mixture: Target {
    Target(labels).mixed(with: Target([1, 1, 0, 2, 2]), weight: 0.3)
  }

  @Test(arguments: all)
  func oneFiniteValuePerRow(loss: LossCase) {
    for scale in [0, 1, 100] {
      let values = Self.values(loss, Self.logits(scale: Double(scale)), Self.mixture)
      #expect(values.shape == [5])
      #expect(values.scalars(as: Double.self).allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }

  /// Logits of ±100 drown every exponential; the loss of the wrong class is their difference.
  @Test(arguments: all)
  func extremes(loss: LossCase) {
    let z = Tensor([100, -100, -100] as [Float], shape: [1, 3])
    let right = Self.values(loss, z, Target([0])).item()
    let wrong = Self.values(loss, z, Target([1])).item()
    #expect(right.isFinite && wrong.isFinite)
    #expect(wrong - right > 170)
  }

  /// Logits of ±10⁴, right or wrong: finite values and finite gradients, in single precision too.
  @Test(arguments: all, [DType.float32, .float64])
  func farExtremes(loss: LossCase, dtype: DType) {
    for labels in [[0, 1, 2], [2, 0, 1]] {
      let z = Tensor([1e4, -1e4, 0, -1e4, 1e4, 1e4, 0, 0, 1e4], shape: [3, 3]).to(dtype)
        .requiringGrad()
      let values = Self.values(loss, z, Target(labels))
      values.sum().backward()
      #expect(values.scalars(as: Double.self).allSatisfy { $0.isFinite && $0 >= 0 })
      #expect(z.grad?.scalars(as: Double.self).allSatisfy(\.isFinite) == true)
    }
  }

  /// In doubles, each row's gradient against central differences.
  @Test(arguments: all.filter { !$0.isDetached })
  func gradients(loss: LossCase) {
    for target in [Target(Self.labels), Self.mixture] {
      #expect(gradientDifference(at: [Self.logits()]) { Self.values(loss, $0[0], target) } == nil)
    }
  }

  @Test(arguments: all)
  func mixedWithItselfIsItself(loss: LossCase) {
    let hard = Target(Self.labels)
    let values = Self.values(loss, Self.logits(), hard).scalars(as: Double.self)
    for λ in [0, 0.3, 1] {
      let again = Self.values(loss, Self.logits(), hard.mixed(with: hard, weight: λ))
        .scalars(as: Double.self)
      #expect(difference(again, values, relative: 1e-6) == nil)
    }
  }

  @Test(arguments: all)
  func linearInTheMixture(loss: LossCase) {
    let (a, b) = (Target(Self.labels), Target([1, 1, 0, 2, 2]))
    let z = Self.logits()
    let parts = zip(
      Self.values(loss, z, a).scalars(as: Double.self),
      Self.values(loss, z, b).scalars(as: Double.self))
    let expected = parts.map { 0.7 * $0 + 0.3 * $1 }
    #expect(
      difference(
        Self.values(loss, z, Self.mixture).scalars(as: Double.self), expected, relative: 1e-6)
        == nil)
  }

  /// Renaming the classes in labels, counts and logits alike changes no value.
  @Test(arguments: all.filter { !$0.draws })
  func classesHaveNoOrder(loss: LossCase) {
    let order = [2, 0, 1]  // new column j is old class order[j]
    let z = Self.logits()
    let columns = z.indexSelect(dim: 1, Tensor(order.map(Int64.init), shape: [3]))
    let renamed = Target(
      terms: Self.mixture.terms.map { term in
        Target.Labelling(
          labels: term.labels.compactMap { order.firstIndex(of: $0) }, weight: term.weight)
      })
    #expect(
      difference(
        Self.values(loss, columns, renamed, counts: order.map { Self.counts[$0] })
          .scalars(as: Double.self),
        Self.values(loss, z, Self.mixture).scalars(as: Double.self), relative: 1e-12) == nil)
  }

  /// The sum is taken in float32 when the network speaks bfloat16.
  @Test(arguments: all)
  func singlePrecisionAtLeast(loss: LossCase) {
    let half = Self.logits().to(.bfloat16)
    #expect(Self.values(loss, half, Self.mixture).dtype == .float32)
    #expect(
      Self.values(loss, half, Self.mixture).scalars(as: Double.self)
        == Self.values(loss, half.to(.float32), Self.mixture).scalars(as: Double.self))
    #expect(Self.values(loss, Self.logits(), Self.mixture).dtype == .float64)
    withAutocast(.bfloat16, on: .cpu) {
      #expect(Self.values(loss, half, Self.mixture).dtype == .float32)
    }
  }

  /// Rows without a label change no number: values, mean and gradient of the others are those of a batch without them.
  @Test(arguments: all.filter { !$0.draws })
  func unknownRowsDoNotCount(one: LossCase) throws {
    let classes = try ClassCounts(Self.counts)
    let loss = one.make(classes)
    let z = Tensor.normal([5, 3], using: Generator(seed: 3)).to(.float64)
    func result(_ z: Tensor, _ target: Target) -> (values: [Double], mean: Double, slope: [Double])
    {
      let leaf = z.cloned().requiringGrad()
      let rows = loss(leaf, target, Self.state(of: loss, classes, rows: target.count))
      return (
        rows.values.scalars(), rows.mean.item(),
        rows.mean.gradient(at: leaf).scalars(as: Double.self)
      )
    }
    let places = Tensor([1, 2, 4] as [Int64], shape: [3])
    let alone = result(z.indexSelect(dim: 0, places), Target([2, 0, 1]))
    let masked = result(z, Target(known: [nil, 2, 0, nil, 1]))
    #expect([0, 3].allSatisfy { masked.values[$0] == 0 })
    #expect(difference([1, 2, 4].map { masked.values[$0] }, alone.values, relative: 1e-12) == nil)
    #expect(close(masked.mean, alone.mean, relative: 1e-12))
    let slopes = [0, 1, 2, 3, 4].map { Array(masked.slope[$0 * 3..<$0 * 3 + 3]) }
    #expect(slopes[0] + slopes[3] == [0, 0, 0, 0, 0, 0])
    #expect(
      difference(slopes[1] + slopes[2] + slopes[4], alone.slope, relative: 1e-9, absolute: 1e-12)
        == nil)
    for nothing in [Target(unknown: 5), Target(known: [nil, nil, nil, nil, nil])] {
      let empty = result(z, nothing)
      #expect(empty.mean == 0 && empty.slope.allSatisfy { $0 == 0 })
      let state = Self.state(of: loss, classes, rows: 5)
      #expect(loss(z, nothing, state).denominator == 0)
      #expect(nothing.massPerClass(3) == [0, 0, 0])
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([2, 3]), Target([0]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([1, 3]), Target([3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([3]), Target([0, 1, 2]))
    }
  }
}
