import Networks
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Layer normalisation by hand.
@Suite("Layer normalisation")
struct LayerNormTests {
  private let layer = LayerNorm(3, using: Initializer(dtype: .float64, generator: nil))

  private func numbers(_ x: Tensor, training: Bool = false) -> [Double] {
    layer(x, Context(training: training)).contiguous().scalars(as: Double.self)
  }

  /// (1, 2, 3) has mean 2 and biased variance 2/3; a vector of one value has no spread and becomes 0.
  @Test func byHand() {
    let unit = 1 / (2.0 / 3 + 1e-6).squareRoot()
    let found = numbers(Tensor([1.0, 2, 3, 5, 5, 5], shape: [2, 3]))
    #expect(difference(found, [-unit, 0, unit, 0, 0, 0], relative: 1e-12, absolute: 1e-12) == nil)
  }

  /// Of images each pixel is a vector of channels, whatever the others are.
  @Test func pixelsAreVectors() {
    let images = Tensor.normal([2, 3, 2, 4], using: Generator(seed: 1), dtype: .float64)
    let vectors = images.permuted([0, 2, 3, 1]).contiguous().reshaped([16, 3])
    let found = layer(images, Context()).permuted([0, 2, 3, 1]).contiguous()
    #expect(
      difference(found.scalars(as: Double.self), numbers(vectors), relative: 1e-12, absolute: 1e-12)
        == nil)
    let tokens = vectors.reshaped([2, 8, 3])
    #expect(difference(numbers(tokens), numbers(vectors), relative: 1e-12, absolute: 1e-12) == nil)
  }

  /// Neither the batch nor training has a say, nor how large the numbers are or where they lie.
  @Test func whatChangesNothing() {
    let x = Tensor.normal([5, 3], using: Generator(seed: 2), dtype: .float64) * 10
    let plain = numbers(x)
    #expect(numbers(x, training: true) == plain)
    let one = numbers(x.narrowed(dim: 0, start: 2, length: 1))
    #expect(difference(one, Array(plain[6..<9]), relative: 1e-12, absolute: 1e-12) == nil)
    #expect(difference(numbers(x * 1e3 - 7), plain, relative: 1e-4, absolute: 1e-5) == nil)
  }

  /// Slopes by differences; along the constant vector and along the row itself there is next to none.
  @Test func slopes() throws {
    let x = Tensor([0.3, -1, 2, 4, 4.5, -3], shape: [2, 3])
    let weights = Tensor([1.0, -2, 0.5, 3, 1, -1], shape: [2, 3])
    #expect(gradientDifference(at: [x]) { layer($0[0], Context()) * weights } == nil)
    let leaf = x.cloned().requiringGrad()
    (layer(leaf, Context()) * weights).sum().backward()
    let slope = try #require(leaf.grad)
    let sums = slope.sum(dims: [1]).scalars(as: Double.self)
    #expect(sums.allSatisfy { abs($0) < 1e-9 })
    let along = (slope * x).sum(dims: [1]).scalars(as: Double.self)
    #expect(along.allSatisfy { abs($0) < 1e-4 })
  }
}
