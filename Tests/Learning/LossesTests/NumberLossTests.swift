import Batches
import Foundation
import Losses
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Losses of skewed numbers against PyTorch and SciPy; limits, directions, blended numbers.
@Suite struct NumberLossTests {
  private struct GoldenFile: Decodable {
    struct Case: Decodable { let values: [Double], mean: Double, gradient: [Double] }
    struct Weighted: Decodable {
      let bins: Int, power: Double, width: Double
      let values: [Double], mean: Double, gradient: [Double]
    }
    struct Balanced: Decodable {
      let components: Int, noise: Double
      let values: [Double], mean: Double, gradient: [Double]
    }
    let numbers: [Double], outputs: [Double], truth: [Double], blend: Double
    let weighted: [Weighted], balanced: [Balanced], squared: Case, mixed: Case
  }
  private let golden: GoldenFile

  init() throws { golden = try Golden.load("Losses/skewed.json") }

  private var target: Target {
    Target(Target.Entries(golden.truth, rows: Array(golden.truth.indices)))
  }

  private func check(
    _ loss: some Loss, _ target: Target, _ values: [Double], _ mean: Double, _ gradient: [Double],
    relative: Double = 1e-6
  ) {
    let leaf = Tensor(golden.outputs, shape: [golden.outputs.count, 1]).requiringGrad()
    let rows = loss(leaf, target)
    let found = rows.values.scalars(as: Double.self)
    // Targets are single-precision.
    #expect(difference(found, values, relative: relative, absolute: 1e-6) == nil)
    #expect(close(rows.mean.item(), mean, relative: relative, absolute: 1e-7))
    let slopes = rows.mean.gradient(at: leaf).scalars(as: Double.self)
    #expect(difference(slopes, gradient, relative: 1e-5, absolute: 1e-6) == nil)
  }

  @Test func valuesAndGradients() {
    for one in golden.weighted {
      let density = SmoothedDensity(
        of: golden.numbers, bins: one.bins, power: one.power, width: one.width)
      check(DensityWeightedError(density), target, one.values, one.mean, one.gradient)
    }
    for one in golden.balanced {
      let mixture = NumberMixture(of: golden.numbers, components: one.components)
      check(
        BalancedSquaredError(mixture, noise: one.noise), target, one.values, one.mean,
        one.gradient)
    }
    check(
      SquaredError(), target, golden.squared.values, golden.squared.mean, golden.squared.gradient)
    let shifted = target.reordered(Array(1..<golden.truth.count) + [0])
    check(
      SquaredError(), target.mixed(with: shifted, weight: golden.blend), golden.mixed.values,
      golden.mixed.mean, golden.mixed.gradient, relative: 1e-5)
  }

  private func slope(_ loss: some Loss, _ truth: Double, at guess: Double) -> Double {
    let leaf = Tensor([guess], shape: [1, 1]).requiringGrad()
    return loss(leaf, Target(Target.Entries([Float(truth)], width: 1))).mean.gradient(at: leaf)
      .item()
  }

  /// Equal weights, and a density that is flat, are the squared error.
  @Test func limitsAreSquaredError() {
    let even = DensityWeightedError(
      SmoothedDensity(of: golden.numbers, bins: 9, power: 0, width: 0))
    let flat = BalancedSquaredError(NumberMixture(of: [-1e4, 1e4], components: 1), noise: 0.5)
    for guess in [-1.5, 0, 2] {
      let plain = slope(SquaredError(), 1, at: guess)
      #expect(close(plain, 2 * (guess - 1), relative: 1e-9))
      #expect(close(slope(even, 1, at: guess), plain, relative: 1e-6))
      #expect(close(slope(flat, 1, at: guess), plain, relative: 1e-6, absolute: 1e-6))
    }
  }

  /// Of normal numbers with noise the squared error is least at the shrunken guess, and the balanced one at the number itself:
  /// one component of variance v, y = μ + v/(v + σ²) (x − μ) is what plain training says of a number seen as x.
  @Test func shrinkageIsUndone() throws {
    let (v, noise) = (1.0, 0.5)
    let mixture = NumberMixture(of: [-1, 1], components: 1)
    #expect(close(mixture.variances[0], v))
    let loss = BalancedSquaredError(mixture, noise: noise)
    // The mean over y given x of the gradient is 2 (ŷ − E[y|x]) − 2σ² (ŷ − μ)/(v + σ²), which is 0 at ŷ = x.
    for x in [0.3, 1.2, -2] {
      let mean = x * v / (v + noise * noise)
      #expect(abs(slope(loss, mean, at: x)) < 1e-6)
      #expect(abs(slope(SquaredError(), mean, at: x)) > 0.1)
    }
    // The larger the noise, the farther.
    let more = BalancedSquaredError(mixture, noise: 1)
    #expect(slope(more, 1, at: 1) < slope(loss, 1, at: 1))
  }

  @Test func rareNumbersPullMore() {
    let loss = DensityWeightedError(SmoothedDensity(of: golden.numbers))
    #expect(abs(slope(loss, 5.5, at: 4.5)) > 2 * abs(slope(loss, 0, at: -1)))
  }

  /// In doubles against central differences, of blended numbers and of grades.
  @Test func gradients() throws {
    let z = Tensor(golden.outputs, shape: [golden.outputs.count, 1])
    let mixture = target.mixed(
      with: target.reordered(Array(1..<golden.truth.count) + [0]), weight: 0.3)
    let losses: [any Loss] = [
      DensityWeightedError(SmoothedDensity(of: golden.numbers)),
      BalancedSquaredError(NumberMixture(of: golden.numbers), noise: 0.4),
    ]
    for loss in losses {
      for target in [target, mixture] {
        #expect(gradientDifference(at: [z]) { loss($0[0], target).values } == nil, "\(loss)")
      }
    }
    let classes = try ClassCounts([8, 3, 1])
    let grades = Target((0..<golden.outputs.count).map { $0 % 3 })
    let ofGrades: [any Loss] = [
      DensityWeightedError(SmoothedDensity(classes)),
      BalancedSquaredError(NumberMixture(classes), noise: 0.5),
    ]
    for loss in ofGrades {
      #expect(gradientDifference(at: [z]) { loss($0[0], grades).values } == nil, "\(loss)")
    }
  }

  /// Far outputs give finite values and slopes in single precision.
  @Test func extremes() {
    let losses: [any Loss] = [
      DensityWeightedError(SmoothedDensity(of: golden.numbers)),
      BalancedSquaredError(NumberMixture(of: golden.numbers), noise: 0.1),
    ]
    for loss in losses {
      let leaf = Tensor([1e4, -1e4] as [Float], shape: [2, 1]).requiringGrad()
      let rows = loss(leaf, Target(Target.Entries([0, 1], width: 1)))
      let slopes = rows.mean.gradient(at: leaf).scalars(as: Float.self)
      let found = rows.values.scalars(as: Float.self) + slopes
      #expect(found.allSatisfy { $0.isFinite })
      #expect(slopes[0] > 0 && slopes[1] < 0)
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = BalancedSquaredError(NumberMixture(of: [0, 1]), noise: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = DensityWeightedError(SmoothedDensity(of: [0, 1]))(Tensor.zeros([1, 3]), Target([0]))
    }
    await #expect(processExitsWith: .failure) { _ = SmoothedDensity(of: []) }
  }
}
