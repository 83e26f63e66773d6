import Batches
import Methods
import Networks
import Optimizers
import OrderedCollections
import Plans
import Randomness
import Sampling
import Sessions
import Testing
import Torch

/// What of a network learns in a run, and what keeps its bytes.
@Suite struct TuningTests {
  private func session(
    _ name: String, _ tuning: Tuning, dropPath: Double = 0, layerDecay: Double? = nil
  ) throws -> Session {
    let network = try Architectures.named(name).build(
      classes: 3, form: NetworkForm(adapter: tuning.adapter), using: Generator(seed: 1))
    var settings = SessionSettings(
      optimizer: OptimizerSettings(kind: .sgd, momentum: 0.9, weightDecay: 0.01), averageDecay: 0.9)
    (settings.tuning, settings.layerDecay, settings.dropPath) = (tuning, layerDecay, dropPath)
    return Session(network, settings)
  }

  private func batch(_ seed: UInt64, side: Int = 8) -> Batch {
    Batch(
      inputs: Tensor.normal([6, 3, side, side], using: Generator(seed: seed)).channelsLast(),
      target: Target([0, 0, 1, 0, 2, 1]), examples: [0, 1, 2, 3, 4, 5])
  }

  private func bytes(_ network: Network) -> [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: network.stateDict.map { ($0.key, $0.value.to(.float32).scalars()) })
  }

  private func steps(_ session: inout Session, _ range: Range<Int>, side: Int = 8) {
    for step in range {
      _ = session.step(
        [batch(UInt64(step), side: side)],
        at: Moment(step: step, key: RandomKey(seed: 3)))
      session.update(rate: 0.1)
    }
  }

  private var stage: Stage { Stage(Supervised()) }

  @Test(arguments: [Tuning.head, .bias, .blocks(2)])
  func frozenTensorsKeepTheirBytes(tuning: Tuning) throws {
    var session = try session("resnet20", tuning)
    session.enter(stage, for: try ClassCounts([3, 2, 1]))
    let before = bytes(session.network)
    steps(&session, 0..<3)
    let after = bytes(session.network)
    let learned = Set(session.network.trainableParameters.map(\.name))
    for (name, values) in after {
      let part = name.split(separator: ".").dropLast().joined(separator: ".")
      let learns =
        learned.contains(name) || learned.contains(part + ".weight") && name.contains("running")
        || learned.contains(part + ".weight") && name.hasSuffix("num_batches_tracked")
      #expect((values == before[name]) == !learns, "\(tuning) \(name)")
    }
    #expect(learned.isSuperset(of: session.network.headNames))
  }

  @Test(arguments: [
    Tuning.adapter(Adapter(.lora, rank: 2)), .adapter(Adapter(.adaptFormer, rank: nil)), .bias,
    .blocks(1),
  ])
  func ofATransformer(tuning: Tuning) throws {
    var session = try session("vit_small_patch16_224", tuning)
    session.enter(stage, for: try ClassCounts([3, 2, 1]))
    let before = bytes(session.network)
    // B = 0 keeps A from learning in the first step alone.
    steps(&session, 0..<3, side: 32)
    let after = bytes(session.network)
    let learned = Set(session.network.trainableParameters.map(\.name))
    for (name, values) in after {
      #expect((values == before[name]) == !learned.contains(name), "\(name)")
    }
    let saved = session.savedTensors().filter { !$0.key.hasPrefix("network.") }
    #expect(saved.keys.allSatisfy { key in learned.contains { key.hasSuffix($0) } })
  }

  /// Saved and taken up by a session of the saved form, the next steps end with the same bytes.
  @Test(arguments: [Tuning.adapter(Adapter(.lora, rank: 2)), .bias])
  func resumes(tuning: Tuning) throws {
    let counts = try ClassCounts([3, 2, 1])
    var first = try session("vit_small_patch16_224", tuning, dropPath: 0.2, layerDecay: 0.7)
    first.enter(stage, for: counts)
    steps(&first, 0..<2, side: 32)
    let (saved, state) = (
      first.savedTensors().mapValues { $0.detached().cloned() }, first.savedState
    )
    #expect(state.form.adapter == tuning.adapter)
    steps(&first, 2..<4, side: 32)
    var second = try session("vit_small_patch16_224", tuning, dropPath: 0.2, layerDecay: 0.7)
    second.enter(stage, for: counts)
    try second.restore(saved, state)
    steps(&second, 2..<4, side: 32)
    #expect(bytes(first.network) == bytes(second.network))
  }

  @Test func layersLearnAtTheirRates() throws {
    let counts = try ClassCounts([3, 2, 1])
    func moved(_ decay: Double?) throws -> [String: [Float]] {
      var session = try session("resnet20", .all, layerDecay: decay)
      session.enter(stage, for: counts)
      let before = bytes(session.network)
      steps(&session, 0..<1)
      let rates = session.network.rates(decay: decay ?? 1)
      let after = bytes(session.network)
      return Dictionary(
        uniqueKeysWithValues: rates.map { name, rate in
          (name, zip(after[name] ?? [], before[name] ?? []).map { ($0 - $1) / Float(rate) })
        })
    }
    let (plain, decayed) = (try moved(nil), try moved(0.5))
    for name in ["conv1.weight", "layer2.1.conv1.weight", "linear.weight"] {
      let pairs = zip(plain[name] ?? [], decayed[name] ?? [])
      let largest = plain[name]?.map(abs).max() ?? 0
      #expect(pairs.allSatisfy { abs($0 - $1) <= 2e-2 * largest }, "\(name)")
    }
  }

  /// Blocks are left out with draws of the step's key: the same key the same bytes, another rate others.
  @Test func dropPathDrawsFromTheStep() throws {
    func after(_ rate: Double) throws -> [String: [Float]] {
      var session = try session("resnet20", .all, dropPath: rate)
      session.enter(stage, for: try ClassCounts([3, 2, 1]))
      steps(&session, 0..<2)
      return bytes(session.network)
    }
    let (once, again, without) = (try after(0.5), try after(0.5), try after(0))
    #expect(once == again && once != without)
  }
}
