import Networks
import TestSupport
import Testing
import Torch

/// Images whose sides are odd and unequal: rounding of strides, padding and windows.
@Suite("Odd sizes")
struct OddSizeTests {
  struct Case: Decodable {
    let shape: [Int]
    let images: Int
    let logits: [Double]
  }

  static let golden = (try? Golden.load("Networks/odd.json", as: [String: [Case]].self)) ?? [:]
  static let names = golden.keys.sorted()

  private func network(_ name: String) throws -> Network {
    let network = try Architectures.named(name).build(
      classes: 5, form: NetworkForm(), using: Initializer(dtype: .float64, generator: nil))
    GoldenRule.fill(network)
    return network
  }

  @Test func allAreThere() { #expect(Self.names.count == 7) }

  @Test("logits are PyTorch's, timm's and those written out", arguments: names)
  func logits(name: String) throws {
    let network = try network(name)
    for golden in Self.golden[name] ?? [] {
      let images = inLayout(GoldenRule.tensor(golden.images, golden.shape, scale: 3.4, .float64))
      let found = withoutGradients { network(images, Context()).scalars(as: Double.self) }
      let wrong = difference(found, golden.logits, relative: 1e-8, absolute: 1e-8)
      #expect(wrong == nil, "\(golden.shape): \(wrong ?? "")")
      // A row is itself whatever stands beside it.
      let last = golden.shape[0] - 1
      let alone = withoutGradients {
        network(inLayout(images.narrowed(dim: 0, start: last, length: 1)), Context())
          .scalars(as: Double.self)
      }
      #expect(
        difference(alone, Array(found.suffix(5)), relative: 1e-8, absolute: 1e-8) == nil,
        "\(golden.shape)")
    }
  }

  /// A pass for shapes alone counts what a real one counts, at sizes that nothing divides.
  @Test("shapes without numbers are those of the numbers", arguments: ["resnet20", "mobilenet_v2"])
  func shapesAlone(name: String) throws {
    let network = try network(name)
    for shape in [[1, 3, 37, 51], [2, 3, 33, 64], [1, 3, 35, 35]] {
      let images = inLayout(GoldenRule.tensor(1, shape, .float64))
      let (counted, computed) = (OperationCount(shapesOnly: true), OperationCount())
      withoutGradients {
        let only = network(images, Context(tracing: counted))
        #expect(only.shape == network(images, Context(tracing: computed)).shape)
      }
      #expect(counted.multiplyAdds == computed.multiplyAdds, "\(shape)")
      #expect(counted.fewestNormalized == computed.fewestNormalized, "\(shape)")
    }
  }
}
