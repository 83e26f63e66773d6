import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// What every architecture of the catalogue must do, against PyTorch's numbers.
@Suite("Every network")
struct EveryNetworkTests {
  static let names = Architectures.all.map(\.name)
  static let classes = 5

  private func network(_ name: String, _ dtype: DType) throws -> Network {
    let initializer = Initializer(dtype: dtype, generator: nil)
    let network = try Architectures.named(name).build(
      classes: Self.classes, inputs: try GoldenNetwork(name).inputs, using: initializer)
    GoldenRule.fill(network)
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

  @Test("names, shapes and order are PyTorch's", arguments: names)
  func structure(name: String) throws {
    let golden = try GoldenNetwork(name)
    let own = try network(name, .float32).stateDict
    #expect(Array(own.keys) == golden.tensors.map(\.name))
    #expect(own.values.map(\.shape) == golden.tensors.map(\.shape))
  }

  @Test("logits and gradients in evaluation agree to 1e-9 in float64", arguments: names)
  func evaluation(name: String) throws {
    let wrong = disagreements(
      try network(name, .float64), try GoldenNetwork(name).eval, training: false, .float64,
      tolerance: 1e-9)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test("logits, gradients and statistics in training agree to 1e-8 in float64", arguments: names)
  func training(name: String) throws {
    guard let golden = try GoldenNetwork(name).train else { return }
    let wrong = disagreements(
      try network(name, .float64), golden, training: true, .float64, tolerance: 1e-8)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test("logits and gradients agree to 1e-5 in float32", arguments: names)
  func singlePrecision(name: String) throws {
    let wrong = disagreements(
      try network(name, .float32), try GoldenNetwork(name).float32, training: false, .float32,
      tolerance: 1e-5)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(4))")
  }

  @Test("the same seed gives the same first weights, another seed others", arguments: names)
  func seeded(name: String) throws {
    let architecture = try Architectures.named(name)
    let weights = [1, 1, 2].map { (seed: UInt64) in
      architecture.build(classes: 3, inputs: 4, using: Generator(seed: seed)).parameters[0].tensor
        .scalars(as: Float.self)
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != weights[2])
  }

  @Test("activations stay channels-last and evaluation leaves every tensor alone", arguments: names)
  func layout(name: String) throws {
    let network = try network(name, .float32)
    let before = network.stateDict.mapValues { $0.scalars(as: Float.self) }
    try withoutGradients {
      let shape = [2] + (try GoldenNetwork(name).float32.shape.dropFirst())
      let images = inLayout(GoldenRule.tensor(1, shape, .float32))
      #expect(network.features(images, Context()).map(\.shape) == [[2, network.featureCount]])
    }
    #expect(before == network.stateDict.mapValues { $0.scalars(as: Float.self) })
    #expect(network.parameters.allSatisfy { $0.tensor.rank != 4 || $0.tensor.isChannelsLast })
  }
}
