import Batches
import Losses
import Randomness
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Losses of the long-tail literature against their formulas in PyTorch, and their limits.
@Suite struct LongTailLossTests {
  struct GoldenFile: Decodable {
    struct Rows: Decodable { var values: [Double], gradient: [Double] }
    struct Weighted: Decodable { var weights: [Double], mean: Double }
    var counts: [Int], seed: UInt64, labels: [Int], logits: [Double], features: [Double]
    var rows: [String: Rows], batches: [String: Rows], weighted: [String: Weighted]
  }

  /// The file, with what a loss gets of it.
  struct Given {
    let file: GoldenFile
    let classes: ClassCounts
    var target: Target { Target(file.labels) }
    var logits: Tensor { Tensor(file.logits, shape: [file.labels.count, file.counts.count]) }
    var state: LossState {
      LossState(
        at: Moment(key: RandomKey(seed: file.seed)),
        features: [
          Tensor(file.features, shape: [file.labels.count, 3]).narrowed(
            dim: 1, start: 0, length: 2),
          Tensor(file.features, shape: [file.labels.count, 3]).narrowed(
            dim: 1, start: 2, length: 1),
        ])
    }

    init() throws {
      file = try Golden.load("Losses/longtail.json", as: GoldenFile.self)
      classes = try ClassCounts(file.counts)
    }

    func values(_ loss: any Loss) -> [Double] {
      loss(logits, target, state).values.scalars()
    }
  }

  static func losses(_ classes: ClassCounts) -> [String: any Loss] {
    var all = AdjustedCrossEntropy.labelAwareSmoothing(classes, head: 0.3, tail: 0.05)
    (all.scale, all.focus) = (2, 1.5)
    (all.factors, all.margins) = ([1, 0.9, 1.2, 0.7], [0.1, 0.2, 0.3, 0.4])
    all.offsets = [0, -0.5, 0.25, 1]
    all.noise = AdjustedCrossEntropy.gaussianClouded(classes, deviation: 0.5, scale: 1).noise
    return [
      "focal 2": AdjustedCrossEntropy.focal(gamma: 2),
      "focal 0.5": AdjustedCrossEntropy.focal(gamma: 0.5),
      "sigmoid focal 2": SigmoidCrossEntropy(focus: 2),
      "sigmoid focal 0.5": SigmoidCrossEntropy(focus: 0.5),
      "asymmetric": AsymmetricLoss(),
      "asymmetric 0, 2": AsymmetricLoss(positive: 0, negative: 2, margin: 0),
      "vs": AdjustedCrossEntropy.vectorScaling(classes, gamma: 0.3, tau: 1),
      "vs small": AdjustedCrossEntropy.vectorScaling(classes, gamma: 0.15, tau: 0.75),
      "cdt": AdjustedCrossEntropy.classDependentTemperatures(classes, gamma: 0.2),
      "gcl": AdjustedCrossEntropy.gaussianClouded(classes),
      "gcl margin": AdjustedCrossEntropy.gaussianClouded(classes, margin: 0.1, scale: 3),
      "label-aware smoothing": AdjustedCrossEntropy.labelAwareSmoothing(classes),
      "equalization": SoftmaxEqualization(classes, lambda: 0.05),
      "influence-balanced": InfluenceBalanced(classes, alpha: 10),
      "all at once": all,
    ]
  }

