import TestSupport
import Testing
import Torch

/// Structural similarity against scikit-image, and what it must be.
@Suite struct SimilarityTests {
  struct GoldenFile: Decodable {
    var shape: [Int], x: [Double], y: [Double], maps: [Double], means: [Double]
  }

  @Test func golden() throws {
    let golden = try Golden.load("Torch/similarity.json", as: GoldenFile.self)
    let (x, y) = (Tensor(golden.x, shape: golden.shape), Tensor(golden.y, shape: golden.shape))
    let found = x.structuralSimilarity(to: y)
    #expect(difference(found.scalars(as: Double.self), golden.maps, absolute: 1e-12) == nil)
    let means = found.mean(dims: [1, 2, 3]).scalars(as: Double.self)
    #expect(difference(means, golden.means, absolute: 1e-12) == nil)
    // In single precision to a few digits less, also where nothing varies.
    let single = x.to(.float32).structuralSimilarity(to: y.to(.float32))
    #expect(difference(single.scalars(as: Double.self), golden.maps, absolute: 1e-3) == nil)
  }

  @Test func anImageIsLikeItself() {
    let x = Tensor.uniform([2, 3, 16, 16], in: 0...1, using: Generator(seed: 1))
    let found = x.structuralSimilarity(to: x)
    #expect(found.shape == [2, 3, 6, 6])
    #expect(found.scalars(as: Float.self).allSatisfy { abs($0 - 1) < 1e-5 })
  }

  /// The same whichever image comes first; less the more noise there is.
  @Test func symmetryAndDirection() {
    let x = Tensor.uniform([1, 1, 24, 24], in: 0...1, using: Generator(seed: 1)).to(.float64)
    let noise = Tensor.normal([1, 1, 24, 24], using: Generator(seed: 2)).to(.float64)
    let y = x + noise * 0.1
    #expect(
      difference(
        x.structuralSimilarity(to: y).scalars(as: Double.self),
        y.structuralSimilarity(to: x).scalars(as: Double.self), absolute: 1e-13) == nil)
    let means = [0, 0.05, 0.1, 0.3].map {
      x.structuralSimilarity(to: x + noise * $0).mean().item()
    }
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 > $1 })
  }

  /// Digits are not lost where products are cast.
  @Test func autocastChangesNothing() {
    let x = Tensor.uniform([1, 3, 16, 16], in: 0...1, using: Generator(seed: 1))
    let y = Tensor.uniform([1, 3, 16, 16], in: 0...1, using: Generator(seed: 2))
    let plain = x.structuralSimilarity(to: y).scalars(as: Float.self)
    let cast = withAutocast(.bfloat16, on: .cpu) { x.structuralSimilarity(to: y) }
    #expect(cast.scalars(as: Float.self) == plain)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor.zeros([1, 3, 10, 16]).structuralSimilarity(to: Tensor.zeros([1, 3, 10, 16]))
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.zeros([1, 3, 16, 16]).structuralSimilarity(to: Tensor.zeros([1, 1, 16, 16]))
    }
  }
}
