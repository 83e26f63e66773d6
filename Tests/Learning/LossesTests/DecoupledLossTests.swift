import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch

/// Losses of mixing and decoupled methods against their formulas in NumPy, and their limits.
@Suite struct DecoupledLossTests {
  struct GoldenFile: Decodable {
    var counts: [Int], labels: [Int], others: [Int], logits: [Double]
    var smoothed: [Double], smoothedMixture: [Double], bayias: [Double], bayiasTarget: [Double]
    var reweighted: [Double]
  }

  private func golden() throws -> (file: GoldenFile, z: Tensor, classes: ClassCounts) {
    let file = try Golden.load("Losses/decoupled.json", as: GoldenFile.self)
    return (
      file, Tensor(file.logits, shape: [file.labels.count, file.counts.count]),
      try ClassCounts(file.counts)
    )
  }

  private func values(_ loss: any Loss, _ z: Tensor, _ target: Target) -> [Double] {
    loss(z, target).values.scalars(as: Double.self)
  }

  @Test func goldens() throws {
    let (file, z, classes) = try golden()
    let hard = Target(file.labels)
    func check(_ loss: any Loss, _ expected: [Double], _ target: Target) {
      #expect(difference(values(loss, z, target), expected, relative: 1e-6) == nil)
    }
    let smoothing = AdjustedCrossEntropy.labelAwareSmoothing(classes)
    check(smoothing, file.smoothed, hard)
    check(smoothing, file.smoothedMixture, hard.mixed(with: Target(file.others), weight: 0.3))
    check(AdjustedCrossEntropy.bayias(classes), file.bayias, hard)
    check(AdjustedCrossEntropy.bayias(classes, target: [4, 1, 2, 3]), file.bayiasTarget, hard)
    #expect(
      difference(ClassWeights.inverse(classes, power: 1.2).values, file.reweighted, relative: 1e-12)
        == nil)
  }

  /// Nothing smoothed is cross-entropy, equal parts are label smoothing; the ends are those of commonest and rarest.
  @Test func limitsOfSmoothing() throws {
    let (file, z, classes) = try golden()
    let hard = Target(file.labels)
    func smoothed(_ head: Double, _ tail: Double) -> [Double] {
      values(
        AdjustedCrossEntropy.labelAwareSmoothing(classes, head: head, tail: tail), z, hard)
    }
    let plain = values(CrossEntropy(), z, hard)
    #expect(difference(smoothed(0, 0), plain, relative: 1e-12) == nil)
    let even = values(CrossEntropy(smoothing: 0.2), z, hard)
    #expect(difference(smoothed(0.2, 0.2), even, relative: 1e-12) == nil)
    let (commonest, rarest) = (
      file.labels.firstIndex(of: 0) ?? 0, file.labels.firstIndex(of: 3) ?? 0
    )
    #expect(close(smoothed(0.2, 0.7)[commonest], even[commonest]))
    #expect(close(smoothed(0.7, 0.2)[rarest], even[rarest]))
    let equal = AdjustedCrossEntropy.labelAwareSmoothing(
      try ClassCounts([3, 3, 3, 3]), head: 0.2, tail: 0.1)
    #expect(difference(values(equal, z, hard), even, relative: 1e-12) == nil)
  }

  /// An even π′ is balanced softmax, π′ = π cross-entropy; a power of 0 weighs all alike.
  @Test func limitsOfPriors() throws {
    let (file, z, classes) = try golden()
    let hard = Target(file.labels)
    #expect(
      difference(
        values(AdjustedCrossEntropy.bayias(classes), z, hard),
        values(AdjustedCrossEntropy.balancedSoftmax(classes), z, hard), relative: 1e-9) == nil)
    #expect(
      difference(
        values(AdjustedCrossEntropy.bayias(classes, target: classes.priors), z, hard),
        values(CrossEntropy(), z, hard), relative: 1e-9) == nil)
    #expect(ClassWeights.inverse(classes, power: 0).values == [1, 1, 1, 1])
  }
}
