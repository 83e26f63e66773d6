import Batches
import Foundation
import Losses
import Mixing
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// What a stage does about the sizes of classes, and weights on top of it.
@Suite struct ClassEmphasisTests {
  private let counts = [80, 15, 5]

  private func correction(
    _ loss: any Loss, _ sampler: any Sampler = UniformSampler(), closing: [any NetworkEdit] = []
  ) throws -> ClassCorrection {
    var stage = Stage(Supervised(loss), samplers: [sampler])
    stage.closing = closing
    return try #require(stage.correction(for: try ClassCounts(counts)))
  }

  private var thirds: [Double] { [1.0 / 3, 1.0 / 3, 1.0 / 3] }

  @Test func plainTrainingAnswersForTheData() throws {
    let found = try correction(CrossEntropy())
    #expect(difference(found.answered, [0.8, 0.15, 0.05]) == nil)
    #expect(!found.blends)
  }

  /// Each of the four ways by itself makes the classes equally common.
  @Test func fourWaysToBalance() throws {
    let classes = try ClassCounts(counts)
    var weighted = AdjustedCrossEntropy()
    weighted.weights = .inverse(classes)
    let shift = ShiftedLogits(classes.priors.map { -log($0) })
    for found in [
      try correction(AdjustedCrossEntropy.balancedSoftmax(classes)),
      try correction(CrossEntropy(), ClassBalancedSampler()),
      try correction(weighted), try correction(CrossEntropy(), closing: [shift]),
      try correction(CrossEntropy(), ProgressiveSampler()),
    ] { #expect(difference(found.answered, thirds, relative: 1e-9) == nil) }
  }

  /// Two of them turn the classes round: π / π².
  @Test func twiceTurnsThemRound() throws {
    let classes = try ClassCounts(counts)
    let found = try correction(
      AdjustedCrossEntropy.balancedSoftmax(classes), ClassBalancedSampler())
    let inverse = counts.map { 1 / Double($0) }
    let total = inverse.reduce(0, +)
    #expect(difference(found.answered, inverse.map { $0 / total }, relative: 1e-9) == nil)
  }

  @Test func blendsAndWhatIsNotKnown() throws {
    let classes = try ClassCounts(counts)
    let mixed = Stage(Supervised(CrossEntropy(), mixing: Mixup(alpha: 1)))
    #expect(try #require(mixed.correction(for: classes)).blends)
    #expect(
      Stage(Bilateral(), samplers: [UniformSampler(), PowerSampler(q: 2)]).correction(for: classes)
        == nil)
    #expect(Stage(Supervised(SquaredError())).correction(for: classes) == nil)
  }

  /// Mixing that ends shortly before the stage counts: pasted rare images under balanced softmax correct twice.
  @Test func aWindowThatEndsShortlyBefore() throws {
    let classes = try ClassCounts(counts)
    func drawn(until end: Double) throws -> [Double] {
      let stage = Stage(
        Supervised(
          AdjustedCrossEntropy.balancedSoftmax(classes), mixing: BalancedMixup(alpha: 1),
          window: 0.015...end), samplers: [UniformSampler(), ClassBalancedSampler()])
      return try #require(stage.correction(for: classes)).drawn
    }
    let late = try drawn(until: 0.985)
    #expect(late[2] / late[0] > 2, "\(late)")
    #expect(difference(try drawn(until: 0.5), [1, 1, 1]) == nil)
  }

  /// Weights multiply those of the loss, and the mean is over the product.
  @Test func weightsOnTop() throws {
    let classes = try ClassCounts(counts)
    var loss = AdjustedCrossEntropy()
    loss.weights = .inverse(classes, start: 0.5)
    let stage = try #require(Stage(Supervised(loss)).weighted(by: [1, 2, 4]))
    let z = Tensor([1.0, 0, -1, 0.5, 0.5, 0, 2, -2, 1], shape: [3, 3])
    func mean(_ stage: Stage, _ elapsed: Double) -> Double {
      var memory = stage.objective.memory(for: classes)
      return stage.objective.terms(
        [Batch(inputs: z, target: Target([0, 1, 2]))], through: Identity(),
        at: Moment(elapsed: elapsed), remembering: &memory
      ).total.item()
    }
    let rows = CrossEntropy()(z, Target([0, 1, 2])).values.scalars(as: Double.self)
    func expected(_ weights: [Double]) -> Double {
      zip(rows, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    let inverse = ClassWeights.inverse(classes).values
    #expect(close(mean(stage, 0), expected([1, 2, 4]), relative: 1e-6))
    #expect(
      close(mean(stage, 0.9), expected(zip(inverse, [1, 2, 4]).map { $0 * $1 }), relative: 1e-6))
    let found = try #require(stage.correction(for: classes)).weights
    #expect(difference(found, zip(inverse, [1, 2, 4]).map { $0 * $1 }) == nil)
  }

  @Test func whatCannotBeWeighted() {
    #expect(Stage(Supervised(SquaredError())).weighted(by: [1, 2]) == nil)
    // Grades have a weight each.
    for loss: any Loss in [CORNLoss(), CORALLoss()] {
      #expect(Stage(Supervised(loss)).weighted(by: [1, 2, 3]) != nil)
    }
    #expect(Stage(Reconstruction(), samplers: [OneClassSampler(0)]).weighted(by: [1, 2]) == nil)
  }

  /// An addition is a term of its own, times its weight, and does not change the loss.
  @Test func additions() throws {
    let classes = try ClassCounts(counts)
    let term = LabelDistribution(classes)
    let objective = Supervised(
      CrossEntropy(), additions: [.init("distribution", weight: 0.25, term)])
    let z = Tensor([1.0, 0, -1, 0.5, 0.5, 0], shape: [2, 3])
    var memory = objective.memory(for: classes)
    let terms = objective.terms(
      [Batch(inputs: z, target: Target([0, 2]))], through: Identity(), at: Moment(),
      remembering: &memory)
    #expect(terms.terms.map(\.name) == ["loss", "distribution"])
    let sum =
      CrossEntropy()(z, Target([0, 2])).mean.item()
      + 0.25 * term(z, Target([0, 2]), LossState()).mean.item()
    #expect(close(terms.total.item(), sum, relative: 1e-12))
  }

  /// The loss sees the features that the logits were made of.
  @Test func featuresReachTheLoss() throws {
    let classes = try ClassCounts(counts)
    let loss = InfluenceBalanced(classes, alpha: 3)
    let z = Tensor([1.0, 0, -1, 0.5, 0.5, 0], shape: [2, 3])
    var memory = Memory()
    let found = Supervised(loss).terms(
      [Batch(inputs: z, target: Target([0, 2]))], through: Identity(), at: Moment(),
      remembering: &memory)
    let expected = loss(z, Target([0, 2]), LossState(features: [z])).mean.item()
    #expect(close(found.total.item(), expected, relative: 1e-12))
  }

  /// Inputs that are features and logits alike.
  private struct Identity: Pass {
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
      [inputs.values]
    }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
    func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
  }
}
