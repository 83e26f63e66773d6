import Batches
import Methods
import Networks
import Optimizers
import OrderedCollections
import Plans
import Randomness
import Sampling
import Sessions
import TestSupport
import Testing
import Torch

/// Three whole steps of methods through a session, from who is drawn to the weights after each update, against NumPy.
@Suite struct FirstStepsTests {
  struct GoldenFile: Decodable, Sendable {
    struct Run: Decodable, Sendable { var losses: [Double], weights: [[Double]] }
    var labels: [Int], counts: [Int], inputs: [Double], network: [Double]
    var batch: Int, seed: UInt64, progress: Double
    var rate: Double, momentum: Double, decay: Double
    var runs: [String: Run]
  }

  static let names = [
    "erm", "class-balanced", "square-root", "progressive", "mixup", "balanced-mixup", "remix",
    "mamix", "enmix", "adpmix",
    "balanced-softmax", "vs", "cdt", "focal", "cb-loss", "seesaw",
  ]
  private let golden: GoldenFile
  private let classes: ClassCounts
  init() throws {
    golden = try Golden.load("Sessions/steps.json")
    classes = try ClassCounts(golden.counts)
  }

  @Test func noneIsMissing() { #expect(golden.runs.keys.sorted() == Self.names.sorted()) }

  @Test(arguments: names)
  func threeSteps(name: String) throws {
    let expected = try #require(golden.runs[name])
    let stage = try #require(try method(named: name).init().stages(for: classes).first)
    let network = try linear()
    var session = Session(
      network,
      SessionSettings(
        optimizer: OptimizerSettings(
          kind: .sgd, momentum: golden.momentum, nesterov: false, weightDecay: golden.decay)))
    session.enter(stage, for: classes)
    let key = RandomKey(seed: golden.seed)
    let orders = stage.streams.enumerated().map { number, stream in
      var source = key.folding("sampler").folding(number).source
      return stream.sampler.indices(
        for: golden.labels, classes: classes, progress: golden.progress, using: &source)
    }
    for (step, weights) in expected.weights.enumerated() {
      let batches = orders.map { order in
        batch(Array(order[step * golden.batch..<(step + 1) * golden.batch]))
      }
      let moment = Moment(step: step, progress: golden.progress, key: key)
      let loss = session.step(batches, at: moment).loss.item()
      session.update(rate: golden.rate)
      #expect(close(loss, expected.losses[step], relative: 1e-5), "step \(step)")
      let found = try self.weights(session.network)
      #expect(difference(found, weights, relative: 1e-4, absolute: 1e-5) == nil, "step \(step)")
    }
  }

  /// One layer of the golden's matrix `[F, C]`, and biases of 0.
  private func linear() throws -> Network {
    let network = try Architectures.named("linear").build(
      classes: 3, inputs: 4, using: Generator(seed: 1))
    let state = network.stateDict
    let (weight, bias) = (try #require(state["fc.weight"]), try #require(state["fc.bias"]))
    withoutGradients {
      weight.copy(from: Tensor(golden.network, shape: [4, 3]).to(.float32).transposed(0, 1))
      bias.fill(0)
    }
    return network
  }

  /// The matrix `[F, C]`, then the biases.
  private func weights(_ network: Network) throws -> [Double] {
    let state = network.stateDict
    let (weight, bias) = (try #require(state["fc.weight"]), try #require(state["fc.bias"]))
    return withoutGradients {
      Tensor.concatenated([weight.transposed(0, 1), bias.unsqueezed(0)], dim: 0)
        .scalars(as: Double.self)
    }
  }

  private func batch(_ rows: [Int]) -> Batch {
    let inputs = Tensor(golden.inputs, shape: [golden.labels.count, 4]).to(.float32)
    return Batch(
      inputs: inputs.indexSelect(dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count])),
      target: Target(rows.map { golden.labels[$0] }), examples: rows)
  }
}
