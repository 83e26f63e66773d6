import Foundation
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// What adapters compute, against PyTorch, and what of a network learns.
@Suite("Adapters")
struct AdapterTests {
  struct GoldenAdapter: Decodable {
    let answers: [Double]
    let gradients: [String: [Double]]
    let tensors: [String: [Int]]?
  }

  static let golden =
    (try? Golden.load("Inference/adapter.json", as: [String: GoldenAdapter].self)) ?? [:]
  private let images = inLayout(
    GoldenRule.tensor(10_000, [1, 3, 32, 32], scale: 3.4, .float64))

  /// A network with the weights of `golden.py` before anything is added.
  private func network(
    _ name: String, _ adapter: Adapter?, classes: Int = 5, branches: Int = 1
  ) throws -> Network {
    let architecture = try Architectures.named(name)
    let plain = architecture.build(
      classes: classes, form: NetworkForm(branches: branches),
      using: Initializer(dtype: .float64, generator: nil))
    GoldenRule.fill(plain)
    let network = architecture.build(
      classes: classes, form: NetworkForm(branches: branches, adapter: adapter),
      using: Initializer(dtype: .float64, generator: Generator(seed: 4)))
    withoutGradients {
      for (name, tensor) in plain.stateDict { network.stateDict[name]?.copy(from: tensor) }
    }
    return network
  }

  private func fill(_ network: Network, _ names: [String]) {
    withoutGradients {
      for (number, name) in names.sorted().enumerated() {
        guard let tensor = network.stateDict[name] else { continue }
        tensor.copy(from: GoldenRule.tensor(20_000 + number, tensor.shape, scale: 0.2, .float64))
      }
    }
  }

