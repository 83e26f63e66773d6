import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// What every architecture of the catalogue must do, against PyTorch's numbers.
@Suite("Every network")
struct EveryNetworkTests {
  static let names = ArchitectureNames.quick
  static let classes = 5
  /// No tower of images and text is small; the smallest of each kind is computed all the same.
  static let smallestTowers = [
    "vit_base_patch32_clip_quickgelu_224", "vit_base_patch16_siglip_224",
  ]
  /// Those that learn otherwise than they evaluate; the others do the same twice, which the proofs see to.
  static let withStatistics = names.filter { name in
    Proofs.areAsked || (try? GoldenNetwork(name).train) ?? nil != nil
  }

  private func network(
    _ name: String, _ dtype: DType, form: NetworkForm = NetworkForm(), isFilled: Bool = true
  ) throws -> Network {
    let initializer = Initializer(dtype: dtype, generator: nil)
    let network = try Architectures.named(name).build(
      classes: Self.classes, inputs: try GoldenNetwork(name).inputs, form: form,
      using: initializer)
    if isFilled { GoldenRule.fill(network) }
    return network
  }

  /// Runs a golden case and returns what does not agree, in words.
  private func disagreements(
    _ network: Network, _ golden: GoldenNetwork.Case, training: Bool, _ dtype: DType,
    tolerance: Double
  ) -> [String] {
    let images = inLayout(GoldenRule.tensor(golden.images, golden.shape, scale: 3.4, dtype))
    let logits = network(images, Context(training: training))
    (logits * GoldenRule.tensor(GoldenRule.projection, logits.shape, dtype)).sum().backward()
    var wrong: [String] = []
    func compare(_ name: String, _ got: [Double], _ expected: [Double], scale: Double) {
      for (index, (a, b)) in zip(got, expected).enumerated()
      where !(abs(a - b) <= tolerance * scale) {
        wrong.append("\(name)[\(index)]: \(a), PyTorch has \(b)")
      }
      if got.count != expected.count { wrong.append("\(name): \(got.count) values") }
    }
    let largest = golden.logits.map(abs).max() ?? 0
    compare("logits", logits.scalars(), golden.logits, scale: largest)
    // A gradient that is zero but for rounding is measured against the gradients at large.
    let whole = golden.gradients.values.map { $0[0] * $0[0] }.reduce(0, +).squareRoot()
    for (name, parameter) in network.parameters {
      guard let expected = golden.gradients[name], let gradient = parameter.grad else {
        wrong.append("\(name): no gradient")
        continue
      }
      let values = gradient.scalars(as: Double.self)
      let got = [gradient.to(.float64).norm().item()] + values.prefix(3)
      compare(name, got, expected, scale: max(expected[0], 1e-3 * whole))
    }
    for (name, expected) in golden.statistics ?? [:] {
      let values = network.stateDict[name]?.scalars(as: Double.self) ?? []
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      compare(name, [norm] + values.prefix(2), expected, scale: expected[0])
    }
    return wrong
  }

  @Test("names, shapes and order are PyTorch's", arguments: ArchitectureNames.all)
  func structure(name: String) throws {
    let golden = try GoldenNetwork(name)
    let own = try network(name, .float32, isFilled: false).stateDict
    #expect(Array(own.keys) == golden.tensors.map(\.name))
    #expect(own.values.map(\.shape) == golden.tensors.map(\.shape))
  }

