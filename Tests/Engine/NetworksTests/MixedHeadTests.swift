import Foundation
import Networks
import TestSupport
import Testing
import Torch

/// A linear and a cosine head that answer together.
@Suite struct MixedHeadTests {
  private static let form = HeadForm.mixed(scale: 2)
  private let w = [[1.0, 0.5, 0], [-1, 2, 0.25]]
  private let b = [0.5, -0.5]
  private let v = [[0.0, 3, 4], [2, 0, 0]]
  private let s = 2.0

  private func head() -> MixedHead {
    func tensor(_ rows: [[Double]]) -> Tensor {
      Tensor(rows.flatMap { $0 }, shape: [rows.count, 3]).to(.float32).requiringGrad()
    }
    let bias = Tensor(b, shape: [2]).to(.float32).requiringGrad()
    return MixedHead(
      LinearHead(weight: tensor(w), bias: bias), CosineHead(weight: tensor(v), scale: s))
  }

  /// ½ (w_c f + b_c + s cos(v_c, f)), by hand.
  @Test func formula() {
    let x = [[1.0, -2, 2], [0, 3, 4]]
    let found = head()(Tensor(x.flatMap { $0 }, shape: [2, 3]).to(.float32), Context())
    // Lengths of x: 3 and 5; of v: 5 and 2.
    let cosines: [Double] = [2 / 15, 2 / 6, 1, 0]
    let linear: [Double] = [0.5, -5, 2, 6.5]
    let expected = zip(linear, cosines).map { z, cosine in z / 2 + cosine }
    #expect(difference(found.scalars(as: Double.self), expected, absolute: 1e-6) == nil)
  }

  /// Each half learns, and the answer of equal halves is theirs.
  @Test func gradientsReachBothHalves() {
    let head = head()
    let x = Tensor([1, -2, 2], shape: [1, 3]).to(.float32)
    head(x, Context()).square().sum().backward()
    for tensor in [head.linear.weight, head.linear.bias, head.cosine.weight] {
      #expect(tensor.grad?.scalars(as: Float.self).contains { $0 != 0 } == true)
    }
    #expect(head.form == Self.form && head.classes == 2)
    #expect(head.classRows?.shape == [2, 3])
  }

  /// Weights of a plain network go into the trunk, and its last layer into the linear half.
  @Test func networksAreBuiltReadAndFilled() throws {
    let form = NetworkForm(head: Self.form)
    #expect(form.problem == nil)
    #expect(NetworkForm(head: .mixed(scale: 0)).problem?.contains("scale above 0") == true)
    let read = try JSONDecoder().decode(NetworkForm.self, from: JSONEncoder().encode(form))
    #expect(read == form)
    let network = try Architectures.named("resnet20").build(
      classes: 5, form: form, using: Generator(seed: 1))
    let names = ["linear.weight", "linear.bias", "linear.cosine.weight"]
    #expect(network.headNames == names && network.form == form)
    let plain = try Architectures.named("resnet20").build(classes: 3, using: Generator(seed: 2))
    let report = try network.loadPretrained(plain.stateDict)
    #expect(report.leftOut == names && report.unexpected.isEmpty)
  }
}
