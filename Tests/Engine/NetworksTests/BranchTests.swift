import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Networks of several branches over a shared trunk.
@Suite("Branches")
struct BranchTests {
  /// One of each kind of larger networks: what is divided is the same in the others.
  static let names = ArchitectureNames.families.filter { name in
    !["_torch", "convnextv2", "dinov2"].contains(where: name.contains)
  }
  private let images = Tensor.normal([2, 3, 32, 32], using: Generator(seed: 9)).channelsLast()

  private func network(
    _ name: String, _ form: NetworkForm, classes: Int = 4, seed: UInt64 = 0
  ) throws -> Network {
    let architecture = try Architectures.named(name)
    return architecture.build(
      classes: classes, inputs: architecture.quickShape(rows: 1)[1], form: form,
      using: Generator(seed: seed))
  }

  private func values(_ tensor: Tensor) -> [Float] { tensor.scalars() }

  /// One full-width expert with a linear head is the plain network: same names without its prefix, same
  /// features, same logits, to the byte, learning and evaluating, for every division; of large networks one division,
  /// the others in `make proofs`.
  @Test(arguments: names)
  func everyExpertIsThePlainNetwork(name: String) throws {
    let isSmall = ["resnet20", "linear", "mlp", "inception_time"].contains(name)
    let divisions: [Division] = [.lateStages, .lastBlock, .heads]
    for division in Proofs.areAsked || isSmall ? divisions : [.lateStages] {
      try checkExperts(name, division)
    }
  }

