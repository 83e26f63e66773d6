import Batches
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Objectives over several branches.
@Suite struct BranchObjectiveTests {
  private func network(_ form: NetworkForm) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: 3, form: form, using: Generator(seed: 1))
  }

  private func batch(_ seed: UInt64, _ labels: [Int]) -> Batch {
    Batch(
      inputs: Tensor.normal([labels.count, 3, 8, 8], using: Generator(seed: seed)).channelsLast(),
      target: Target(labels), examples: labels)
  }

  private func terms(
    _ objective: any Objective, _ network: Network, _ batches: [Batch], progress: Double
  ) -> Terms {
    var memory = Memory()
    return objective.terms(
      batches, through: NetworkPass(network, seed: 1), at: Moment(progress: progress),
      remembering: &memory)
  }

  /// Sum of the absolute gradients of what has a prefix; nil where there is none.
  private func gradient(_ network: Network, _ prefix: String) -> Double {
    network.parameters.filter { $0.name.hasPrefix(prefix) }
      .reduce(0) { $0 + ($1.tensor.grad?.abs().sum().item() ?? 0) }
  }

  private let joined = NetworkForm(branches: 2, joinsFeatures: true, division: .lastBlock)

  @Test func alphaFallsFromOneToZero() {
    #expect([0, 0.5, 1].map(Bilateral.alpha) == [1, 0.75, 0])
    #expect([-1, 2].map(Bilateral.alpha) == [1, 0])
    let weights = Bilateral().expectedWeights
    let mean = (0..<1000).map { Bilateral.alpha(at: (Double($0) + 0.5) / 1000) }.reduce(0, +) / 1000
    #expect(close(weights[0], mean, absolute: 1e-6))
  }

  /// At first nothing reaches the second branch, at last nothing the first; in between both learn.
  @Test(arguments: [(0.0, true, false), (0.5, true, true), (1.0, false, true)])
  func whoLearns(progress: Double, first: Bool, second: Bool) throws {
    let network = try network(joined)
    let terms = terms(
      Bilateral(), network, [batch(1, [0, 0, 1, 2]), batch(2, [2, 2, 1, 0])], progress: progress)
    terms.total.backward()
    #expect((gradient(network, "experts.0.") > 0) == first)
    #expect((gradient(network, "experts.1.") > 0) == second)
    #expect(terms.batch.lambda == 1 - Bilateral.alpha(at: progress))
    #expect(terms.batch.examples == [0, 0, 1, 2, 2, 2, 1, 0])
    let mass = terms.batch.target.massPerClass(3)
    let α = Bilateral.alpha(at: progress)
    #expect(
      difference(mass, [2 * α + 1 - α, 1, α + 2 * (1 - α)], absolute: 1e-6) == nil)
  }

  /// At α = ½ with the same images in both streams, the network as evaluation runs it.
  @Test func halfWayIsTheNetworkItself() throws {
    let network = try network(joined)
    let one = batch(1, [0, 0, 1, 2])
    let found = terms(Bilateral(), network, [one, one], progress: 0.5.squareRoot())
    let logits = network(one.inputs, Context(.frozenStatistics, generator: Generator(seed: 1)))
    let expected = CrossEntropy()(logits, one.target).values.scalars(as: Double.self)
    #expect(
      difference(
        found.terms[0].rows.values.scalars(as: Double.self), expected, relative: 1e-5) == nil)
  }

  /// One term a head; each loss reaches its own head and branch alone.
  @Test func expertsLearnEachFromItsLoss() throws {
    let classes = try ClassCounts([5, 3, 1])
    let losses: [(name: String, loss: any Loss)] = [
      ("softmax", CrossEntropy()), ("balanced", AdjustedCrossEntropy.balancedSoftmax(classes)),
    ]
    let network = try network(NetworkForm(branches: 2))
    let one = batch(1, [0, 0, 1, 2])
    let found = terms(Experts(losses), network, [one], progress: 0)
    #expect(found.terms.map(\.name) == ["softmax", "balanced"])
    let context = Context(.frozenStatistics, generator: Generator(seed: 1))
    let heads = network.logits(of: network.features(one.inputs, context), context)
    for (number, (_, loss)) in losses.enumerated() {
      #expect(
        found.terms[number].rows.values.scalars(as: Double.self)
          == loss(heads[number], one.target).values.scalars(as: Double.self))
    }
    found.terms[1].rows.mean.backward()
    #expect(gradient(network, "experts.0.") == 0)
    #expect(gradient(network, "experts.1.") > 0)
    #expect(gradient(network, "conv1") > 0)
  }

  /// What a loss remembers stands under the name of its expert.
  @Test func expertsRememberApart() throws {
    let classes = try ClassCounts([5, 3, 1])
    let experts = Experts([("first", Seesaw()), ("second", Seesaw(p: 0.5))])
    var memory = experts.memory(for: classes)
    #expect(memory.names == ["first.counts", "second.counts"])
    let before = memory
    _ = experts.terms(
      [batch(1, [0, 0, 1, 2])],
      through: NetworkPass(try network(NetworkForm(branches: 2)), seed: 1), at: Moment(),
      remembering: &memory)
    #expect(memory["second.counts"].scalars(as: Double.self) == [3, 2, 2])
    #expect(before["second.counts"].scalars(as: Double.self) == [1, 1, 1])
  }

  @Test func asManyHeadsAsLosses() async {
    await #expect(processExitsWith: .failure) {
      let network = try Architectures.named("resnet20").build(
        classes: 3, form: NetworkForm(branches: 2), using: Generator(seed: 1))
      var memory = Memory()
      let one = Batch(inputs: Tensor.zeros([2, 3, 8, 8]), target: Target([0, 1]))
      _ = Experts([("only", CrossEntropy())]).terms(
        [one], through: NetworkPass(network, seed: 1), at: Moment(), remembering: &memory)
    }
  }
}
