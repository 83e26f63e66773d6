import Networks
import TestSupport
import Testing
import Torch

/// One direction and a bias for each threshold.
@Suite struct ThresholdHeadTests {
  private let head = ThresholdHead(
    features: 3, classes: 4, using: Initializer(generator: Generator(seed: 1)))

  /// coral-pytorch's layer: arange(K − 1, 0, −1) / (K − 1).
  @Test func beginsInOrder() {
    #expect(head.bias.scalars(as: Double.self) == [1, 0.75, 0.5, 0.25])
    #expect(head.weight.shape == [1, 3] && head.bias.requiresGrad && head.weight.requiresGrad)
    #expect(head.classes == 4 && head.form == .thresholds && head.classRows == nil)
  }

  /// w f + b_k, by hand; gradients reach both.
  @Test func formula() {
    let w = head.weight.scalars(as: Double.self)
    let x = [[1.0, -2, 0.5], [0, 3, 1]]
    let found = head(
      Tensor(x.flatMap { $0 }, shape: [2, 3]).to(.float32), Context())
    let expected = x.flatMap { row in
      [1, 0.75, 0.5, 0.25].map { b in zip(w, row).reduce(b) { $0 + $1.0 * $1.1 } }
    }
    #expect(difference(found.scalars(as: Double.self), expected, absolute: 1e-6) == nil)
    let slopes = found.sum().gradient(at: head.bias).scalars(as: Double.self)
    #expect(slopes == [2, 2, 2, 2])
  }

  /// Weights of a plain network are taken over but for its head.
  @Test func pretrained() throws {
    let form = NetworkForm(head: .thresholds, decoding: .cumulative)
    let network = try Architectures.named("resnet20").build(
      classes: 5, form: form, using: Generator(seed: 1))
    #expect(network.classes == 5 && network.headNames == ["linear.weight", "linear.bias"])
    let plain = try Architectures.named("resnet20").build(classes: 5, using: Generator(seed: 2))
    let report = try network.loadPretrained(plain.stateDict)
    #expect(report.leftOut == network.headNames && report.unexpected.isEmpty)
  }
}