  @Test(
    "logits and gradients in evaluation agree to 1e-9 in float64", arguments: names + smallestTowers
  )
  func evaluation(name: String) throws {
    let wrong = disagreements(
      try network(name, .float64), try GoldenNetwork(name).eval, training: false, .float64,
      tolerance: tolerance(name, 1e-9))
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test(
    "logits, gradients and statistics in training agree to 1e-8 in float64",
    arguments: withStatistics)
  func training(name: String) throws {
    // Without batch statistics and dropout it is what evaluation is.
    let golden = try GoldenNetwork(name)
    let wrong = disagreements(
      try network(name, .float64), golden.train ?? golden.eval, training: true, .float64,
      tolerance: tolerance(name, 1e-8))
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test("timm's features before the last layer agree to 1e-9 in float64", arguments: timm)
  func features(name: String) throws {
    let expected = try #require(try Self.goldenFeatures()[name])
    let golden = try GoldenNetwork(name).eval
    let images = inLayout(GoldenRule.tensor(golden.images, golden.shape, scale: 3.4, .float64))
    let network = try network(name, .float64)
    #expect(network.featureCount == expected.width)
    let features = withoutGradients { network.features(images, Context())[0] }
    let norm = features.norm().item()
    let found = [norm] + features.scalars(as: Double.self).prefix(3)
    #expect(
      difference(found, expected.values, absolute: tolerance(name, 1e-9) * norm) == nil, "\(name)")
  }

  private struct Features: Decodable {
    let width: Int
    let values: [Double]
  }

  private static func goldenFeatures() throws -> [String: Features] {
    try Golden.load("Networks/features.json")
  }

  /// Of a few of timm's families.
  static let timm = [
    "efficientnet_b0", "mobilenetv3_small_100", "regnety_004", "vit_small_patch16_224",
  ]

  @Test(
    "so do those of large networks", .enabled(if: Proofs.areAsked, Proofs.comment),
    arguments: ArchitectureNames.large.filter { !smallestTowers.contains($0) })
  func large(name: String) throws { try evaluation(name: name) }

  @Test(
    "the other pooling of tokens is timm's as well, in names and numbers",
    arguments: [
      ("vit_small_patch16_224", TokenPooling.mean), ("vit_small_patch16_dinov3", .token),
    ])
  func pooling(name: String, pooling: TokenPooling) throws {
    let golden = try GoldenNetwork("\(name)_\(pooling.rawValue)")
    let network = try network(name, .float64, form: NetworkForm(pooling: pooling))
    #expect(network.form.pooling == pooling)
    #expect(network.withNewHead(classes: 2, using: Generator(seed: 0)).form.pooling == pooling)
    #expect(Array(network.stateDict.keys) == golden.tensors.map(\.name))
    let wrong = disagreements(
      network, golden.eval, training: false, .float64, tolerance: tolerance(name, 1e-9))
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  /// timm has positions as rotations, and the gradient of interpolated ones, in float32; libtorch has a sixth in the gradient
  /// of MobileNetV3's gate in it.
  private func tolerance(_ name: String, _ usual: Double) -> Double {
    name.hasPrefix("vit_") || name.hasPrefix("mobilenetv3") ? 1e-6 : usual
  }

  @Test(
    "logits and gradients agree to 1e-5 in float32", arguments: ArchitectureNames.families)
  func singlePrecision(name: String) throws {
    let golden = try #require(try GoldenNetwork(name).float32)
    let wrong = disagreements(
      try network(name, .float32), golden, training: false, .float32,
      tolerance: name.contains("next") ? 3e-5 : 1e-5)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test(
    "the same seed gives the same first weights, another seed others",
    arguments: ArchitectureNames.families)
  func seeded(name: String) throws {
    let architecture = try Architectures.named(name)
    let weights = [1, 1, 2].map { (seed: UInt64) in
      architecture.build(classes: 3, inputs: 4, using: Generator(seed: seed)).parameters[0].tensor
        .scalars(as: Float.self)
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != weights[2])
  }

  @Test(
    "activations stay channels-last and evaluation leaves every tensor alone",
    arguments: ArchitectureNames.families)
  func layout(name: String) throws {
    let network = try network(name, .float32)
    let before = network.stateDict.mapValues { $0.scalars(as: Float.self) }
    try withoutGradients {
      let golden = try #require(try GoldenNetwork(name).float32)
      let shape = [2] + golden.shape.dropFirst()
      let images = inLayout(GoldenRule.tensor(1, shape, .float32))
      #expect(network.features(images, Context()).map(\.shape) == [[2, network.featureCount]])
    }
    #expect(before == network.stateDict.mapValues { $0.scalars(as: Float.self) })
    #expect(network.parameters.allSatisfy { $0.tensor.rank != 4 || $0.tensor.isChannelsLast })
  }
}
