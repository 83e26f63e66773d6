import Batches
import Losses
import Randomness
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// The contract of every loss, swept over all of them: a new loss is one line in `all`.
@Suite struct LossTests {
  static let all: [any Loss] = [
    CrossEntropy(), CrossEntropy(smoothing: 0.1), HardLabelsOnly(loss: CrossEntropy()),
  ]

  /// A loss that takes the protocol's own way through mixed targets.
  struct HardLabelsOnly: Loss {
    var loss: CrossEntropy
    func perExample(_ logits: Tensor, _ labels: [Int]) -> Tensor {
      loss.perExample(logits, labels)
    }
  }

  static let labels = [0, 1, 2, 2, 0]

  static func logits(scale: Double = 2, seed: UInt64 = 1) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor((0..<15).map { _ in scale * source.normal() }, shape: [5, 3])
  }

  static var mixture: Target {
    Target(labels).mixed(with: Target([1, 1, 0, 2, 2]), weight: 0.3)
  }

  @Test(arguments: all)
  func oneFiniteValuePerRow(loss: any Loss) {
    for scale in [0, 1, 100] {
      let values = loss(Self.logits(scale: Double(scale)), Self.mixture)
      #expect(values.shape == [5])
      #expect(values.scalars(as: Double.self).allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }

  /// Logits of ±100 drown every exponential; the loss of the wrong class is their difference.
  @Test(arguments: all)
  func extremes(loss: any Loss) {
    let z = Tensor([100, -100, -100] as [Float], shape: [1, 3])
    let right = loss(z, Target([0])).item()
    let wrong = loss(z, Target([1])).item()
    #expect(right.isFinite && wrong.isFinite)
    #expect(wrong - right > 170)
  }

  /// In doubles, each row's gradient against central differences.
  @Test(arguments: all)
  func gradients(loss: any Loss) {
    for target in [Target(Self.labels), Self.mixture] {
      #expect(gradientDifference(at: [Self.logits()]) { loss($0[0], target) } == nil)
    }
  }

  @Test(arguments: all)
  func mixedWithItselfIsItself(loss: any Loss) {
    let hard = Target(Self.labels)
    let values = loss(Self.logits(), hard).scalars(as: Double.self)
    for λ in [0, 0.3, 1] {
      let again = loss(Self.logits(), hard.mixed(with: hard, weight: λ)).scalars(as: Double.self)
      #expect(difference(again, values, relative: 1e-6) == nil)
    }
  }

  @Test(arguments: all)
  func linearInTheMixture(loss: any Loss) {
    let (a, b) = (Target(Self.labels), Target([1, 1, 0, 2, 2]))
    let z = Self.logits()
    let parts = zip(loss(z, a).scalars(as: Double.self), loss(z, b).scalars(as: Double.self))
    let expected = parts.map { 0.7 * $0 + 0.3 * $1 }
    #expect(
      difference(
        loss(z, Self.mixture).scalars(as: Double.self), expected, relative: 1e-6) == nil)
  }

  /// Renaming the classes in labels and logits alike changes no value.
  @Test(arguments: all)
  func classesHaveNoOrder(loss: any Loss) {
    let order = [2, 0, 1]  // new column j is old class order[j]
    let z = Self.logits()
    let columns = z.indexSelect(dim: 1, Tensor(order.map(Int64.init), shape: [3]))
    let renamed = Target(
      terms: Self.mixture.terms.map { term in
        Target.Labelling(
          labels: term.labels.compactMap { order.firstIndex(of: $0) }, weight: term.weight)
      })
    #expect(
      difference(
        loss(columns, renamed).scalars(as: Double.self),
        loss(z, Self.mixture).scalars(as: Double.self), relative: 1e-12) == nil)
  }

  /// The sum is taken in float32 when the network speaks bfloat16.
  @Test(arguments: all)
  func singlePrecisionAtLeast(loss: any Loss) {
    let half = Self.logits().to(.bfloat16)
    #expect(loss(half, Self.mixture).dtype == .float32)
    #expect(
      loss(half, Self.mixture).scalars(as: Double.self)
        == loss(half.to(.float32), Self.mixture).scalars(as: Double.self))
    #expect(loss(Self.logits(), Self.mixture).dtype == .float64)
    withAutocast(.bfloat16, on: .cpu) {
      #expect(loss(half, Self.mixture).dtype == .float32)
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([2, 3]), Target([0]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([1, 3]), Target([3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([3]), Target([0, 1, 2]))
    }
  }
}
