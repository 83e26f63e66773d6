import Batches
import Networks
import TestSupport
import Testing
import Torch

/// Where normalised images may lie.
@Suite("Bounds of inputs")
struct InputBoundsTests {
  private let normalization = Normalization(mean: [0.5, 0.25, 0], std: [0.5, 0.25, 2])

  /// 1 / σ, −μ / σ and (1 − μ) / σ by hand.
  @Test func byHand() {
    let bounds = normalization.bounds(on: .cpu)
    #expect(bounds.unit.shape == [1, 3, 1, 1])
    #expect(bounds.unit.scalars(as: Float.self) == [2, 4, 0.5])
    #expect(bounds.low.scalars(as: Float.self) == [-1, -1, 0])
    #expect(bounds.high.scalars(as: Float.self) == [1, 3, 0.5])
  }

  /// Black pixels lie on the lower bound, white ones on the upper, and back on the scale of pixels every byte is
  /// itself / 255.
  @Test func agreeWithTheNormalisation() {
    let bytes: [UInt8] = [0, 0, 0, 255, 255, 255, 51, 102, 204]
    let images = normalization(Tensor(bytes, shape: [1, 1, 3, 3]))
    let bounds = normalization.bounds(on: .cpu)
    let black = images.narrowed(dim: 3, start: 0, length: 1).scalars(as: Double.self)
    let white = images.narrowed(dim: 3, start: 1, length: 1).scalars(as: Double.self)
    #expect(difference(black, bounds.low.scalars(as: Double.self), absolute: 1e-6) == nil)
    #expect(difference(white, bounds.high.scalars(as: Double.self), absolute: 1e-6) == nil)
    let batch = Batch(inputs: images, target: Target([0]), bounds: bounds)
    let pixels = batch.pixels.permuted([0, 2, 3, 1]).scalars(as: Double.self)
    #expect(difference(pixels, bytes.map { Double($0) / 255 }, absolute: 1e-6) == nil)
  }

  /// Inputs that are no pixels stay as they are.
  @Test func withoutBounds() {
    let numbers = Tensor([3, -4] as [Float], shape: [1, 2])
    let batch = Batch(inputs: numbers, target: Target([0]))
    #expect(batch.bounds == nil)
    #expect(batch.pixels.scalars(as: Float.self) == [3, -4])
  }
}
