import Batches
import Mixing
import Networks
import Randomness
import TestSupport
import Testing
import Torch

/// What a mixing hands on beside inputs and labels.
@Suite("What mixings keep")
struct MixingBoundsTests {
  /// An attack after a mixing still knows where pixels may lie.
  @Test(arguments: MixingTests.all)
  func boundsOfPixelsAreKept(mixing: any Mixing) throws {
    let bounds = Normalization(mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.5]).bounds(on: .cpu)
    let batches = try MixingTests.batches(for: mixing).map { batch in
      var batch = batch
      batch.bounds = bounds
      return batch
    }
    for seed in 0..<4 {
      var source = RandomSource(seed: UInt64(seed))
      let mixed = mixing(batches, using: &source)
      let low = try #require(mixed.bounds).low.scalars(as: Float.self)
      #expect(low == bounds.low.scalars(as: Float.self))
      #expect(!mixed.examples.isEmpty)
    }
  }

  /// What is never done makes no rows of several classes.
  @Test func whatIsNeverDoneBlendsNothing() {
    #expect(!Unmixed().blends && Mixup(alpha: 1).blends && CutMix(alpha: 1).blends)
    #expect(!Sometimes(Mixup(alpha: 1), probability: 0).blends)
    #expect(Sometimes(Mixup(alpha: 1), probability: 0.01).blends)
    #expect(!Sometimes(Unmixed(), probability: 1).blends)
    #expect(!CutMix(alpha: 1, probability: 0).blends)
  }

  /// With probability 1 it is the mixing, whose draws follow one more; with 0 it is the first stream to the byte.
  @Test func endsOfSometimes() throws {
    let golden = try GoldenMixing.load()
    let (mixing, batches) = (BalancedMixup(alpha: 1), [golden.first, golden.second])
    var (one, other) = (RandomSource(seed: 8), RandomSource(seed: 8))
    let always = Sometimes(mixing, probability: 1)(batches, using: &one)
    _ = other.uniform()
    let plain = mixing(batches, using: &other)
    #expect(always.lambda == plain.lambda && always.target == plain.target)
    let never = Sometimes(mixing, probability: 0)(batches, using: &one)
    #expect(never.target == golden.first.target && never.lambda == nil)
    #expect(Sometimes(mixing, probability: 0).expectedWeights == [1, 0])
    #expect(Sometimes(mixing, probability: 0.5).expectedWeights == [0.75, 0.25])
  }
}

/// Rectangles of CutMix by hand.
@Suite("Rectangles")
struct RectangleTests {
  private func rectangle(_ λ: Double, x: Int, y: Int) -> CutMix.Rectangle {
    CutMix.Rectangle(weight: λ, center: (x, y), width: 8, height: 4)
  }

  /// λ = 1 cuts nothing, λ = 0 as much as a rectangle of the image's size around its place has in it.
  @Test func ends() {
    let none = rectangle(1, x: 3, y: 2)
    #expect(none.columns.isEmpty && none.rows.isEmpty)
    let all = rectangle(0, x: 4, y: 2)
    #expect(all.columns == 0..<8 && all.rows == 0..<4)
    let corner = rectangle(0, x: 0, y: 3)
    #expect(corner.columns == 0..<4 && corner.rows == 1..<4)
  }

  /// √(1 − ¾) is ½: sides 4 and 2 around (3, 1), and cut off at the edge.
  @Test func byHand() {
    let inside = rectangle(0.75, x: 3, y: 1)
    #expect(inside.columns == 1..<5 && inside.rows == 0..<2)
    let edge = rectangle(0.75, x: 7, y: 0)
    #expect(edge.columns == 5..<8 && edge.rows == 0..<1)
  }

  /// Each label has the part of the image that is left: of 32 pixels the corner at (7, 0) takes 3.
  @Test func areasAreLabels() throws {
    let values = [Float](repeating: 1, count: 32) + [Float](repeating: 2, count: 32)
    let batch = Batch(inputs: Tensor(values, shape: [2, 1, 4, 8]), target: Target([0, 1]))
    let mixed = CutMix(alpha: 1).paste(batch, partner: [1, 0], rectangle(0.75, x: 7, y: 0))
    let lambda = try #require(mixed.lambda)
    #expect(close(lambda, 29 / 32.0))
    let sums = mixed.inputs.values.sum(dims: [1, 2, 3]).scalars(as: Double.self)
    #expect(sums == [29 + 6, 58 + 3])
    #expect(
      difference(
        mixed.target.dense(classes: 2).scalars(as: Double.self),
        [29 / 32.0, 3 / 32.0, 3 / 32.0, 29 / 32.0], relative: 1e-6) == nil)
  }
}

/// Pairs in which each row has weights of its own.
@Suite("Pairs of rows")
struct PairingTests {
  private let pairs = Pairing(partner: [1, 2, 0], inputs: [1, 0.5, 0], labels: [0.75, 0, 1])

  /// Inputs and labels by hand: rows (1, 10), (2, 20), (3, 30) of classes 0, 1, 2.
  @Test func byHand() throws {
    let batch = Batch(
      inputs: Tensor([1, 10, 2, 20, 3, 30] as [Float], shape: [3, 2]), target: Target([0, 1, 2]),
      examples: [7, 8, 9])
    let mixed = pairs.blended(batch)
    #expect(mixed.inputs.values.scalars(as: Float.self) == [1, 10, 2.5, 25, 1, 10])
    #expect(
      mixed.target.dense(classes: 3).scalars(as: Float.self)
        == [0.75, 0.25, 0, 0, 0, 1, 0, 0, 1])
    #expect(mixed.examples == [7, 8, 9])
    #expect(close(try #require(mixed.lambda), 0.5))
    let labelled = pairs.labelled(batch)
    #expect(labelled.inputs.values.scalars(as: Float.self) == [1, 10, 2, 20, 3, 30])
    #expect(labelled.target == mixed.target)
  }

  /// Hidden features are blended in the graph: a row's slope is its own weight and that of whoever met it.
  @Test func slopesOfHiddenFeatures() throws {
    let x = Tensor([1.0, 2, 3], shape: [3, 1]).requiringGrad()
    let blended = pairs.blend(x)
    #expect(blended.scalars(as: Double.self) == [1, 2.5, 1])
    (blended * Tensor([1.0, 10, 100], shape: [3, 1])).sum().backward()
    #expect(try #require(x.grad).scalars(as: Double.self) == [101, 5, 5])
  }
}