  private func checkExperts(_ name: String, _ division: Division) throws {
    let shape = try Architectures.named(name).quickShape(rows: 2)
    let images = inLayout(Tensor.normal(shape, using: Generator(seed: 9)))
    let plain = try network(name, NetworkForm(), seed: 1)
    let experts = try network(name, NetworkForm(branches: 3, division: division))
    let report = try experts.loadPretrained(plain.stateDict)
    #expect(report.leftOut.isEmpty && report.unexpected.isEmpty)
    #expect(report.loaded == Array(experts.stateDict.keys))
    for (key, tensor) in experts.stateDict {
      let source = key.hasPrefix("experts.") ? String(key.dropFirst("experts.0.".count)) : key
      let expected = try #require(plain.stateDict[source])
      #expect(values(tensor) == values(expected), "\(key)")
    }
    for mode in [Mode.evaluating, .frozenStatistics] {
      let context = Context(mode, generator: Generator(seed: 1))
      let features = plain.features(images, context)
      let expected = values(plain.logits(of: features, context)[0])
      let found = experts.features(images, context)
      #expect(found.map(values) == Array(repeating: values(features[0]), count: 3))
      #expect(
        experts.logits(of: found, context).map(values) == Array(repeating: expected, count: 3))
      #expect(experts.features(images, branches: [1], context).map(values) == [values(features[0])])
    }
  }

  /// What one expert learns from is what the plain network learns from; the other experts see nothing of it.
  @Test func anExpertsGradientIsThePlainNetworks() throws {
    let plain = try network("resnet20", NetworkForm(), seed: 1)
    let experts = try network("resnet20", NetworkForm(branches: 2))
    _ = try experts.loadPretrained(plain.stateDict)
    let context = Context(.frozenStatistics, generator: Generator(seed: 1))
    plain(images, context).square().sum().backward()
    experts.logits(of: experts.features(images, context), context)[0].square().sum().backward()
    let expected = Dictionary(
      uniqueKeysWithValues: plain.parameters.map { ($0.name, $0.tensor.grad) })
    for (name, tensor) in experts.parameters {
      if name.hasPrefix("experts.1.") {
        #expect(tensor.grad == nil, "\(name)")
      } else {
        let source = name.hasPrefix("experts.0.") ? String(name.dropFirst(10)) : name
        let gradient = try #require(expected[source] ?? nil)
        #expect(tensor.grad.map { $0.scalars(as: Float.self) } == values(gradient), "\(name)")
      }
    }
  }

  /// What belongs to a branch, of every network.
  @Test(arguments: [
    ("mobilenet_v2", "features.14", "features.13", "features.17"),
    ("resnet18", "layer3", "layer2", "layer4.1"), ("resnet34", "layer3", "layer2", "layer4.2"),
    ("resnet50", "layer3", "layer2", "layer4.2"),
    ("resnext50_32x4d", "layer3", "layer2", "layer4.2"),
    ("resnet20", "layer2", "layer1", "layer3.2"), ("resnet32", "layer2", "layer1", "layer3.4"),
    ("resnet56", "layer2", "layer1", "layer3.8"),
    ("bit_m_r50x1", "body.block4", "body.block3", "body.block4.unit03"),
    ("efficientnet_lite0", "blocks.5", "blocks.4", "blocks.6.0"),
    ("efficientnet_lite1", "blocks.5", "blocks.4", "blocks.6.0"),
    ("efficientnet_lite2", "blocks.5", "blocks.4", "blocks.6.0"),
    ("efficientnet_b0", "blocks.5", "blocks.4", "blocks.6.0"),
    ("efficientnet_b1", "blocks.5", "blocks.4", "blocks.6.1"),
    ("efficientnet_b2", "blocks.5", "blocks.4", "blocks.6.1"),
    ("efficientnet_b3", "blocks.5", "blocks.4", "blocks.6.1"),
    ("efficientnet_b4", "blocks.5", "blocks.4", "blocks.6.1"),
    ("efficientnet_b0_torch", "blocks.5", "blocks.4", "blocks.6.0"),
    ("convnext_tiny", "stages.3", "stages.2.blocks.8", "stages.3.blocks.2"),
    ("convnextv2_tiny", "stages.3", "stages.2.blocks.8", "stages.3.blocks.2"),
    ("vit_small_patch16_224", "blocks.9", "blocks.8", "blocks.11"),
    ("vit_small_patch16_dinov3", "blocks.9", "blocks.8", "blocks.11"),
    ("mobilenetv3_small_100", "blocks.4", "blocks.3.1", "blocks.4.2"),
    ("mobilenetv3_large_100", "blocks.5", "blocks.4.1", "blocks.5.2"),
    ("efficientnetv2_s", "blocks.5", "blocks.4.8", "blocks.5.14"),
    (
      "densenet121", "features.transition3", "features.denseblock3.denselayer24",
      "features.denseblock4.denselayer16"
    ),
    ("regnety_004", "s3", "s2", "s4.b6"),
    ("swin_tiny_patch4_window7_224", "layers.3", "layers.2.blocks.5", "layers.3.blocks.1"),
    ("mlp", "hidden.3", "hidden.1", "hidden.3"),
    (
      "inception_time", "inceptionblock.inception.3", "inceptionblock.shortcut.0",
      "inceptionblock.inception.3"
    ),
  ])
  func cuts(name: String, first: String, shared: String, lastBlock: String) throws {
    func own(_ division: Division) throws -> (trunk: [String], branch: [String]) {
      let keys = try network(name, NetworkForm(branches: 2, division: division)).stateDict.keys
      return (
        keys.filter { !$0.hasPrefix("experts.") },
        keys.filter { $0.hasPrefix("experts.1.") }.map { String($0.dropFirst(10)) }
      )
    }
    let late = try own(.lateStages)
    #expect(late.branch[0].hasPrefix(first + "."))
    #expect(late.trunk.last?.hasPrefix(shared + ".") == true)
    #expect(!late.trunk.contains { $0.hasPrefix(first + ".") })
    let last = try own(.lastBlock)
    #expect(last.branch[0].hasPrefix(lastBlock + "."))
    #expect(!last.trunk.contains { $0.hasPrefix(lastBlock + ".") })
  }

  /// Branches of a linear layer share nothing: experts are heads, and one head may see the features twice.
  @Test func branchesOfALinearLayerAreHeads() throws {
    let experts = try network("linear", NetworkForm(branches: 2))
    #expect(experts.stateDict.keys.map { $0 } == experts.headNames)
    #expect(experts.headNames.first == "experts.0.fc.weight")
    let joined = try network("linear", NetworkForm(branches: 2, joinsFeatures: true))
    #expect(joined.stateDict["fc.weight"]?.shape == [4, 16])
  }

  @Test func differentClassesLeaveOnlyTheHeadsOut() throws {
    let plain = try network("resnet20", NetworkForm(), classes: 9, seed: 1)
    let experts = try network("resnet20", NetworkForm(branches: 2))
    let report = try experts.loadPretrained(plain.stateDict)
    #expect(report.leftOut == experts.headNames)
    #expect(!report.copiedIntoBranches.contains { $0.hasPrefix("linear.") })
    #expect(report.copiedIntoBranches.first == "layer2.0.conv1.weight")
    #expect(!report.copiedIntoBranches.contains { $0.hasPrefix("layer1") })
    var old = plain.stateDict
    old["layer3.1.conv1.weight"] = nil
    let error = #expect(throws: WeightsError.self) { try experts.loadPretrained(old) }
    #expect(
      error
        == .missing(
          network: "resnet20",
          names: ["experts.0.layer3.1.conv1.weight", "experts.1.layer3.1.conv1.weight"]))
  }

  /// One head over both branches' features, side by side.
  @Test func joinedFeatures() throws {
    let network = try network(
      "resnet20", NetworkForm(branches: 2, joinsFeatures: true, division: .lastBlock))
    #expect(network.headNames == ["linear.weight", "linear.bias"])
    #expect(network.stateDict["linear.weight"]?.shape == [4, 128])
    #expect(network.form.division == .lastBlock && network.form.joinsFeatures)
    let features = network.features(images, Context())
    let joined = network.heads[0](Tensor.concatenated(features, dim: 1), Context())
    #expect(values(joined) == values(network(images, Context())))
  }

  /// Weights of branches do not go into a plain network, nor those of one division into another.
  @Test func otherFormsAreRefused() throws {
    let experts = try network("resnet20", NetworkForm(branches: 3))
    let other = try network("resnet20", NetworkForm(branches: 3, division: .lastBlock))
    let plain = try network("resnet20", NetworkForm())
    #expect(throws: WeightsError.self) { try plain.load(experts.stateDict) }
    #expect(throws: WeightsError.self) { try other.load(experts.stateDict) }
    #expect(throws: WeightsError.self) { try experts.load(plain.stateDict) }
  }

  @Test(arguments: [
    (NetworkForm(branches: 0), "expected 1 to 64 branches, got 0"),
    (NetworkForm(branches: 65), "expected 1 to 64 branches, got 65"),
    (NetworkForm(head: .cosine(scale: 0)), "expected a cosine head with a scale above 0, got 0.0"),
    (NetworkForm(head: .custom("mine")), "its head 'mine' is not one of the library's own"),
    (
      NetworkForm(branches: 3, readout: .weighted([0.5, 0.5])),
      "expected a weight for each of 3 heads, got [0.5, 0.5]"
    ),
  ])
  func problems(form: NetworkForm, words: String) {
    #expect(form.problem == words)
    #expect(NetworkForm(branches: 3, readout: .weighted([0.5, 0.3, 0.2])).problem == nil)
  }

  /// The readout as sums written out; all weight on one head is that head, to the byte.
  @Test func readouts() {
    let heads = (0..<3).map { Tensor.normal([4, 5], using: Generator(seed: $0)) }
    let z = heads.map { $0.scalars(as: Double.self) }
    let mean = Readout.mean(heads).scalars(as: Double.self)
    #expect(
      difference(
        mean, (0..<20).map { (z[0][$0] + z[1][$0] + z[2][$0]) / 3 }, relative: 1e-5, absolute: 1e-6)
        == nil)
    let weighted = Readout.weighted([0.5, 0.3, 0.2])(heads).scalars(as: Double.self)
    #expect(
      difference(
        weighted, (0..<20).map { 0.5 * z[0][$0] + 0.3 * z[1][$0] + 0.2 * z[2][$0] },
        relative: 1e-5, absolute: 1e-6) == nil)
    for e in 0..<3 {
      let one = Readout.weighted((0..<3).map { $0 == e ? 1 : 0 })(heads)
      #expect(one.scalars(as: Float.self) == heads[e].scalars(as: Float.self))
    }
    #expect(Readout.mean([heads[1]]).scalars(as: Float.self) == heads[1].scalars(as: Float.self))
  }
}
