import Foundation
import Optimizers
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct MuonTests {
  struct GoldenFile: Decodable {
    struct Matrix: Decodable {
      var shape: [Int], values: [Double], orthogonalized: [Double]
    }
    var matrices: [Matrix]
    var gradients: [[Double]], steps: [[Double]], start: [Double]
    var rate: Double
  }

  /// Five Newton-Schulz steps in NumPy's doubles, wide, tall and square; then three whole updates.
  @Test func golden() throws {
    let file = try Golden.load("Optimizers/muon.json", as: GoldenFile.self)
    for one in file.matrices {
      let found = Muon.orthogonalized(Tensor(one.values, shape: one.shape))
      #expect(found.shape == one.shape)
      #expect(
        difference(
          found.scalars(as: Double.self), one.orthogonalized, relative: 1e-4, absolute: 2e-5)
          == nil, "\(one.shape)")
    }
    let weight = Tensor(file.start.map(Float.init), shape: [6, 4]).requiringGrad()
    var muon = Muon(ParameterList(names: ["w"], tensors: [weight], kinds: [.matrix]))
    for (gradient, expected) in zip(file.gradients, file.steps) {
      weight.clearGrad()
      (weight * Tensor(gradient.map(Float.init), shape: [6, 4])).sum().backward()
      muon.step(rate: file.rate)
      #expect(
        difference(
          weight.scalars(as: Double.self), expected, relative: 1e-4, absolute: 1e-5) == nil)
    }
  }

  /// Singular values of the update of a Gaussian matrix, by Jacobi's rotations.
  @Test func singularValues() {
    var source = RandomSource(seed: 4)
    func update(_ rows: Int, _ columns: Int) -> [Double] {
      let matrix = Tensor(
        (0..<rows * columns).map { _ in Float(source.normal()) }, shape: [rows, columns])
      let x = Muon.orthogonalized(matrix).to(.float64)
      return eigenvalues(of: x.matmul(x.transposed(0, 1))).map { $0.squareRoot() }
    }
    for _ in 0..<3 {
      let values = update(32, 128)
      #expect(values.allSatisfy { (0.68...1.05).contains($0) || $0 < 1.25 && $0 > 0.65 })
      #expect(values.reduce(0, +) / 32 > 0.68)
      #expect(update(24, 24).allSatisfy { $0 < 1.25 })
    }
  }

  /// Matrices by Muon, the rest as AdamW alone would.
  @Test func theRestIsAdamW() throws {
    func parameters() -> ParameterList {
      ParameterList(
        names: ["w", "b"],
        tensors: [
          Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]).requiringGrad(),
          Tensor([1, -1] as [Float], shape: [2]).requiringGrad(),
        ], kinds: [.matrix, .other])
    }
    let (ours, plain) = (parameters(), parameters())
    var muon = Muon(ours)
    var adam = AdamW(
      ParameterList(names: ["b"], tensors: [plain.tensors[1]]), beta1: 0.9, beta2: 0.95,
      weightDecay: 0.01, epsilon: 1e-10)
    for list in [ours, plain] {
      (list.tensors[0].square().sum() + list.tensors[1].square().sum()).backward()
    }
    muon.step(rate: 0.02)
    adam.step(rate: 0.02 * 0.015)
    #expect(
      ours.tensors[1].scalars(as: Float.self) == plain.tensors[1].scalars(as: Float.self))
    #expect(muon.state.map(\.name) == ["momentum.w", "mean.b", "square.b", "steps.b"])
    let moved = (ours.tensors[0] - plain.tensors[0] * (1 - 0.02 * 0.01)).norm().item()
    #expect(close(moved, 0.02 * 2.0.squareRoot(), relative: 0.35), "\(moved)")
  }

  /// The eigenvalues of a symmetric matrix.
  private func eigenvalues(of matrix: Tensor) -> [Double] {
    let n = matrix.shape[0]
    var a = matrix.scalars(as: Double.self)
    for _ in 0..<30 {
      for p in 0..<n {
        for q in p + 1..<n where abs(a[p * n + q]) > 1e-14 {
          let angle = 0.5 * atan2(2 * a[p * n + q], a[q * n + q] - a[p * n + p])
          let (c, s) = (cos(angle), sin(angle))
          for k in 0..<n {
            let (x, y) = (a[k * n + p], a[k * n + q])
            (a[k * n + p], a[k * n + q]) = (c * x - s * y, s * x + c * y)
          }
          for k in 0..<n {
            let (x, y) = (a[p * n + k], a[q * n + k])
            (a[p * n + k], a[q * n + k]) = (c * x - s * y, s * x + c * y)
          }
        }
      }
    }
    return (0..<n).map { max(0, a[$0 * n + $0]) }
  }
}
