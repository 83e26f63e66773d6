import Batches
import Losses
import Methods
import Networks
import Optimizers
import OrderedCollections
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch
import Weights

/// What second stages do to a network that is otherwise frozen: shifted statistics, other weight decay, calibrated scores,
/// weights held to a length.
@Suite struct DecoupledStageTests {
  struct GoldenFile: Decodable {
    struct Held: Decodable { var share: Double, limit: Double, weight: [Double] }
    var features: [Double], weight: [Double], bias: [Double], scale: [Double], shift: [Double]
    var confidence: [Double], confidenceBias: Double, scores: [Double]
    var firstConfidence: [Double], aligned: [Double], held: [Held]
  }

  private func golden() throws -> GoldenFile { try Golden.load("Plans/decoupled.json") }

  private func network(_ golden: GoldenFile) -> Network {
    let (weight, bias) = (
      Tensor(golden.weight, shape: [4, 3]).requiringGrad(),
      Tensor(golden.bias, shape: [4]).requiringGrad()
    )
    struct Plain: Backbone {
      let featureCount = 3
      let shift: Tensor
      func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x + shift }
      func visit(_ visitor: inout TensorVisitor) { visitor.parameter("shift", shift) }
    }
    return Network(
      name: "plain",
      branches: [Plain(shift: Tensor([0.0, 0, 0], shape: [3]).requiringGrad())],
      heads: [LinearHead(weight: weight, bias: bias)])
  }

  private func tools() throws -> EditTests.Tools {
    EditTests.Tools(
      classes: try ClassCounts([2, 1, 1, 1]),
      training: LabelledFeatures(features: Tensor.zeros([1, 3]), labels: [0]))
  }

  /// Begins as nothing changed; then the formula, element by element; only what is not W and b learns.
  @Test func alignedScores() throws {
    let golden = try golden()
    let x = Tensor(golden.features, shape: [5, 3])
    let network = try AlignHead().edited(network(golden), with: tools())
    #expect(network.form.head == .aligned)
    #expect(
      network.headNames == [
        "fc.weight", "fc.bias", "fc.scale", "fc.shift", "fc.confidence.weight",
        "fc.confidence.bias",
      ])
    #expect(
      difference(network(x, Context()).scalars(as: Double.self), golden.scores, relative: 1e-5)
        == nil)
    let tensors = network.stateDict
    func set(_ name: String, _ values: [Double], _ shape: [Int]) throws {
      let tensor = try #require(tensors["fc.\(name)"])
      withoutGradients { tensor.copy(from: Tensor(values, shape: shape)) }
    }
    // σ as it begins shows where a = 1 and b is 1: the scores plus σ.
    try set("shift", [1, 1, 1, 1], [4])
    let risen = network(x, Context()).scalars(as: Double.self)
    let expected = golden.scores.indices.map { golden.scores[$0] + golden.firstConfidence[$0 / 4] }
    #expect(difference(risen, expected, relative: 1e-5) == nil)
    try set("scale", golden.scale, [4])
    try set("shift", golden.shift, [4])
    try set("confidence.weight", golden.confidence, [1, 3])
    try set("confidence.bias", [golden.confidenceBias], [1])
    #expect(
      difference(network(x, Context()).scalars(as: Double.self), golden.aligned, relative: 1e-5)
        == nil)
  }

  @Test func maxNorm() throws {
    let golden = try golden()
    for held in golden.held {
      let network = network(golden)
      let maxNorm = MaxNorm(share: held.share)
      let limits = maxNorm.limits(of: network)
      #expect(close(limits.scalars(as: Double.self)[0], held.limit, relative: 1e-9))
      for _ in 0..<2 {
        maxNorm.hold(network, to: limits)
        let weight = try #require(network.stateDict["fc.weight"])
        #expect(difference(weight.scalars(as: Double.self), held.weight, relative: 1e-9) == nil)
      }
    }
    let network = network(golden)
    let nothing = MaxNorm(share: .infinity)
    nothing.hold(network, to: nothing.limits(of: network))
    #expect(network.stateDict["fc.weight"]?.scalars(as: Double.self) == golden.weight)
    #expect(network.stateDict["fc.bias"]?.scalars(as: Double.self) == golden.bias)
  }

  private func values(_ network: Network) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: network.stateDict.map { ($0.key, $0.value.scalars(as: Double.self)) })
  }

  private func steps(_ session: inout Session, _ count: Int, rate: Double = 0.1) {
    for step in 0..<count {
      _ = session.step([SmallResNet.batch(UInt64(step))], at: Moment(step: step))
      session.update(rate: rate)
    }
  }

  private func session(_ decay: Double = 1e-4) throws -> Session {
    Session(
      try SmallResNet.network(),
      SessionSettings(
        optimizer: OptimizerSettings(
          kind: .sgd, momentum: 0, nesterov: false, weightDecay: decay)))
  }

  /// The heads learn; of the rest running statistics move where they are shifted, and nothing where they are not.
  @Test(arguments: [true, false])
  func shiftLearning(shifts: Bool) throws {
    var session = try session()
    let before = values(session.network)
    var stage = Stage(Supervised())
    stage.trains = .heads
    stage.shiftsStatistics = shifts
    session.enter(stage, for: try ClassCounts([3, 2, 1]))
    steps(&session, 3)
    let after = values(session.network)
    for (name, value) in after {
      let isStatistic = name.contains("running") || name.contains("num_batches")
      let moves = name.hasPrefix("linear") || shifts && isStatistic
      #expect((value != before[name]) == moves, "\(name)")
    }
  }

  /// The statistics are those of the batches: without an update, mean of one batch twice is where a tenth leads.
  @Test func shiftedStatisticsAreTheBatches() throws {
    func statistics(_ trains: Stage.Trained, shifts: Bool) throws -> [Double] {
      var session = try session()
      var stage = Stage(Supervised())
      stage.trains = trains
      stage.shiftsStatistics = shifts
      session.enter(stage, for: try ClassCounts([3, 2, 1]))
      steps(&session, 1, rate: 0)
      return session.network.buffers.flatMap { $0.tensor.scalars(as: Double.self) }
    }
    #expect(try statistics(.heads, shifts: true) == statistics(.everything, shifts: false))
  }

  /// A stage's weight decay takes the place of the run's; none given is the run's.
  @Test func weightDecayOfAStage() throws {
    func weights(_ run: Double, _ stage: Double?) throws -> [Double] {
      var session = try session(run)
      var plan = Stage(Supervised())
      plan.weightDecay = stage
      session.enter(plan, for: try ClassCounts([3, 2, 1]))
      steps(&session, 2)
      return session.network.parameters.flatMap { $0.tensor.scalars(as: Double.self) }
    }
    #expect(try weights(0.01, nil) == weights(0.3, 0.01))
    #expect(try weights(0.01, nil) != weights(0.01, 0.3))
  }

  /// No class is longer than the limit that the stage began with, and a session that is brought back keeps it.
  @Test func heldWhileTraining() throws {
    let classes = try ClassCounts([3, 2, 1])
    var stage = Stage(Supervised())
    stage.trains = .heads
    stage.maxNorm = MaxNorm(share: 0.1)
    var session = try session()
    session.enter(stage, for: classes)
    func lengths(_ session: Session) -> [Double] {
      (session.network.stateDict["linear.weight"]?.square().sum(dims: [1]).sqrt())?
        .scalars(as: Double.self) ?? []
    }
    let before = lengths(session)
    let (low, high) = (before.min() ?? 0, before.max() ?? 0)
    let limit = low + 0.1 * (high - low)
    steps(&session, 5, rate: 1)
    #expect(lengths(session).allSatisfy { $0 <= limit * (1 + 1e-6) }, "\(lengths(session))")
    #expect(lengths(session).contains { $0 > limit * (1 - 1e-6) })
    let saved = session.savedTensors().mapValues { $0.detached().cloned() }
    #expect(
      saved["limits"].map { close($0.scalars(as: Double.self)[0], limit, relative: 1e-6) } == true)
    var other = try self.session()
    let weight = try #require(other.network.stateDict["linear.weight"])
    withoutGradients { weight.multiply(by: 7) }
    other.enter(stage, for: classes)
    try other.restore(saved, session.savedState)
    steps(&session, 2, rate: 1)
    steps(&other, 2, rate: 1)
    #expect(values(other.network) == values(session.network))
    var without = saved
    without["limits"] = nil
    let error = #expect(throws: WeightsError.self) {
      try other.restore(without, session.savedState)
    }
    #expect(error.map { "\($0)".contains("limits") } == true)
  }

  /// A tensor of the head with a rate of its own moves so much farther, or not at all; the others move as without.
  @Test(arguments: [0.0, 5])
  func ratesOfTheHead(factor: Double) throws {
    let classes = try ClassCounts([3, 2, 1])
    func moved(_ rates: [String: Double]) throws -> (weight: [Double], bias: [Double]) {
      var stage = Stage(Supervised())
      stage.trains = .heads
      stage.headRates = rates
      var session = try session()
      func tensor(_ name: String) -> [Double] {
        session.network.stateDict["linear." + name]?.scalars(as: Double.self) ?? []
      }
      let before = (tensor("weight"), tensor("bias"))
      session.enter(stage, for: classes)
      steps(&session, 1, rate: 0.1)
      return (
        zip(tensor("weight"), before.0).map { $0 - $1 },
        zip(tensor("bias"), before.1).map { $0 - $1 }
      )
    }
    let (plain, other) = (try moved([:]), try moved(["bias": factor]))
    #expect(plain.weight == other.weight && plain.bias.contains { $0 != 0 })
    #expect(
      difference(other.bias, plain.bias.map { $0 * factor }, relative: 1e-4, absolute: 1e-7) == nil)
  }
}
