import Losses
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Supervised contrast against its formula in NumPy, and its limits.
@Suite struct SupervisedContrastTests {
  struct GoldenFile: Decodable {
    struct Case: Decodable { var temperature: Double, values: [Double], denominator: Int }
    var features: [Double], labels: [Int], cases: [Case]
  }

  @Test func golden() throws {
    let file = try Golden.load("Losses/contrast.json", as: GoldenFile.self)
    let features = Tensor(file.features, shape: [file.labels.count, 5])
    for golden in file.cases {
      let rows = SupervisedContrast(temperature: golden.temperature)(features, file.labels)
      #expect(
        difference(
          rows.values.scalars(as: Double.self), golden.values, relative: 1e-9, absolute: 1e-9)
          == nil)
      #expect(rows.denominator == Double(golden.denominator))
      // Only directions count, not lengths.
      let longer = SupervisedContrast(temperature: golden.temperature)(features * 7, file.labels)
      #expect(
        difference(
          longer.values.scalars(as: Double.self), golden.values, relative: 1e-9, absolute: 1e-9)
          == nil)
    }
  }

  @Test func gradientsByDifferences() throws {
    let file = try Golden.load("Losses/contrast.json", as: GoldenFile.self)
    let x = Tensor(file.features, shape: [7, 5])
    func value(_ x: Tensor) -> Tensor { SupervisedContrast(temperature: 0.5)(x, file.labels).mean }
    let gradient = value(x.cloned().requiringGrad())
    let leaf = x.cloned().requiringGrad()
    let found = value(leaf).gradient(at: leaf).scalars(as: Double.self)
    #expect(gradient.item().isFinite)
    for place in [0, 7, 19, 34] {
      var up = file.features, down = file.features
      up[place] += 1e-5
      down[place] -= 1e-5
      let difference =
        (value(Tensor(up, shape: [7, 5])).item() - value(Tensor(down, shape: [7, 5])).item()) / 2e-5
      #expect(close(found[place], difference, relative: 1e-5, absolute: 1e-8))
    }
  }

  /// Nobody of the same class: nothing counts, and the gradient is 0, not NaN.
  @Test(arguments: [[0, 1, 2], [0]])
  func rowsWithoutPartners(labels: [Int]) {
    let leaf = Tensor.ones([labels.count, 2]).requiringGrad()
    let rows = SupervisedContrast()(leaf, labels)
    #expect(rows.denominator == 0)
    #expect(rows.mean.item() == 0)
    #expect(rows.mean.gradient(at: leaf).scalars(as: Double.self).allSatisfy { $0 == 0 })
  }

  @Test func classesApartLoseLess() {
    let labels = [0, 0, 1, 1]
    func loss(_ angle: Double) -> Double {
      let x = Tensor([1, 0, 1, 0.01, angle, 1 - angle, angle, 1 - angle], shape: [4, 2])
      return SupervisedContrast(temperature: 0.5)(x, labels).mean.item()
    }
    #expect(loss(0) < loss(0.5) && loss(0.5) < loss(0.95))
  }
}