  @Test(
    "LoRA answers and learns as in PEFT",
    arguments: ["vit_small_patch16_224", "convnext_tiny", "swin_tiny_patch4_window7_224"])
  func lora(name: String) throws {
    let golden = try #require(Self.golden[name])
    let network = try network(name, Adapter(.lora, rank: 2, alpha: 6))
    let own = network.adapterNames + network.headNames
    #expect(
      Set(own.map { "base_model.model." + $0 }) == Set(golden.tensors?.keys.map(\.self) ?? []))
    fill(network, own)
    try compare(network, golden)
  }

  @Test("AdaptFormer answers and learns as written again in PyTorch")
  func adaptFormer() throws {
    let golden = try #require(Self.golden["vit_small_patch16_224_adaptformer"])
    let network = try network("vit_small_patch16_224", Adapter(.adaptFormer, rank: 3))
    fill(network, network.adapterNames)
    try compare(network, golden)
  }

  private func compare(_ network: Network, _ golden: GoldenAdapter) throws {
    let logits = network(images, Context())
    #expect(
      difference(logits.scalars(as: Double.self), golden.answers, relative: 1e-6, absolute: 1e-7)
        == nil)
    (logits * GoldenRule.tensor(GoldenRule.projection, logits.shape, .float64)).sum().backward()
    for (name, expected) in golden.gradients {
      let tensor = try #require(network.stateDict[name], "\(name)")
      let gradient = try #require(tensor.grad, "\(name)")
      let found = [gradient.norm().item()] + gradient.scalars(as: Double.self).prefix(3)
      let wrong = difference(found, expected, relative: 1e-5, absolute: 1e-6 * expected[0])
      #expect(wrong == nil, "\(name): \(wrong ?? "")")
    }
  }

  /// B and `up` begin as 0: the network answers as without, to the byte; so does it at rank 0 and at scale 0.
  @Test(
    "an adapter begins as nothing, and rank 0 and scale 0 are nothing",
    arguments: [
      Adapter(.lora, rank: 3), Adapter(.lora, rank: 0), Adapter(.lora, rank: 3, alpha: 0),
      Adapter(.adaptFormer, rank: 3), Adapter(.adaptFormer, rank: 0),
      Adapter(.adaptFormer, rank: nil),
    ])
  func nothing(adapter: Adapter) throws {
    let plain = try network("vit_small_patch16_224", nil)(images, Context()).scalars(
      as: Double.self)
    let network = try network("vit_small_patch16_224", adapter)
    #expect(network(images, Context()).scalars(as: Double.self) == plain)
    #expect(network.adapterNames.isEmpty == (adapter.rank == 0))
    #expect(network.form.adapter?.rank == adapter.rank ?? 1)
    guard adapter.rank != 0 else { return }
    fill(network, network.adapterNames)
    let changed = network(images, Context()).scalars(as: Double.self)
    #expect((changed == plain) == (adapter.alpha == 0))
    withoutGradients {
      for name in network.adapterNames where name.hasSuffix(".scale") {
        network.stateDict[name]?.zero()
      }
    }
    if adapter.kind == .adaptFormer {
      #expect(network(images, Context()).scalars(as: Double.self) == plain)
    }
  }

  /// A ~ U(±1/√in), `down` ~ N(0, 1 / (3 in)); all other weights are those of the same seed without an adapter.
  @Test func firstValues() throws {
    let architecture = try Architectures.named("vit_small_patch16_224")
    func build(_ adapter: Adapter?) -> Network {
      architecture.build(
        classes: 3, form: NetworkForm(adapter: adapter), using: Generator(seed: 7))
    }
    let (plain, lora) = (build(nil), build(Adapter(.lora, rank: 16)))
    for (name, tensor) in plain.stateDict {
      #expect(lora.stateDict[name]?.scalars(as: Float.self) == tensor.scalars(as: Float.self))
    }
    let a = try #require(lora.stateDict["blocks.3.mlp.fc2.lora_A.weight"])
    #expect(a.shape == [16, 1536])
    let bound = 1 / 1536.0.squareRoot()
    #expect(a.abs().amax().item() <= bound && a.abs().amax().item() > 0.99 * bound)
    let down = try #require(
      build(Adapter(.adaptFormer, rank: 64)).stateDict["blocks.3.adaptformer.down_proj.weight"])
    let deviation = (1 / (3 * 384.0)).squareRoot()
    #expect(abs(down.square().mean().sqrt().item() / deviation - 1) < 0.03)
  }

  /// The largest power of two up to C / (2 L), as in LIFT's code; never below 1.
  @Test(arguments: [
    (100, 12, 4), (365, 12, 8), (1000, 12, 32), (8142, 12, 256), (10, 12, 1), (47, 12, 1),
    (48, 12, 2),
  ])
  func widths(classes: Int, blocks: Int, width: Int) {
    #expect(Adapter.width(classes: classes, blocks: blocks) == width)
  }

  @Test("central differences through both adapters", arguments: Adapter.Kind.allCases)
  func differences(kind: Adapter.Kind) throws {
    let network = try network("vit_small_patch16_224", Adapter(kind, rank: 2))
    fill(network, network.adapterNames)
    let direction = GoldenRule.tensor(GoldenRule.projection, [1, 5], .float64)
    func value() -> Double {
      withoutGradients { (network(images, Context()) * direction).sum().item() }
    }
    (network(images, Context()) * direction).sum().backward()
    for name in network.adapterNames where name.hasPrefix("blocks.5.") {
      let tensor = try #require(network.stateDict[name])
      let slope = try #require(tensor.grad).scalars(as: Double.self)
      let step = 1e-5
      var ends: [Double] = []
      var bump = [Double](repeating: 0, count: tensor.count)
      for sign in [1.0, -2.0] {
        bump[bump.count / 2] = sign * step
        withoutGradients { tensor.add(Tensor(bump, shape: tensor.shape)) }
        ends.append(value())
      }
      bump[bump.count / 2] = step
      withoutGradients { tensor.add(Tensor(bump, shape: tensor.shape)) }
      let found = (ends[0] - ends[1]) / (2 * step)
      #expect(abs(found - slope[slope.count / 2]) <= 1e-5 * max(abs(found), 1), "\(name)")
    }
  }

  @Test("what learns", arguments: ["vit_small_patch16_224", "resnet18", "convnext_tiny"])
  func learns(name: String) throws {
    let network = try network(name, nil)
    func learned(_ tuning: Tuning) -> [String] {
      network.tune(tuning)
      return network.trainableParameters.map(\.name)
    }
    let all = network.parameters.map(\.name)
    #expect(learned(.all) == all)
    #expect(learned(.head) == network.headNames)
    #expect(
      learned(.bias) == all.filter { $0.hasSuffix(".bias") || network.headNames.contains($0) })
    let (last, block) =
      switch name {
      case "resnet18": ("layer4.1.", "layer4.0.")
      case "convnext_tiny": ("stages.3.blocks.2.", "stages.3.blocks.1.")
      default: ("blocks.11.", "blocks.10.")
      }
    let one = learned(.blocks(1))
    #expect(
      one
        == all.filter {
          $0.hasPrefix(last) || $0.hasPrefix("norm") || $0.hasPrefix("head") || $0.hasPrefix("fc")
        })
    #expect(Set(learned(.blocks(2))).subtracting(one) == Set(all.filter { $0.hasPrefix(block) }))
    #expect(learned(.blocks(network.blockCount)).count < all.count)
  }

  @Test("of a network with an adapter it and the heads learn, whatever else is asked")
  func adapterLearns() throws {
    let network = try network("convnext_tiny", Adapter(.lora, rank: 1), branches: 2)
    for tuning in [Tuning.all, .adapter(Adapter(.lora, rank: 1))] {
      network.tune(tuning)
      #expect(
        Set(network.trainableParameters.map(\.name))
          == Set(network.adapterNames + network.headNames))
    }
    #expect(
      network.headNames.count == 4 && network.adapterNames.contains { $0.hasPrefix("experts.1.") })
    let other = network.withNewHead(classes: 7, using: Generator(seed: 0))
    #expect(
      other.form.adapter == network.form.adapter && other.adapterNames == network.adapterNames)
  }

  /// Weights of a plain network go into one with an adapter, which begins anew.
  @Test func pretrained() throws {
    let plain = try network("vit_small_patch16_224", nil)
    let adapted = try Architectures.named("vit_small_patch16_224").build(
      classes: 5, form: NetworkForm(adapter: Adapter(.lora, rank: 2)), using: Generator(seed: 1))
    let report = try adapted.loadPretrained(plain.stateDict)
    #expect(report.loaded == Array(plain.stateDict.keys) && report.leftOut.isEmpty)
    #expect(throws: WeightsError.self) { try adapted.load(plain.stateDict) }
  }

  @Test(arguments: [
    ("all", Tuning.all), ("head", .head), ("bias", .bias), ("blocks:2", .blocks(2)),
    ("lora:8", .adapter(Adapter(.lora, rank: 8))),
    ("lora:8:16", .adapter(Adapter(.lora, rank: 8, alpha: 16))),
    ("adaptformer:4", .adapter(Adapter(.adaptFormer, rank: 4))),
    ("adaptformer", .adapter(Adapter(.adaptFormer, rank: nil))),
  ])
  func words(text: String, tuning: Tuning) {
    #expect(Tuning(text) == tuning && "\(tuning)" == text)
  }

  @Test(arguments: [
    "", "lora", "lora:", "lora:-1", "lora:x", "lora:8:", "lora:8:-1", "lora:8:nan", "blocks",
    "blocks:0",
    "head:1", "adaptformer:", "adaptformer:4:2", "lora:9999", "All",
  ])
  func noWords(text: String) { #expect(Tuning(text) == nil) }

  /// The property that an architecture has, beside what building it shows.
  @Test(arguments: ArchitectureNames.quick)
  func architectures(name: String) throws {
    let architecture = try Architectures.named(name)
    for kind in Adapter.Kind.allCases {
      let (adapter, known) = (Adapter(kind, rank: 1), architecture.adapters.contains(kind))
      let problem = architecture.problem(of: .adapter(adapter))
      #expect((problem == nil) == known)
      #expect((architecture.problem(of: NetworkForm(adapter: adapter), classes: 3) == nil) == known)
      #expect(
        problem?.contains(name) != false && problem?.contains("vit_base_patch16_224") != false)
      guard known else { continue }
      let network = architecture.build(
        classes: 3, form: NetworkForm(adapter: adapter),
        using: Initializer(dtype: .float32, generator: nil))
      #expect(!network.adapterNames.isEmpty)
    }
    #expect(architecture.problem(of: .blocks(1000)) != nil)
    #expect(architecture.problem(of: .all) == nil && architecture.problem(of: .head) == nil)
  }

  @Test func forms() throws {
    let form = NetworkForm(adapter: Adapter(.lora, rank: 4, alpha: 8))
    #expect(try JSONDecoder().decode(NetworkForm.self, from: JSONEncoder().encode(form)) == form)
    #expect(
      NetworkForm(adapter: Adapter(.lora, rank: -1)).problem
        == "expected an adapter of rank 0 to 4096, got -1")
    #expect(NetworkForm(adapter: Adapter(.adaptFormer, rank: 1, alpha: 2)).problem != nil)
  }
}
