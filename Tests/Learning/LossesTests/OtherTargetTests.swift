import Batches
import Foundation
import Losses
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Losses of several labels, numbers and grades: values, what is not known, limits.
@Suite struct OtherTargetTests {
  struct GoldenFile: Decodable {
    struct Case: Decodable {
      var grades: [Int]?
      var importance: [Double]?
      var values: [Double], mean: Double, gradient: [Double]
    }
    var outputs: [Double], labels: [Float], numbers: [Float], known: [Bool], classes: [Int]
    struct Weighted: Decodable {
      var weights: [Double], coral: Double, corn: Double
    }
    struct Package: Decodable {
      var outputs: [Double], coral: [Double], corn: Double
    }
    var sigmoid: Case, squared: Case, oneAgainstRest: Case, graded: Case, corn: [Case]
    var coral: [Case], weighted: Weighted, package: Package
  }
  private let golden: GoldenFile

  init() throws { golden = try Golden.load("Losses/targets.json", as: GoldenFile.self) }

  private var outputs: Tensor { Tensor(golden.outputs, shape: [6, 4]) }

  private func masked(_ values: [Float]) -> Target {
    Target(
      Target.Entries(zip(values, golden.known).map { $1 ? $0 : nil }, width: 4))
  }

  private func check(
    _ loss: some Loss, _ z: Tensor, _ target: Target, _ expected: GoldenFile.Case, _ words: String
  ) {
    let leaf = z.cloned().requiringGrad()
    let rows = loss(leaf, target)
    #expect(
      difference(
        rows.values.scalars(as: Double.self), expected.values, relative: 1e-6, absolute: 1e-9)
        == nil, "\(words)")
    #expect(close(rows.mean.item(), expected.mean, relative: 1e-6), "\(words)")
    let slopes = rows.mean.gradient(at: leaf).scalars(as: Double.self)
    let wanted = z.shape[1] == 4 ? expected.gradient : Array(expected.gradient.prefix(z.shape[0]))
    #expect(difference(slopes, wanted, relative: 1e-6, absolute: 1e-9) == nil, "\(words)")
  }

  /// PyTorch's and coral-pytorch's values, row by row, and their gradients.
  @Test func values() {
    check(SigmoidCrossEntropy(), outputs, masked(golden.labels), golden.sigmoid, "labels")
    check(SquaredError(), outputs, masked(golden.numbers), golden.squared, "numbers")
    check(
      SigmoidCrossEntropy(), outputs, Target(golden.classes), golden.oneAgainstRest, "classes")
    for one in golden.corn {
      check(CORNLoss(), outputs, Target(one.grades ?? []), one, "corn \(one.grades ?? [])")
    }
    for one in golden.coral {
      check(
        CORALLoss(importance: one.importance), outputs, Target(one.grades ?? []), one,
        "coral \(one.importance ?? [])")
    }
    let first = outputs.narrowed(dim: 1, start: 0, length: 1)
    check(SquaredError(), first, Target(golden.classes), golden.graded, "grades as numbers")
  }

  /// What coral-pytorch's own tests expect, of their inputs: .5370, .8951, .6441; and .9657 of version 1.2, which divides by the five
  /// classes, where 1.4 and we divide by the questions.
  @Test func valuesOfThePackagesOwnTests() {
    let z = Tensor(golden.package.outputs, shape: [3, 4])
    let coral = CORALLoss()(z, Target([2, 1, 4])).values.scalars(as: Double.self)
    #expect(difference(coral, [0.5370, 0.8951, 0.6441], absolute: 5e-5) == nil)
    #expect(difference(coral, golden.package.coral, relative: 1e-9) == nil)
    let corn = CORNLoss()(z, Target([0, 1, 2]))
    #expect(close(corn.values.scalars(as: Double.self).reduce(0, +) / 5, 0.9657, absolute: 5e-5))
    #expect(close(corn.mean.item(), golden.package.corn, relative: 1e-9))
  }

  /// A weight for each of the K grades, though there are K − 1 outputs; the mean is over rows by weight, and of CORN over their
  /// questions.
  @Test func asManyWeightsAsGrades() {
    let (expected, grades) = (golden.weighted, Target([0, 4, 1, 2, 3, 4]))
    for (loss, mean) in [(CORALLoss() as any Loss, expected.coral), (CORNLoss(), expected.corn)] {
      let weighted = WeightedLoss(loss, weights: expected.weights)
      #expect(close(weighted(outputs, grades).mean.item(), mean, relative: 1e-6), "\(loss)")
      // Before they hold, and where all are equal, it is the loss itself.
      let later = WeightedLoss(loss, weights: expected.weights, start: 0.5)
      let even = WeightedLoss(loss, weights: [2, 2, 2, 2, 2])
      let plain = loss(outputs, grades).mean.item()
      #expect(close(later(outputs, grades).mean.item(), plain, relative: 1e-12))
      #expect(close(even(outputs, grades).mean.item(), plain, relative: 1e-6))
    }
  }

  private static let ofEntries: [any Loss] = [SigmoidCrossEntropy(), SquaredError()]

  private func result(_ loss: some Loss, _ z: Tensor, _ target: Target) -> [[Double]] {
    let leaf = z.cloned().requiringGrad()
    let rows = loss(leaf, target)
    return [
      rows.values.scalars(), [rows.denominator, rows.mean.item()],
      rows.mean.gradient(at: leaf).scalars(as: Double.self),
    ]
  }

  /// What stands in an unknown entry, in the outputs too, changes no number, be it infinite.
  @Test(arguments: ofEntries.indices) func unknownEntriesChangeNothing(place: Int) {
    let loss = Self.ofEntries[place]
    let target = masked(golden.labels)
    let plain = result(loss, outputs, target)
    for strange in [1e30, -1e30, Double.infinity] {
      let moved = zip(golden.outputs, golden.known).map { $1 ? $0 : strange }
      let found = result(loss, Tensor(moved, shape: [6, 4]), target)
      #expect(found == plain)
    }
    let slopes = plain[2]
    for (slope, known) in zip(slopes, golden.known) { #expect(known || slope == 0) }
    #expect(plain[0][3] == 0, "a row of which nothing is known")
    #expect(plain[1][0] == Double(golden.known.count { $0 }))
  }

  /// A label of which nothing is known in any row is as good as none.
  @Test(arguments: ofEntries.indices) func anUnknownLabelIsNoLabel(place: Int) {
    let loss = Self.ofEntries[place]
    let three = (0..<24).filter { $0 % 4 != 3 }
    let values: [Float?] = (0..<24).map { $0 % 4 == 3 ? nil : golden.labels[$0] }
    let wide = result(loss, outputs, Target(Target.Entries(values, width: 4)))
    let narrow = result(
      loss, outputs.narrowed(dim: 1, start: 0, length: 3),
      Target(Target.Entries(three.map { golden.labels[$0] }, width: 3)))
    for (one, other) in zip(wide.prefix(2), narrow) {
      #expect(difference(one, other, relative: 1e-12) == nil)
    }
    #expect(wide[1][0] == narrow[1][0])
    #expect(difference(three.map { wide[2][$0] }, narrow[2], relative: 1e-12) == nil)
  }

  @Test(arguments: ofEntries.indices) func nothingKnownIsNothing(place: Int) {
    let nothing = Target(Target.Entries([Float?](repeating: nil, count: 24), width: 4))
    let found = result(Self.ofEntries[place], outputs, nothing)
    #expect(found == [[0, 0, 0, 0, 0, 0], [0, 0], [Double](repeating: 0, count: 24)])
    #expect(nothing.known == [false, false, false, false, false, false])
  }

  /// Rows without a grade: values, mean and gradient are those of the others alone.
  @Test(arguments: [(CORNLoss() as any Loss, 4), (CORALLoss(), 4), (SquaredError(), 1)])
  func unknownGradesChangeNothing(loss: any Loss, width: Int) {
    let z = outputs.narrowed(dim: 1, start: 0, length: width)
    let places = Tensor([1, 2, 5] as [Int64], shape: [3])
    let alone = result(loss, z.indexSelect(dim: 0, places), Target([4, 0, 2]))
    let found = result(loss, z, Target(known: [nil, 4, 0, nil, nil, 2]))
    #expect(found[0] == [0, alone[0][0], alone[0][1], 0, 0, alone[0][2]])
    #expect(found[1][0] == alone[1][0] && close(found[1][1], alone[1][1]))
    let slopes = [1, 2, 5].flatMap { found[2][$0 * width..<($0 + 1) * width] }
    #expect(difference(slopes, alone[2], relative: 1e-12) == nil)
    #expect(found[2].count { $0 != 0 } == alone[2].count { $0 != 0 })
    let nothing = result(loss, z, Target(known: [Int?](repeating: nil, count: 6)))
    #expect(nothing[0].allSatisfy { $0 == 0 } && nothing[1] == [0, 0])
    #expect(nothing[2].allSatisfy { $0 == 0 })
  }

  /// In doubles against central differences, of mixed rows too.
  @Test func gradients() {
    let z = Tensor(golden.outputs.map { $0 / 20 }, shape: [6, 4])
    let labels = masked(golden.labels)
    let mixture = labels.mixed(with: labels.reordered([1, 2, 3, 4, 5, 0]), weight: 0.3)
    let grades = Target([0, 4, 1, 2, 3, 4]).mixed(with: Target([1, 0, 2, 4, 0, 4]), weight: 0.2)
    func agrees(_ loss: some Loss, _ z: Tensor, _ target: Target) -> String? {
      gradientDifference(at: [z]) { loss($0[0], target).values }
    }
    #expect(agrees(SigmoidCrossEntropy(), z, labels) == nil)
    #expect(agrees(SigmoidCrossEntropy(), z, mixture) == nil)
    #expect(agrees(SquaredError(), z, mixture) == nil)
    #expect(agrees(CORNLoss(), z, grades) == nil)
    #expect(agrees(CORALLoss(importance: [1, 2, 0.5, 1]), z, grades) == nil)
    #expect(agrees(SquaredError(), z.narrowed(dim: 1, start: 0, length: 1), grades) == nil)
  }

  /// One output is the cross-entropy of two classes with logits 0 and z; the first question of CORN of two is the same.
  @Test func twoClasses() {
    let z = outputs.narrowed(dim: 1, start: 0, length: 1)
    let labels = [1, 0, 1, 1, 0, 0]
    let softmax = CrossEntropy()(
      Tensor.concatenated([z * 0, z], dim: 1), Target(labels)
    ).values.scalars(as: Double.self)
    let sigmoid = SigmoidCrossEntropy()(
      z, Target(Target.Entries(labels.map { Float($0) }, width: 1)))
    #expect(difference(sigmoid.values.scalars(as: Double.self), softmax, absolute: 1e-15) == nil)
    let corn = CORNLoss()(z, Target(labels))
    #expect(difference(corn.values.scalars(as: Double.self), softmax, absolute: 1e-15) == nil)
    #expect(corn.denominator == 6 && sigmoid.denominator == 6)
    let coral = CORALLoss()(z, Target(labels))
    #expect(difference(coral.values.scalars(as: Double.self), softmax, absolute: 1e-15) == nil)
  }

  /// Mixing: classes are linear in the mixture, and two known numbers blend to their mean.
  @Test func mixtures() {
    let (a, b) = (Target([0, 4, 1, 2, 3, 4]), Target([1, 0, 2, 4, 0, 4]))
    for (loss, z) in [
      (CORNLoss() as any Loss, outputs), (CORALLoss(), outputs),
      (SquaredError(), outputs.narrowed(dim: 1, start: 0, length: 1)),
    ] {
      let parts = [a, b].map { loss(z, $0) }
      let mixed = loss(z, a.mixed(with: b, weight: 0.25))
      let expected = zip(
        parts[0].values.scalars(as: Double.self), parts[1].values.scalars(as: Double.self)
      ).map { 0.75 * $0 + 0.25 * $1 }
      #expect(difference(mixed.values.scalars(as: Double.self), expected, relative: 1e-9) == nil)
      #expect(
        close(mixed.denominator, 0.75 * parts[0].denominator + 0.25 * parts[1].denominator))
    }
    // The gradient of blended grades is that of the blended number.
    let z = Tensor([1.5], shape: [1, 1]).requiringGrad()
    let slope = SquaredError()(z, Target([0]).mixed(with: Target([4]), weight: 0.25)).mean
      .gradient(at: z).item()
    #expect(close(slope, 2 * (1.5 - 1)))
    let number = { (value: Float) in Target(Target.Entries([value], width: 1)) }
    let blend = SquaredError()(z, number(0).mixed(with: number(4), weight: 0.25))
    #expect(close(blend.values.item(), 0.25))
  }

  /// Sure and wrong: finite in single precision, by the size of the logit.
  @Test func extremes() {
    let z = Tensor([100, -100] as [Float], shape: [1, 2])
    let values = SigmoidCrossEntropy().perEntry(
      z, Tensor([0, 1] as [Float], shape: [1, 2]), LossState()
    ).scalars(as: Float.self)
    #expect(values == [100, 100])
    #expect(CORNLoss()(z, Target([0])).values.item() == 100)
    #expect(CORNLoss()(z, Target([2])).values.item() == 100)
    #expect(SigmoidCrossEntropy()(z, Target([0])).values.item() < 1e-30)
    // In bfloat16 the sum is still one of float32.
    let half = SigmoidCrossEntropy()(outputs.to(.bfloat16), masked(golden.labels)).values
    #expect(half.dtype == .float32)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = CrossEntropy()(Tensor.zeros([1, 2]), Target(Target.Entries([1, 0], width: 2)))
    }
    await #expect(processExitsWith: .failure) {
      _ = SquaredError()(Tensor.zeros([1, 3]), Target(Target.Entries([1, 0], width: 2)))
    }
    await #expect(processExitsWith: .failure) {
      _ = SquaredError()(Tensor.zeros([1, 3]), Target([0]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CORNLoss()(Tensor.zeros([1, 3]), Target([4]))
    }
    await #expect(processExitsWith: .failure) {
      _ = CORALLoss(importance: [1, 1])(Tensor.zeros([1, 3]), Target([3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = WeightedLoss(CORALLoss(), weights: [1, 1, 1])(Tensor.zeros([1, 3]), Target([3]))
    }
  }
}
