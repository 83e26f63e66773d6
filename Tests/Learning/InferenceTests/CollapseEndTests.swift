import Foundation
import Inference
import TestSupport
import Testing
import Torch

/// Measures of collapse where there is nothing to measure.
@Suite("Ends of collapse")
struct CollapseEndTests {
  private func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }

  /// All means are one point: no direction, no length and no angle between them, and nothing that is not a number.
  @Test func oneMeanForAll() {
    let found = NeuralCollapse(
      tensor([[1, 0], [-1, 2], [1, 0], [-1, 2], [0, 1], [0, 1]]), [0, 0, 1, 1, 2, 3],
      counts: [9, 5, 3, 2], weights: tensor([[1, 0], [0, 1], [1, 0], [0, 1]]))
    #expect(found.variability == nil && found.equinorm == nil && found.equiangle == nil)
    #expect(found.maximalAngle == nil && found.duality == nil && found.rareAngle == nil)
    // The last layer has angles of its own: rows (1, 0) and (0, 1) of the two rarest.
    #expect(close(found.rareWeightAngle ?? 0, 90, absolute: 1e-9))
  }

  /// Two classes lie opposite each other, wherever their rows are; one class has one mean.
  @Test func twoClassesAndOne() {
    let two = NeuralCollapse(
      tensor([[0, 0], [2, 0], [5, 7]]), [0, 0, 1], counts: [2, 1], weights: nil)
    #expect(close(two.equiangle ?? 1, 0, absolute: 1e-12))
    #expect(close(two.maximalAngle ?? 1, 0, absolute: 1e-12))
    #expect(close(two.equinorm ?? 1, 0, absolute: 1e-12))
    #expect(two.rareAngle == nil && two.duality == nil)
    #expect((two.variability ?? 0) > 0)
    let one = NeuralCollapse(tensor([[1, 2], [3, 4]]), [0, 0], counts: [2], weights: nil)
    #expect(one.equiangle == nil && one.rareAngle == nil && one.variability == nil)
  }

  /// NC1 of two classes by hand: variances ¼ and 0 along the line between means ±1, tr = (⅛) / 1, over C = 2.
  @Test func variabilityByHand() {
    let found = NeuralCollapse(
      tensor([[0.5], [1.5], [-1], [-1]]), [0, 0, 1, 1], counts: [2, 2], weights: nil)
    #expect(close(found.variability ?? 0, 0.0625, relative: 1e-9))
    #expect(close(found.equinorm ?? 1, 0, absolute: 1e-12))
  }

  /// Rows in another order and classes with other names, counts moved along, are as collapsed.
  @Test func orderAndNames() {
    let rows = [[1.0, 0, 2], [0.5, 1, 0], [-1, 3, 1], [2, 2, 2], [0, -1, 1]]
    let weights = [[1.0, 2, 0], [0, 1, -1], [3, 0, 1]]
    let plain = NeuralCollapse(
      tensor(rows), [0, 0, 1, 1, 2], counts: [7, 4, 2], weights: tensor(weights))
    // New name of class c is [2, 0, 1][c].
    let renamed = NeuralCollapse(
      tensor([4, 0, 3, 1, 2].map { rows[$0] }), [1, 2, 0, 2, 0], counts: [4, 2, 7],
      weights: tensor([weights[1], weights[2], weights[0]]))
    func numbers(_ m: NeuralCollapse) -> [Double] {
      [m.variability, m.equinorm, m.equiangle, m.maximalAngle, m.duality].map { $0 ?? -1 }
    }
    #expect(difference(numbers(renamed), numbers(plain), relative: 1e-8) == nil)
  }
}
