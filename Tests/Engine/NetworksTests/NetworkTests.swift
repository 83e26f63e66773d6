import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

@Suite("Network")
struct NetworkTests {
  private func small(classes: Int = 4, dropout: Double = 0, seed: UInt64 = 0) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: classes, dropout: dropout, using: Generator(seed: seed))
  }

  private func copy(_ network: Network) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: network.stateDict.map { ($0.key, $0.value.scalars(as: Double.self)) })
  }

  private let images = Tensor.normal([4, 3, 16, 16], using: Generator(seed: 9)).channelsLast()

  @Test("logits are the head of the features")
  func parts() throws {
    let network = try small()
    let features = network.features(images, Context())
    #expect(features.map(\.shape) == [[4, 64]])
    let logits = network.logits(of: features, Context())[0]
    #expect(logits.scalars(as: Float.self) == network(images, Context()).scalars(as: Float.self))
  }

  @Test("a new head keeps the backbone's tensors and has its own")
  func newHead() throws {
    let old = try small()
    let new = old.withNewHead(classes: 7, using: Generator(seed: 5))
    #expect(new(images, Context()).shape == [4, 7])
    #expect(new.headNames == ["linear.weight", "linear.bias"])
    old.parameters[0].tensor.zero()
    #expect(new.parameters[0].tensor.norm().item() == 0)
  }

  @Test("dropout drops in training only, by the generator")
  func dropout() throws {
    let network = try small(dropout: 0.5)
    network.freezeBackbone()
    func logits(_ seed: UInt64, training: Bool) -> [Float] {
      network(images, Context(training: training, generator: Generator(seed: seed))).scalars()
    }
    #expect(logits(1, training: true) == logits(1, training: true))
    #expect(logits(1, training: true) != logits(2, training: true))
    #expect(logits(1, training: false) == logits(2, training: false))
  }

  @Test("training moves the running statistics and counts the batch; frozen ones stay")
  func statistics() throws {
    let network = try small()
    _ = network(images, Context(training: true))
    let state = network.stateDict
    #expect(state["bn1.num_batches_tracked"]?.item() == 1)
    let moved = try #require(state["bn1.running_mean"]).scalars(as: Float.self)
    #expect(moved.contains { $0 != 0 })
    #expect(network.freeze(["bn1"]) == ["bn1.weight", "bn1.bias"])
    _ = network(images, Context(training: true))
    #expect(state["bn1.running_mean"]?.scalars(as: Float.self) == moved)
    #expect(state["bn1.num_batches_tracked"]?.item() == 1)
    #expect(state["layer1.0.bn1.num_batches_tracked"]?.item() == 2)
  }

  @Test("freezing takes whole parts of names and can be undone")
  func freezing() throws {
    let network = try small()
    let all = network.parameters.count
    #expect(network.trainableParameters.count == all)
    #expect(network.freeze(["layer"]).isEmpty)
    #expect(network.freeze(["layer1"]).allSatisfy { $0.hasPrefix("layer1.") })
    network.freezeBackbone()
    #expect(network.trainableParameters.map(\.name) == network.headNames)
    network.unfreeze()
    #expect(network.trainableParameters.count == all)
  }

  @Test("a saved network loads into another with the same logits")
  func roundTrip() throws {
    let (saved, loaded) = (try small(), try small(seed: 1))
    _ = saved(images, Context(training: true))
    try withTemporaryFolder { folder in
      try Safetensors.write(saved.stateDict, to: folder + "/m.safetensors")
      let report = try loaded.load(try Safetensors.read(folder + "/m.safetensors").tensors)
      #expect(report.loaded.count == saved.stateDict.count)
    }
    #expect(copy(saved) == copy(loaded))
    #expect(loaded.parameters.allSatisfy { $0.tensor.rank != 4 || $0.tensor.isChannelsLast })
  }

  @Test("weights of another class count load but for the head, which is reported")
  func otherClasses() throws {
    let network = try small()
    let before = copy(network)
    let source = try small(classes: 10, seed: 1)
    var weights = StateDict(
      uniqueKeysWithValues: source.stateDict.map { ("module." + $0.key, $0.value) })
    weights["module.extra"] = Tensor(Float(1))
    let report = try network.loadPretrained(weights)
    #expect(report.leftOut == ["linear.weight", "linear.bias"])
    #expect(report.unexpected == ["extra"])
    #expect(copy(network)["conv1.weight"] == copy(source)["conv1.weight"])
    #expect(copy(network)["linear.weight"] == before["linear.weight"])
  }

  @Test("weights that have nothing for a network without a backbone are refused")
  func nothingToLoad() throws {
    let linear = try Architectures.named("linear").build(
      classes: 4, inputs: 9, using: Generator(seed: 0))
    #expect(throws: WeightsError.missing(network: "linear", names: ["fc.weight", "fc.bias"])) {
      try linear.loadPretrained(try small().stateDict)
    }
    let wider: StateDict = ["fc.weight": Tensor.zeros([4, 8]), "fc.bias": Tensor.zeros([4])]
    #expect(
      throws: WeightsError.shape(
        network: "linear", name: "fc.weight", expected: [4, 9], got: [4, 8])
    ) { try linear.loadPretrained(wider) }
  }

  @Test("of several differences the first three are named, and agreement is counted")
  func differences() throws {
    let (network, other) = (try small(), try small(seed: 1))
    var weights = other.stateDict
    #expect(network.agreement(with: weights) == (95, 95, 116))
    weights["conv1.weight"] = Tensor.zeros([16, 1, 3, 3])
    for name in ["bn1.bias", "layer1.0.conv1.weight", "layer3.2.bn2.bias"] { weights[name] = nil }
    #expect(
      throws: WeightsError.differences(
        network: "resnet20",
        first: [
          .init(name: "conv1.weight", expected: [16, 3, 3, 3], got: [16, 1, 3, 3]),
          .init(name: "bn1.bias", expected: [16], got: nil),
          .init(name: "layer1.0.conv1.weight", expected: [16, 16, 3, 3], got: nil),
        ], count: 4)
    ) { try network.loadPretrained(weights) }
    #expect(network.agreement(with: weights) == (91, 95, 113))
    let prefixed = StateDict(uniqueKeysWithValues: weights.map { ("module." + $0.key, $0.value) })
    #expect(network.agreement(with: prefixed) == (91, 95, 113))
  }

  @Test("a BiT archive fits the network, every array of it")
  func bigTransfer() throws {
    let network = try Architectures.named("bit_m_r50x1").build(
      classes: 5, using: Generator(seed: 0))
    let report = try network.load(try BiTArchive.read(Golden.path("Weights/bit.npz")))
    #expect(report.loaded == Array(network.stateDict.keys))
    #expect(network.stateDict["root.conv.weight"]?.amax().item() == 9407)
  }

  @Test("weights without batch counters load, as old files have none")
  func oldFiles() throws {
    let weights = try small(seed: 1).stateDict.filter { !$0.key.hasSuffix("num_batches_tracked") }
    #expect(try small().load(weights).leftOut.isEmpty)
  }

  @Test("a missing, unexpected or misshapen tensor is an error and changes nothing")
  func refusals() throws {
    let network = try small()
    let before = copy(network)
    var weights = try small(seed: 1).stateDict
    weights["layer1.0.conv1.weight"] = nil
    #expect(throws: WeightsError.missing(network: "resnet20", names: ["layer1.0.conv1.weight"])) {
      try network.loadPretrained(weights)
    }
    weights["layer1.0.conv1.weight"] = Tensor.zeros([16, 16, 1, 1])
    #expect(
      throws: WeightsError.shape(
        network: "resnet20", name: "layer1.0.conv1.weight", expected: [16, 16, 3, 3],
        got: [16, 16, 1, 1])
    ) { try network.loadPretrained(weights) }
    weights = try small(seed: 1).stateDict
    weights["other"] = Tensor(Float(0))
    #expect(throws: WeightsError.unexpected(network: "resnet20", names: ["other"])) {
      try network.load(weights)
    }
    #expect(throws: WeightsError.self) { try network.load(try small(classes: 9).stateDict) }
    #expect(copy(network) == before)
  }
}
