import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch

/// Losses adjusted by class counts against their formulas in NumPy, and their limits.
@Suite struct AdjustedCrossEntropyTests {
  struct GoldenFile: Decodable {
    var counts: [Int], labels: [Int], logits: [Double]
    var balancedSoftmax: [Double], halfBalanced: [Double], inverseSoftmax: [Double], ldam: [Double],
      weights: [Double]
    var ldamDRW: Double
    var seesaw: [Double], seesawSlopes: [Double], seesawCounts: [Double]
  }

  private func golden() throws -> (file: GoldenFile, z: Tensor, classes: ClassCounts) {
    let file = try Golden.load("Losses/adjusted.json", as: GoldenFile.self)
    return (
      file, Tensor(file.logits, shape: [file.labels.count, file.counts.count]),
      try ClassCounts(file.counts)
    )
  }

  private func values(_ loss: any Loss, _ z: Tensor, _ labels: [Int]) -> [Double] {
    loss(z, Target(labels)).values.scalars(as: Double.self)
  }

  @Test func balancedSoftmax() throws {
    let (file, z, classes) = try golden()
    #expect(
      difference(
        values(AdjustedCrossEntropy.balancedSoftmax(classes), z, file.labels),
        file.balancedSoftmax, relative: 1e-12) == nil)
    #expect(
      difference(
        values(AdjustedCrossEntropy.balancedSoftmax(classes, tau: 0.5), z, file.labels),
        file.halfBalanced, relative: 1e-12) == nil)
  }

  /// The authors add 1e-9 inside the logarithms, which shows in the eighth digit.
  @Test func inverseSoftmax() throws {
    let (file, z, classes) = try golden()
    let found = values(AdjustedCrossEntropy.inverseSoftmax(classes), z, file.labels)
    #expect(difference(found, file.inverseSoftmax, relative: 1e-6) == nil)
    #expect(difference(found, file.balancedSoftmax, relative: 1e-2) != nil)
  }

  /// λ = 0 is the balanced softmax, equal counts are cross-entropy, and equal classes are treated alike
  /// wherever they stand.
  @Test func limitsOfTheInverseSoftmax() throws {
    let (file, z, classes) = try golden()
    let none = values(AdjustedCrossEntropy.inverseSoftmax(classes, lambda: 0), z, file.labels)
    #expect(difference(none, file.balancedSoftmax, relative: 1e-12) == nil)
    let equal = values(
      AdjustedCrossEntropy.inverseSoftmax(try ClassCounts([7, 7, 7, 7])), z, file.labels)
    #expect(difference(equal, values(CrossEntropy(), z, file.labels), relative: 1e-9) == nil)
    let tied = try #require(
      AdjustedCrossEntropy.inverseSoftmax(try ClassCounts([5, 9, 5, 1])).offsets)
    #expect(tied[0] == tied[2])
    #expect(tied[1] > tied[0] && tied[0] > tied[3], "common classes are raised most: \(tied)")
  }

  @Test func ldam() throws {
    let (file, z, classes) = try golden()
    #expect(
      difference(
        values(AdjustedCrossEntropy.ldam(classes, scale: 3), z, file.labels), file.ldam,
        relative: 1e-12) == nil)
  }

  /// `torch.nn.CrossEntropyLoss(weight=…)` divides by the weights of the rows.
  @Test func deferredWeights() throws {
    let (file, z, classes) = try golden()
    let weights = ClassWeights.effectiveNumber(classes, beta: 0.999, start: 0.8)
    #expect(difference(weights.values, file.weights, relative: 1e-12) == nil)
    let loss = AdjustedCrossEntropy.ldam(classes, scale: 3, weights: weights)
    func mean(_ elapsed: Double) -> Double {
      loss(z, Target(file.labels), LossState(at: Moment(elapsed: elapsed))).mean.item()
    }
    #expect(close(mean(0.8), file.ldamDRW, relative: 1e-6))
    #expect(close(mean(0.79), file.ldam.reduce(0, +) / 9, relative: 1e-12))
    #expect(close(mean(160.0 / 200), file.ldamDRW, relative: 1e-6), "epoch 160 of 200")
  }

  @Test func seesaw() throws {
    let (file, z, classes) = try golden()
    let loss = Seesaw()
    var memory = loss.memory(for: classes)
    loss.observe(Target(file.labels), remembering: &memory)
    #expect(memory["counts"].scalars(as: Double.self) == file.seesawCounts)
    let leaf = z.cloned().requiringGrad()
    let found = loss(leaf, Target(file.labels), LossState(remembering: memory)).values
    #expect(difference(found.scalars(as: Double.self), file.seesaw, relative: 1e-12) == nil)
    // No gradient goes through S, also where a mistake makes it larger: softmax(z + ln S) − onehot.
    found.sum().backward()
    let slopes = try #require(leaf.grad).scalars(as: Double.self)
    #expect(difference(slopes, file.seesawSlopes, relative: 1e-10, absolute: 1e-14) == nil)
  }

  /// Nothing to adjust, equal counts, margin 0, p = q = 0: cross-entropy.
  @Test func limits() throws {
    let (file, z, classes) = try golden()
    let plain = values(CrossEntropy(), z, file.labels)
    let equal = try ClassCounts([9, 9, 9, 9])
    var seesaw = LossState()
    seesaw.memory = Seesaw(p: 0, q: 0).memory(for: classes)
    for (name, found) in [
      ("nothing", values(AdjustedCrossEntropy(), z, file.labels)),
      ("equal", values(AdjustedCrossEntropy.balancedSoftmax(equal), z, file.labels)),
      ("tau 0", values(AdjustedCrossEntropy.balancedSoftmax(classes, tau: 0), z, file.labels)),
      ("margin 0", values(AdjustedCrossEntropy.ldam(classes, margin: 0), z, file.labels)),
      (
        "seesaw",
        Seesaw(p: 0, q: 0)(z, Target(file.labels), seesaw).values.scalars(as: Double.self)
      ),
    ] { #expect(difference(found, plain, relative: 1e-12) == nil, "\(name)") }
  }

  @Test func directions() throws {
    let (_, _, classes) = try golden()
    let z = Tensor([Double](repeating: 0, count: 8), shape: [2, 4])
    // Of two rows that the network is as unsure of, the rarer one costs more.
    for loss: any Loss in [
      AdjustedCrossEntropy.balancedSoftmax(classes), AdjustedCrossEntropy.ldam(classes, scale: 1),
    ] {
      let found = values(loss, z, [0, 3])
      #expect(found[1] > found[0])
    }
    // Seesaw spares the rare class where the truth is common.
    let logits = Tensor([0.0, 0, 0, 0], shape: [1, 4]).requiringGrad()
    var state = LossState()
    state.memory["counts"] = Tensor([100.0, 100, 1, 1], shape: [4])
    Seesaw()(logits, Target([0]), state).values.sum().backward()
    let slope = try #require(logits.grad).scalars(as: Double.self)
    #expect(slope[2] < slope[1] / 10)
  }

  @Test func weightsSumToTheClasses() throws {
    let classes = try ClassCounts([100, 10, 1])
    for beta in [0, 0.9, 0.9999] {
      let weights = ClassWeights.effectiveNumber(classes, beta: beta).values
      #expect(close(weights.reduce(0, +), 3))
      #expect(weights == weights.sorted())
    }
    #expect(ClassWeights.effectiveNumber(classes, beta: 0).values == [1, 1, 1])
    let nearlyOne = ClassWeights.effectiveNumber(classes, beta: 1 - 1e-9).values
    #expect(close(nearlyOne[2] / nearlyOne[0], 100, relative: 1e-5))
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = ClassWeights([1, 0]) }
    await #expect(processExitsWith: .failure) { _ = Seesaw(p: -1) }
    await #expect(processExitsWith: .failure) {
      var loss = AdjustedCrossEntropy()
      loss.offsets = [0, 0]
      _ = loss(Tensor.zeros([1, 3]), Target([0]))
    }
  }
}