  @Test func goldenRows() throws {
    let given = try Given()
    let losses = Self.losses(given.classes)
    #expect(Set(losses.keys) == Set(given.file.rows.keys))
    for (name, golden) in given.file.rows {
      let loss = try #require(losses[name])
      let z = given.logits.requiringGrad()
      let values = loss(z, given.target, given.state).values
      #expect(
        difference(values.scalars(as: Double.self), golden.values, relative: 1e-10) == nil,
        "\(name)")
      (values * Tensor([1, 2, 3, 4, 5, 6, 7, 8, 9] as [Double], shape: [9])).sum().backward()
      let slope = try #require(z.grad).scalars(as: Double.self)
      #expect(
        difference(slope, golden.gradient, relative: 1e-9, absolute: 1e-12) == nil, "\(name)")
    }
  }

  @Test func goldenBatches() throws {
    let given = try Given()
    for (name, lambda) in [("lade", 0.1), ("lade 0", 0)] {
      let golden = try #require(given.file.batches[name])
      let z = given.logits.requiringGrad()
      let rows = LabelDistribution(given.classes, lambda: lambda)(z, given.target, given.state)
      #expect(rows.values.shape == [9] && rows.denominator == 9)
      #expect(close(rows.mean.item(), golden.values[0], relative: 1e-12))
      rows.mean.backward()
      let slope = try #require(z.grad).scalars(as: Double.self)
      #expect(difference(slope, golden.gradient, relative: 1e-9, absolute: 1e-13) == nil)
    }
  }

  @Test func goldenWeights() throws {
    let given = try Given()
    let (inverse, root) = (
      ClassWeights.inverse(given.classes), ClassWeights.inverse(given.classes, power: 0.5)
    )
    let balanced = ClassWeights.effectiveNumber(given.classes, beta: 0.9999)
    var (one, two) = (AdjustedCrossEntropy(), AdjustedCrossEntropy())
    (one.weights, two.weights) = (inverse, root)
    let cases: [(String, ClassWeights, any Loss)] = [
      ("inverse", inverse, one), ("square root", root, two),
      ("class-balanced focal", balanced, SigmoidCrossEntropy(focus: 0.5, weights: balanced)),
    ]
    for (name, weights, loss) in cases {
      let golden = try #require(given.file.weighted[name])
      #expect(difference(weights.values, golden.weights, relative: 1e-10) == nil, "\(name)")
      let found = loss(given.logits, given.target, given.state).mean.item()
      #expect(close(found, golden.mean, relative: 1e-6), "\(name)")
    }
  }

  /// At the value that takes a part out, each is the loss without it.
  @Test func limits() throws {
    let given = try Given()
    let classes = given.classes
    let equal = try ClassCounts([9, 9, 9, 9])
    let plain = given.values(CrossEntropy())
    let adjusted = given.values(AdjustedCrossEntropy.balancedSoftmax(classes))
    var scaled = AdjustedCrossEntropy()
    scaled.scale = 3
    var ldam = AdjustedCrossEntropy.ldam(classes, margin: 0, scale: 1)
    ldam.scale = 3
    typealias Kernel = AdjustedCrossEntropy
    let limits: [(String, any Loss, [Double])] = [
      ("focal 0", Kernel.focal(gamma: 0), plain),
      (
        "one against the rest, 0", SigmoidCrossEntropy(focus: 0),
        given.values(SigmoidCrossEntropy())
      ),
      (
        "asymmetric, alike", AsymmetricLoss(positive: 2, negative: 2, margin: 0),
        given.values(SigmoidCrossEntropy(focus: 2))
      ),
      (
        "asymmetric, 0", AsymmetricLoss(positive: 0, negative: 0, margin: 0),
        given.values(SigmoidCrossEntropy())
      ),
      ("ldam, margin 0, s", ldam, given.values(scaled)),
      ("s", scaled, plainTimes(3, given)),
      ("vs, γ 0", Kernel.vectorScaling(classes, gamma: 0, tau: 1), adjusted),
      (
        "vs, τ 0", Kernel.vectorScaling(classes, gamma: 0.3, tau: 0),
        given.values(Kernel.classDependentTemperatures(classes, gamma: 0.3))
      ),
      ("vs, equal", Kernel.vectorScaling(equal, gamma: 0.3, tau: 1), plain),
      ("cdt 0", Kernel.classDependentTemperatures(classes, gamma: 0), plain),
      ("gcl, no noise", Kernel.gaussianClouded(classes, deviation: 0), plain),
      ("gcl, equal", Kernel.gaussianClouded(equal), plain),
      ("smoothing 0", Kernel.labelAwareSmoothing(classes, head: 0, tail: 0), plain),
      (
        "smoothing alike", Kernel.labelAwareSmoothing(classes, head: 0.2, tail: 0.2),
        given.values(CrossEntropy(smoothing: 0.2))
      ),
      (
        "smoothing, equal", Kernel.labelAwareSmoothing(equal, head: 0.2, tail: 0),
        given.values(CrossEntropy(smoothing: 0.2))
      ),
      ("equalization, none rare", SoftmaxEqualization(classes, lambda: 0), plain),
      ("equalization, γ 0", SoftmaxEqualization(classes, lambda: 0.5, gamma: 0), plain),
      ("weights of 1", WeightedLoss(CrossEntropy(), weights: [1, 1, 1, 1]), plain),
      ("adjusted, uniform", Kernel.balancedSoftmax(equal), plain),
    ]
    for (name, loss, expected) in limits {
      #expect(difference(given.values(loss), expected, relative: 1e-12) == nil, "\(name)")
    }
  }

  private func plainTimes(_ scale: Double, _ given: Given) -> [Double] {
    CrossEntropy()(given.logits * scale, given.target).values.scalars()
  }

  /// A tenth of γ more is a different number, so that no test above passes for want of an effect.
  @Test func directions() throws {
    let classes = try ClassCounts([100, 10, 1])
    let z = Tensor([2.0, 0, 0, 0, 0, 2], shape: [2, 3])
    func rows(_ loss: any Loss) -> [Double] { loss(z, Target([0, 2])).values.scalars() }
    let plain = rows(CrossEntropy())
    // A row that is right costs less with focus, the less the more of it.
    let (one, two) = (
      rows(AdjustedCrossEntropy.focal(gamma: 1)), rows(AdjustedCrossEntropy.focal(gamma: 2))
    )
    #expect(one[0] < plain[0] && two[0] < one[0])
    // The rare row costs more than the common one that is as right.
    for loss: any Loss in [
      AdjustedCrossEntropy.vectorScaling(classes, gamma: 0.2, tau: 0.5),
      AdjustedCrossEntropy.classDependentTemperatures(classes, gamma: 0.2),
      AdjustedCrossEntropy.gaussianClouded(classes, deviation: 5, scale: 1),
    ] {
      let found = rows(loss)
      #expect(found[1] > found[0])
    }
    // Smoothing costs the common row more.
    let smoothed = rows(AdjustedCrossEntropy.labelAwareSmoothing(classes))
    #expect(smoothed[0] > smoothed[1] && smoothed[1] > plain[1])
  }

  /// Equalization: a common row pushes a common class down and leaves the rare one alone; a rare row pushes all others.
  @Test func equalizationSpares() throws {
    let loss = SoftmaxEqualization(try ClassCounts([100, 100, 1]), lambda: 0.1, gamma: 1)
    func slope(_ label: Int) throws -> [Double] {
      let z = Tensor([0.0, 0, 0], shape: [1, 3]).requiringGrad()
      loss(z, Target([label])).values.sum().backward()
      return try #require(z.grad).scalars()
    }
    #expect(difference(try slope(0), [-0.5, 0.5, 0]) == nil)
    #expect(difference(try slope(2), [1.0 / 3, 1.0 / 3, -2.0 / 3]) == nil)
  }

  /// The endpoints of the published rule, and in between the middle of the sine.
  @Test func smoothingByCount() throws {
    let found = try #require(
      AdjustedCrossEntropy.labelAwareSmoothing(try ClassCounts([101, 51, 1])).smoothing)
    #expect(difference(found, [0.4, 0.1 + 0.3 * 0.5.squareRoot(), 0.1], relative: 1e-12) == nil)
  }

  /// Entries: what is surely absent costs nothing and pulls at nothing; what is not known counts nowhere.
  @Test func asymmetricEntries() throws {
    let loss = AsymmetricLoss()
    let z = Tensor([-3.5, 2, 1, 0.5], shape: [2, 2]).requiringGrad()
    let target = Target(Target.Entries([0, 1, nil, 0], width: 2))
    let rows = loss(z, target)
    rows.values.sum().backward()
    let slope = try #require(z.grad).scalars(as: Double.self)
    #expect(slope[0] == 0 && slope[2] == 0 && slope[1] < 0 && slope[3] > 0)
    #expect(rows.denominator == 3)
    let open = Tensor([-1.0, 2, 1, 0.5], shape: [2, 2])
    #expect(gradientDifference(at: [open]) { loss($0[0], target).values } == nil)
  }

  /// The draws of a step come again when it is asked again, and are others in the next.
  @Test func noiseFollowsTheMoment() throws {
    let given = try Given()
    let loss = AdjustedCrossEntropy.gaussianClouded(given.classes)
    func values(_ step: Int) -> [Double] {
      loss(
        given.logits, given.target, LossState(at: Moment(step: step, key: RandomKey(seed: 1)))
      ).values.scalars()
    }
    #expect(values(0) == values(0))
    #expect(values(0) != values(1))
  }

  /// A row with long features, or one that is far from right, counts less: over its cross-entropy.
  @Test func influence() throws {
    let classes = try ClassCounts([5, 5])
    let loss = InfluenceBalanced(classes, alpha: 1)
    let z = Tensor([2.0, 0, 2, 0, 0, 2], shape: [3, 2])
    let features = Tensor([1.0, 3, 1], shape: [3, 1])
    let found = loss(z, Target([0, 0, 0]), LossState(features: [features])).values
    let factors = zip(
      found.scalars(as: Double.self),
      CrossEntropy()(z, Target([0, 0, 0])).values.scalars(as: Double.self)
    ).map { $0 / $1 }
    #expect(factors[1] < factors[0] && factors[2] < factors[0])
  }

  /// Unknown rows are in no mean; a blend counts in the class means by its parts.
  @Test func distributionOfBlendsAndUnknownRows() throws {
    let given = try Given()
    let term = LabelDistribution(given.classes)
    let some = Tensor([0, 2, 3, 5] as [Int64], shape: [4])
    let alone = term(
      given.logits.indexSelect(dim: 0, some), Target([0, 2, 3, 2]), LossState())
    let masked = term(
      given.logits, Target(known: [0, nil, 2, 3, nil, 2, nil, nil, nil]), LossState())
    #expect(close(masked.mean.item(), alone.mean.item(), relative: 1e-9))
    #expect(masked.denominator == 4)
    let nothing = term(given.logits, Target(unknown: 9), LossState())
    #expect(nothing.denominator == 0 && nothing.mean.item() == 0)
    let blend = given.target.mixed(
      with: given.target.reordered(Array((0..<9).reversed())), weight: 0.3)
    #expect(
      gradientDifference(at: [given.logits]) { term($0[0], blend, LossState()).mean } == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = AdjustedCrossEntropy.focal(gamma: -1) }
    await #expect(processExitsWith: .failure) { _ = LogitNoise(amplitudes: [-1]) }
    await #expect(processExitsWith: .failure) { _ = SigmoidCrossEntropy(focus: -1) }
    await #expect(processExitsWith: .failure) { _ = AsymmetricLoss(negative: 0.5) }
    await #expect(processExitsWith: .failure) {
      _ = WeightedLoss(SquaredError(), weights: [1, 1])
    }
    await #expect(processExitsWith: .failure) {
      let loss = InfluenceBalanced(try ClassCounts([1, 1]))
      _ = loss(Tensor.zeros([1, 2]), Target([0]))
    }
  }
}
