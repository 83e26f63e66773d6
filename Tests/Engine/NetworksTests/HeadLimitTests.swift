import Foundation
import Networks
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Heads at the ends of what they are shown, by hand.
@Suite("Limits of heads")
struct HeadLimitTests {
  private func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor(rows.flatMap { $0.map { Float($0) } }, shape: [rows.count, rows[0].count])
  }

  private func linear() -> LinearHead {
    LinearHead(weight: tensor([[1, 0], [0, -1]]), bias: Tensor([0.5, 0] as [Float], shape: [2]))
  }

  private let initializer = Initializer(
    device: .cpu, dtype: .float32, generator: Generator(seed: 1))

  /// At the start a is 1 and b is 0: the scores under the calibration, whatever the confidence.
  @Test func anAlignedHeadBeginsAsTheHeadUnderIt() {
    let x = tensor([[1, 2], [-3, 4], [0, 0]])
    let head = AlignedHead(linear(), features: 2, using: initializer)
    #expect(head.form == .aligned && head.classes == 2)
    #expect(
      difference(
        head(x, Context()).scalars(as: Double.self),
        linear()(x, Context()).scalars(as: Double.self),
        absolute: 1e-6) == nil)
  }

  /// σ (a s + b) + (1 − σ) s with σ = sigmoid(.1 (f₁ + f₂)), and slopes σ s at a and σ at b.
  @Test func theFormulaOfAnAlignedHead() throws {
    let head = AlignedHead(linear(), features: 2, using: initializer)
    withoutGradients {
      head.scale.copy(from: Tensor([2, 0.5] as [Float], shape: [2]))
      head.shift.copy(from: Tensor([1, -1] as [Float], shape: [2]))
    }
    // The scores of (1, 2) are (1.5, −2).
    let σ = 1 / (1 + exp(-0.3))
    let z = head(tensor([[1, 2]]), Context())
    #expect(
      difference(
        z.scalars(as: Double.self), [σ * 4 + (1 - σ) * 1.5, σ * -2 + (1 - σ) * -2], relative: 1e-5)
        == nil)
    z.sum().backward()
    #expect(
      difference(
        try #require(head.scale.grad).scalars(as: Double.self), [σ * 1.5, σ * -2], relative: 1e-5)
        == nil)
    #expect(
      difference(
        try #require(head.shift.grad).scalars(as: Double.self), [σ, σ], relative: 1e-5) == nil)
  }

  /// a_c (w_c f + b_c); the slope at a is the logit under it, and nothing changes while a is 1.
  @Test func theFormulaOfAScaledHead() throws {
    let x = tensor([[1, 2], [-3, 4]])
    let head = ScaledHead(linear(), using: initializer)
    let under = linear()(x, Context())
    #expect(head(x, Context()).scalars(as: Float.self) == under.scalars(as: Float.self))
    withoutGradients { head.scale.copy(from: Tensor([2, -1] as [Float], shape: [2])) }
    let z = head(x, Context())
    #expect(z.scalars(as: Float.self) == [3, 2, -5, 4])
    z.sum().backward()
    #expect(try #require(head.scale.grad).scalars(as: Float.self) == [-1, -6])
  }

  /// Only directions count: lengths of features and of weights change nothing, and nothing lies beyond ±s.
  @Test func aCosineHeadSeesDirections() {
    let (w, x) = (tensor([[3, 4], [0, -2]]), tensor([[1, 0], [-6, 8], [0, 1e-3]]))
    let z = CosineHead(weight: w, scale: 5)(x, Context()).scalars(as: Double.self)
    #expect(difference(z, [3, 0, 1.4, -4, 4, -5], absolute: 1e-5) == nil)
    for (a, b) in [(100.0, 1.0), (1, 1e-3), (0.1, 1e4)] {
      let found = CosineHead(weight: w * a, scale: 5)(x * b, Context())
      #expect(difference(found.scalars(as: Double.self), z, absolute: 1e-4) == nil, "\(a), \(b)")
    }
  }

  /// Features of 0 have no direction: their logits are 0, and no gradient is infinite or not a number.
  @Test func noFeaturesHaveNoDirection() throws {
    let (w, x) = (
      tensor([[3, 4], [0, -2]]).requiringGrad(), tensor([[0, 0], [1, 1]]).requiringGrad()
    )
    let z = CosineHead(weight: w, scale: 5)(x, Context())
    #expect(z.scalars(as: Float.self).prefix(2) == [0, 0])
    z.square().sum().backward()
    for tensor in [w, x] {
      let slopes = try #require(tensor.grad).scalars(as: Double.self)
      #expect(slopes.allSatisfy { $0.isFinite }, "\(slopes)")
    }
    // The answer does not change along a row of weights, so its slope stands at a right angle to it.
    let slopes = try #require(w.grad).scalars(as: Double.self)
    #expect(abs(3 * slopes[0] + 4 * slopes[1]) < 1e-4)
  }

  /// Given weights keep the dropout that they are given: it drops in training alone, and keeps the expected value.
  @Test func aLinearHeadOfGivenWeightsMayDrop() {
    let (weight, bias) = (Tensor.ones([1, 1000]), Tensor.zeros([1]))
    let (x, head) = (Tensor.ones([1, 1000]), LinearHead(weight: weight, bias: bias, dropout: 0.5))
    func answer(_ head: LinearHead, training: Bool, seed: UInt64 = 3) -> Float {
      head(x, Context(training: training, generator: Generator(seed: seed)))
        .scalars(as: Float.self)[0]
    }
    #expect(answer(head, training: false) == 1000)
    let dropped = (0..<4).map { answer(head, training: true, seed: $0) }
    #expect(dropped.contains { $0 != 1000 } && dropped.allSatisfy { abs($0 - 1000) < 250 })
    #expect(answer(LinearHead(weight: weight, bias: bias), training: true) == 1000)
  }
}
