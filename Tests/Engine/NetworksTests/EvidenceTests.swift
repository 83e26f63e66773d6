import Foundation
import Networks
import TestSupport
import Testing
import Torch

/// Evidence of experts, by hand and at its ends.
@Suite("Evidence")
struct EvidenceTests {
  private func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }

  /// e = (1, 3), S = 6; then e = (1, 1), S = 4. 1 − K = 1 − (1/6 + 1/2)/4 = 5/6, so w = 1, 1/3, and 1/5 is left.
  @Test func byHand() {
    let found = Evidence(of: [tensor([[0, log(3.0)]]), tensor([[0, 0]])])
    let beliefs = found.beliefs.map { $0.scalars(as: Double.self) }
    #expect(difference(beliefs[0], [1 / 6.0, 0.5], relative: 1e-12) == nil)
    #expect(difference(beliefs[1], [0.25, 0.25], relative: 1e-12) == nil)
    func numbers(_ tensors: [Tensor]) -> [Double] {
      tensors.flatMap { $0.scalars(as: Double.self) }
    }
    #expect(difference(numbers(found.uncertainties), [1 / 3.0, 0.5], relative: 1e-12) == nil)
    #expect(difference(numbers(found.weights), [1, 1 / 3.0], relative: 1e-12) == nil)
    #expect(difference(numbers([found.uncertainty]), [0.2], relative: 1e-12) == nil)
    // e^{1/η} to e^{1/(3 η)} at η = 1.
    let share = 1 / (1 + exp(-2 / 3.0))
    #expect(
      difference(numbers(found.shares(sharpness: 1)), [share, 1 - share], relative: 1e-12) == nil)
    #expect([0.2, 1 / 3.0 + 1e-9, 0.9].map { found.engaged(above: $0).item() } == [2, 1, 1])
  }

  /// Beliefs and uncertainty sum to 1, weights fall from expert to expert, and logits of any size give numbers.
  @Test(arguments: [1.0, 30, 1e4])
  func anyLogits(scale: Double) {
    let logits = (0..<4).map {
      Tensor.normal([20, 3], std: scale, using: Generator(seed: $0), dtype: .float64)
    }
    let found = Evidence(of: logits)
    for (beliefs, uncertainty) in zip(found.beliefs, found.uncertainties) {
      let sums = (beliefs.sum(dims: [1]) + uncertainty).scalars(as: Double.self)
      #expect(difference(sums, sums.map { _ in 1 }, relative: 1e-9) == nil)
    }
    let weights = (found.weights + [found.uncertainty]).map { $0.scalars(as: Double.self) }
    for row in 0..<20 {
      let own = weights.map { $0[row] }
      #expect(own[0] == 1 && zip(own, own.dropFirst()).allSatisfy { $0 + 1e-12 >= $1 })
      #expect(own.allSatisfy { (0...1).contains($0) })
    }
    let shares = found.shares(sharpness: 0.2).map { $0.scalars(as: Double.self) }
    let sums = (0..<20).map { row in shares.map { $0[row] }.reduce(0, +) }
    #expect(difference(sums, sums.map { _ in 1 }, relative: 1e-12) == nil)
  }

  /// Two experts that are sure of different classes leave more uncertainty than two that agree; the order of classes has
  /// no say.
  @Test func conflictAndOrder() {
    func left(_ second: [Double]) -> Double {
      Evidence(of: [tensor([[4, 0, 0]]), tensor([second])]).uncertainty.item()
    }
    #expect(left([0, 4, 0]) > left([4, 0, 0]))
    let one = Evidence(of: [tensor([[2, -1, 0]]), tensor([[0, 1, 3]])])
    let turned = Evidence(of: [tensor([[0, 2, -1]]), tensor([[3, 0, 1]])])
    #expect(close(one.uncertainty.item(), turned.uncertainty.item(), relative: 1e-12))
  }

  /// A blunt η gives the mean, a sharp one the first expert; of one expert it is that expert's logits.
  @Test func theReadoutBetweenItsEnds() {
    let heads = [tensor([[2, -1], [0, 3]]), tensor([[-4, 5], [1, 1]])]
    func answer(_ sharpness: Double, _ heads: [Tensor]) -> [Double] {
      Readout.evidential(sharpness: sharpness, threshold: 0.5)(heads).scalars()
    }
    #expect(
      difference(answer(1e9, heads), Readout.mean(heads).scalars(as: Double.self), relative: 1e-6)
        == nil)
    #expect(
      difference(answer(1e-4, heads), heads[0].scalars(as: Double.self), absolute: 1e-9) == nil)
    #expect(difference(answer(0.2, [heads[1]]), [-4, 5, 1, 1], relative: 1e-12) == nil)
  }
}
