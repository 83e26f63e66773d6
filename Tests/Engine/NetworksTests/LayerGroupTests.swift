import Networks
import TestSupport
import Testing
import Torch

/// How deep parameters stand and how often blocks are left out, against timm.
@Suite("Layer groups")
struct LayerGroupTests {
  struct Groups: Decodable {
    let rates: [[Double]]
    let paths: [Double]
  }

  static let golden = (try? Golden.load("Networks/groups.json", as: [String: Groups].self)) ?? [:]
  static let names = golden.keys.sorted()

  private func network(_ name: String, _ form: NetworkForm = NetworkForm()) throws -> Network {
    try Architectures.named(name).build(
      classes: 5, form: form, using: Initializer(dtype: .float32, generator: nil))
  }

  @Test func allAreThere() { #expect(Self.names.count >= 20) }

  @Test("every parameter has timm's part of the learning rate", arguments: names)
  func rates(name: String) throws {
    let network = try network(name)
    let rates = network.rates(decay: 0.75)
    let found = network.parameters.map { rates[$0.name] ?? 0 }
    let expected = Self.golden[name]?.rates.flatMap { Array(repeating: $0[0], count: Int($0[1])) }
    #expect(difference(found, expected ?? [], relative: 1e-9) == nil, "\(name)")
    #expect(Set(network.rates(decay: 1).values) == [1])
  }

  @Test("every block is left out as often as timm's", arguments: names)
  func paths(name: String) throws {
    let network = try network(name)
    let count = OperationCount(shapesOnly: true)
    var context = Context(training: true, tracing: count)
    context.dropPath = 0.3
    let side = name.contains("patch14") ? 28 : 64
    let images = Tensor.zeros([2, 3, side, side]).channelsLast()
    withoutGradients { _ = network(images, context) }
    let expected = Self.golden[name]?.paths ?? []
    #expect(difference(count.pathRates, expected, relative: 1e-5) == nil, "\(name)")
    #expect((try Architectures.named(name).problemOfDropPath == nil) == !expected.isEmpty)
    let evaluating = OperationCount(shapesOnly: true)
    context = Context(training: false, tracing: evaluating)
    context.dropPath = 0.3
    withoutGradients { _ = network(images, context) }
    #expect(evaluating.pathRates.isEmpty)
  }

  /// timm has no such network with torchvision's names: stem, blocks one deeper each, the last convolution as deep as the last block.
  @Test func mobileNetV2() throws {
    let groups = try network("mobilenet_v2").groups
    for (step, group) in [(0, 0), (1, 1), (2, 2), (16, 16), (17, 17), (18, 17)] {
      let own = groups.filter { $0.key.contains("features.\(step).") }
      #expect(!own.isEmpty && own.values.allSatisfy { $0 == group }, "\(step): \(own)")
    }
  }

  /// Branches stand side by side behind the trunk; a network of one's own has two groups.
  @Test func branches() throws {
    let plain = try network("resnet18").groups
    let experts = try network("resnet18", NetworkForm(branches: 2)).groups
    for (name, group) in experts {
      let own = name.hasPrefix("experts.") ? String(name.dropFirst("experts.0.".count)) : name
      #expect(plain[own] == group, "\(name)")
    }
    #expect(try network("resnet18").blockCount == 8)
    #expect(try network("vit_small_patch16_224").blockCount == 12)
  }

  /// E[mask] = 1 for every row, whole rows at once, and the same key the same rows.
  @Test("what a block adds has the expected value that it had")
  func expectedValue() throws {
    let network = try Architectures.named("resnet20").build(classes: 3, using: Generator(seed: 1))
    let images = Tensor.normal([1, 3, 8, 8], using: Generator(seed: 2)).expanded(to: [64, 3, 8, 8])
      .cloned().channelsLast()
    func features(_ rate: Double, _ seed: UInt64, training: Bool = true) -> [Float] {
      var context = Context(training: training, generator: Generator(seed: seed))
      (context.recordsStatistics, context.dropPath) = (false, rate)
      return withoutGradients { network.features(images, context)[0].scalars() }
    }
    #expect(features(0.5, 1) == features(0.5, 1))
    #expect(features(0.5, 1) != features(0.5, 2))
    #expect(features(0.5, 1, training: false) == features(0, 9, training: false))
    #expect(Set(features(0, 1)).count <= 64)
    // Of equal rows some are left out and others not.
    let rows = features(0.5, 1)
    #expect(Set((0..<64).map { rows[$0 * 64] }).count > 1)
  }
}
