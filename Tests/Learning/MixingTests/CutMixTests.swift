import Batches
import Mixing
import Networks
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct CutMixTests {
  struct GoldenFile: Decodable {
    struct Case: Decodable {
      var lambda: Double, x: Int, y: Int, left: Double, mixed: [Double], target: [Double]
    }
    var shape: [Int], classes: Int, inputs: [Float], labels: [Int], partner: [Int], cases: [Case]
  }

  private func batch() throws -> (GoldenFile, Batch) {
    let file = try Golden.load("Mixing/cutmix.json", as: GoldenFile.self)
    return (
      file, Batch(inputs: Tensor(file.inputs, shape: file.shape), target: Target(file.labels))
    )
  }

  @Test func golden() throws {
    let (file, batch) = try batch()
    for golden in file.cases {
      let area = CutMix.Rectangle(
        weight: golden.lambda, center: (golden.x, golden.y), width: file.shape[3],
        height: file.shape[2])
      let mixed = CutMix(alpha: 1).paste(batch, partner: file.partner, area)
      #expect(mixed.lambda.map { close($0, golden.left) } == true)
      #expect(
        difference(mixed.inputs.values.scalars(as: Double.self), golden.mixed, absolute: 1e-6)
          == nil)
      #expect(
        difference(
          mixed.target.dense(classes: file.classes).scalars(as: Double.self), golden.target,
          absolute: 1e-6) == nil)
    }
  }

  /// Every pixel comes from the image or from its partner, and the share of the label is that of the pixels.
  @Test func labelsFollowTheArea() throws {
    let side = 9
    let batch = Batch(
      inputs: Tensor(
        (0..<4).flatMap { row in [Float](repeating: Float(row), count: side * side) },
        shape: [4, 1, side, side]), target: Target([0, 1, 2, 3]))
    var source = RandomSource(seed: 1)
    for _ in 0..<100 {
      let mixed = CutMix(alpha: 1)([batch], using: &source)
      let pixels = mixed.inputs.values.scalars(as: Float.self)
      let target = mixed.target.dense(classes: 4).scalars(as: Double.self)
      for row in 0..<4 {
        let own = pixels[row * side * side..<(row + 1) * side * side]
        let shares = (0..<4).map { c in Double(own.count { $0 == Float(c) }) / Double(side * side) }
        #expect(difference(Array(target[row * 4..<row * 4 + 4]), shares, absolute: 1e-6) == nil)
      }
    }
  }

  /// p of the batches are mixed; p = 0 leaves all as they are.
  @Test func probability() throws {
    let (_, batch) = try batch()
    var source = RandomSource(seed: 2)
    let mixed = (0..<400).count { _ in
      CutMix(alpha: 1, probability: 0.25)([batch], using: &source).lambda != nil
    }
    #expect((70...130).contains(mixed))
    #expect(CutMix(alpha: 1, probability: 0)([batch], using: &source).lambda == nil)
  }

  /// A row of features has no rectangles.
  @Test func numbersAreNoPixels() async {
    #expect(CutMix(alpha: 1).needsPixels && !Mixup(alpha: 1).needsPixels)
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 3)
      _ = CutMix(alpha: 1)(
        [Batch(inputs: Tensor.zeros([2, 4]), target: Target([0, 1]))], using: &source)
    }
    await #expect(processExitsWith: .failure) { _ = CutMix(alpha: 1, probability: 1.5) }
  }
}
