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

/// What single rows of a step do.
@Suite struct ExampleRecorderTests {
  private struct Golden: Decodable {
    struct Head: Decodable {
      let tensors: [String: [Double]]
      let rows: [[Double]]
    }
    let features: [Double], labels: [Int], others: [Int], ownWeight: [Float], scale: Double
    let heads: [String: Head]
  }

  /// Features as they come.
  private struct Identity: Backbone {
    let featureCount = 4
    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x }
    func visit(_ visitor: inout TensorVisitor) {}
  }

  private let settings = SmallResNet.settings
  private let classes: ClassCounts
  init() throws { classes = try ClassCounts([3, 2, 1]) }

  private func head(_ name: String, _ golden: Golden.Head, scale: Double) -> any Head {
    func tensor(_ name: String, _ shape: [Int]) -> Tensor {
      Tensor((golden.tensors[name] ?? []).map { Float($0) }, shape: shape).requiringGrad()
    }
    let initializer = Initializer(device: .cpu, dtype: .float32, generator: Generator(seed: 1))
    if name == "cosine" { return CosineHead(weight: tensor("weight", [3, 4]), scale: scale) }
    let linear = LinearHead(weight: tensor("weight", [3, 4]), bias: tensor("bias", [3]))
    if name == "mixed" {
      return MixedHead(linear, CosineHead(weight: tensor("cosine.weight", [3, 4]), scale: scale))
    }
    guard name == "scaled" else { return linear }
    let scaled = ScaledHead(linear, using: initializer)
    withoutGradients { scaled.scale.copy(from: tensor("scale", [3])) }
    return scaled
  }

  @Test(arguments: ["linear", "cosine", "mixed", "scaled"]) func numbersAreNumpys(name: String)
    throws
  {
    let golden = try TestSupport.Golden.load("Sessions/examples.json", as: Golden.self)
    let one = try #require(golden.heads[name])
    let network = Network(
      name: "identity", branches: [Identity()], heads: [head(name, one, scale: golden.scale)])
    var session = Session(network, settings)
    session.enter(Stage(Supervised(CrossEntropy())), for: classes)
    let target = Target(terms: [
      .init(labels: golden.labels, weight: golden.ownWeight),
      .init(labels: golden.others, weight: golden.ownWeight.map { 1 - $0 }),
    ])
    let batch = Batch(
      inputs: Tensor(golden.features.map { Float($0) }, shape: [6, 4]), target: target,
      examples: [9, 8, 7, 6, 5, 4])
    let recorder = ExampleRecorder()
    _ = session.step([batch], at: Moment(), recording: recorder)
    let values = try #require(recorder.values)
    #expect(values.examples == [9, 8, 7, 6, 5, 4])
    #expect(values.hasMargin && values.hasGradientNorm)
    #expect(
      difference(
        values.rows.flatMap { $0 }, one.rows.flatMap { $0 }, relative: 2e-5, absolute: 2e-6)
        == nil)
  }

  private func network(_ form: NetworkForm) throws -> Network {
    try Architectures.named("resnet20").build(classes: 3, form: form, using: Generator(seed: 1))
  }

  private func batch(_ seed: UInt64) -> Batch {
    Batch(
      inputs: Tensor.normal([6, 3, 8, 8], using: Generator(seed: seed)).channelsLast(),
      target: Target([0, 0, 1, 0, 2, 1]), examples: (0..<6).map { $0 + 10 * Int(seed) })
  }

  /// Of every method, in its first stage: the norms are those of a backward pass of each row alone, and loss
  /// and gradient of the step are what they are without a recorder.
  @Test(
    arguments: catalogue.map { $0.init() as any Method }.filter { method in
      (try? ClassCounts([4, 2, 1])).map { !method.isFitted(for: $0) } ?? true
    })
  func normsAreThoseOfABackwardPassOfEachRow(method: any Method) throws {
    let stage = try #require(method.stages(for: classes).first)
    let batches = SmallResNet.batches(of: stage, 1)
    let moment = Moment(progress: 0.5)
    var (plain, recorded) = (
      Session(try network(method.network), settings),
      Session(try network(method.network), settings)
    )
    plain.enter(stage, for: classes)
    recorded.enter(stage, for: classes)
    let recorder = ExampleRecorder()
    let first = plain.step(batches, at: moment)
    let second = recorded.step(batches, at: moment, recording: recorder)
    #expect(first.loss.item() == second.loss.item())
    for (one, other) in zip(plain.network.parameters, recorded.network.parameters) {
      let gradients = [one.tensor.grad, other.tensor.grad].map { $0?.scalars(as: Float.self) }
      #expect(gradients[0] == gradients[1], "\(one.name)")
    }
    guard stage.objective.learnsLogits else { return #expect(recorder.values == nil) }
    let values = try #require(recorder.values)
    #expect(values.examples == Array(0..<6))
    // Two views of a row that are both answered leave the norm undefined, as does a head that is not linear.
    #expect(values.hasGradientNorm == !(method is GLMC || method is CORAL))
    if values.hasGradientNorm {
      let expected = try rowNorms(of: stage, batches, moment, try network(method.network))
      let found = values.rows.map { $0[ExampleValues.Number.gradientNorm.rawValue] }
      #expect(difference(found, expected, relative: 1e-3, absolute: 1e-5) == nil)
    }
    let losses = values.rows.map { $0[ExampleValues.Number.loss.rawValue] }
    let sums = (0..<6).map { row in
      first.terms.terms.filter(\.isOfBatch).reduce(0) {
        $0 + $1.rows.values.scalars(as: Double.self)[row]
      }
    }
    #expect(difference(losses, sums, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// ‖∂ℓ_i/∂θ‖ over the tensors of the heads, a fresh step and a backward pass for each row.
  private func rowNorms(
    of stage: Stage, _ batches: [Batch], _ moment: Moment, _ network: Network
  ) throws -> [Double] {
    var session = Session(network, settings)
    session.enter(stage, for: classes)
    return (0..<6).map { row in
      for parameter in network.parameters { parameter.tensor.clearGrad() }
      var memory = stage.objective.memory(for: classes)
      // The statistics of the batch are the same in each pass.
      let terms = stage.objective.terms(
        batches, through: NetworkPass(network, seed: 0, replays: true, teacher: network),
        at: moment,
        remembering: &memory)
      let own = terms.terms.filter(\.isOfBatch).map {
        $0.rows.values.narrowed(dim: 0, start: row, length: 1).sum()
      }
      own.dropFirst().reduce(own[0], +).backward()
      let squares = network.parameters.filter { network.headNames.contains($0.name) }
        .compactMap { $0.tensor.grad?.square().sum().item() }
      return squares.reduce(0, +).squareRoot()
    }
  }

  /// A row without a label is in no record; where nothing is known of the examples there is none.
  @Test func rowsWithoutALabelAreLeftOut() throws {
    var session = Session(try network(NetworkForm()), settings)
    session.enter(Stage(Supervised(CrossEntropy())), for: classes)
    var one = batch(1)
    one.target = Target(terms: [.init(labels: [0, 1, 2, 0, 1, 2], weight: [1, 0, 1, 1, 0, 1])])
    let recorder = ExampleRecorder()
    _ = session.step([one], at: Moment(), recording: recorder)
    #expect(recorder.values?.examples == [10, 12, 13, 15])
    #expect(recorder.values?.rows.count == 4)
    one.examples = []
    let nothing = ExampleRecorder()
    _ = session.step([one], at: Moment(), recording: nothing)
    #expect(nothing.values == nil)
  }

  /// Where features are dropped before the last layer the norm is not defined, and nothing else is missing.
  @Test func droppedFeaturesHaveNoNorm() throws {
    let dropping = try Architectures.named("resnet20").build(
      classes: 3, dropout: 0.5, using: Generator(seed: 1))
    var session = Session(dropping, settings)
    session.enter(Stage(Supervised(CrossEntropy())), for: classes)
    let recorder = ExampleRecorder()
    _ = session.step([batch(1)], at: Moment(), recording: recorder)
    let values = try #require(recorder.values)
    #expect(!values.hasGradientNorm && values.hasMargin)
    #expect(values.rows.allSatisfy { $0[0].isFinite && $0[4].isNaN })
  }
}
