import Foundation
import Inference
import TestSupport
import Testing
import Torch

/// Measures of collapse: NumPy's values, full collapse, invariances.
@Suite struct NeuralCollapseTests {
  struct Case: Decodable {
    var features: [Double], weights: [Double], labels: [Int], counts: [Int], width: Int
    var nc1: Double, equinorm: Double, equiangle: Double, maximal: Double, nc3: Double
    var rare: Double?, rareWeights: Double?
  }

  private func measures(_ golden: Case, _ change: (Tensor) -> Tensor = { $0 }) -> NeuralCollapse {
    NeuralCollapse(
      change(Tensor(golden.features, shape: [golden.labels.count, golden.width])), golden.labels,
      counts: golden.counts,
      weights: Tensor(golden.weights, shape: [golden.counts.count, golden.width]))
  }

  private func numbers(_ m: NeuralCollapse) -> [Double] {
    [
      m.variability, m.equinorm, m.equiangle, m.maximalAngle, m.duality, m.rareAngle,
      m.rareWeightAngle,
    ].map { $0 ?? -1 }
  }

  @Test func theMeasuresAreNumPys() throws {
    for golden in try Golden.load("Inference/collapse.json", as: [Case].self) {
      let expected = [
        golden.nc1, golden.equinorm, golden.equiangle, golden.maximal, golden.nc3,
        golden.rare ?? -1, golden.rareWeights ?? -1,
      ]
      #expect(
        difference(numbers(measures(golden)), expected, relative: 1e-8, absolute: 1e-8) == nil)
      // Scaled and moved features are as collapsed as before.
      let moved = numbers(measures(golden) { $0 * 3 + 1.5 })
      #expect(difference(moved, expected, relative: 1e-6, absolute: 1e-6) == nil)
    }
  }

  /// A simplex with a point a class and the same for weights: every measure is 0, and rare classes are as far apart as
  /// any.
  @Test func fullCollapse() {
    let labels = [0, 0, 0, 1, 1, 2, 3, 3]
    let corners = Tensor(
      (0..<16).map { $0 / 4 == $0 % 4 ? 0.75 : -0.25 }, shape: [4, 4])
    let rows = corners.indexSelect(
      dim: 0, Tensor(labels.map(Int64.init), shape: [labels.count]))
    let found = NeuralCollapse(rows + 5, labels, counts: [3, 2, 1, 2], weights: corners * 7)
    for value in [
      found.variability, found.equinorm, found.equiangle, found.maximalAngle, found.duality,
    ] {
      #expect(abs(value ?? 1) < 1e-10)
    }
    let angle = acos(-1.0 / 3) * 180 / .pi
    #expect(close(found.rareAngle ?? 0, angle, absolute: 1e-6))
    #expect(close(found.rareWeightAngle ?? 0, angle, absolute: 1e-6))
  }

  /// The two rarest classes on one point: their angle is 0 while the others are far apart.
  @Test func rareClassesThatFallTogether() {
    let points = [1.0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1]
    let found = NeuralCollapse(
      Tensor(points, shape: [4, 3]), [0, 1, 2, 3], counts: [50, 40, 3, 2], weights: nil)
    #expect(close(found.rareAngle ?? 1, 0, absolute: 1e-5))
    #expect(
      found.duality == nil && found.rareWeightAngle == nil
        && close(found.variability ?? 1, 0, absolute: 1e-12))
    // Other classes are the rare ones: they are apart.
    let other = NeuralCollapse(
      Tensor(points, shape: [4, 3]), [0, 1, 2, 3], counts: [3, 2, 50, 40], weights: nil)
    #expect(other.rareAngle ?? 0 > 90)
  }

  @Test func whatIsUndefined() {
    let one = NeuralCollapse(Tensor.ones([3, 2]), [0, 0, 0], counts: [3], weights: nil)
    #expect(
      one.variability == nil && one.equinorm == nil && one.equiangle == nil && one.rareAngle == nil)
    let point = NeuralCollapse(
      Tensor.ones([3, 2]), [0, 1, 1], counts: [1, 2], weights: Tensor.ones([2, 5]))
    #expect(point.variability == nil && point.duality == nil && point.maximalAngle == nil)
  }
}
