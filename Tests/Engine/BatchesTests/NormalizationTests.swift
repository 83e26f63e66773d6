import Batches
import Testing
import Torch

@Suite struct NormalizationTests {
  @Test func pixelsAreCentredScaledAndChannelsLast() {
    let normalization = Normalization(mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1])
    // One image, 1 × 2 pixels: (0, 51, 102) and (255, 153, 204).
    let pixels = Tensor([0, 51, 102, 255, 153, 204] as [UInt8], shape: [1, 1, 2, 3])
    let images = normalization(pixels)
    #expect(pixels.scalars(as: UInt8.self) == [0, 51, 102, 255, 153, 204])
    #expect(images.shape == [1, 3, 1, 2])
    #expect(images.dtype == .float32)
    #expect(images.isChannelsLast)
    let expected: [Float] = [-1, 1, -0.2, 1.4, 0.4, 0.8]
    for (value, golden) in zip(images.scalars(as: Float.self), expected) {
      #expect(abs(value - golden) < 1e-6)
    }
  }

  @Test func numbersThatAreNoBytesAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let normalization = Normalization(mean: [0, 0, 0], std: [1, 1, 1])
      _ = normalization(Tensor.ones([1, 1, 2, 3], dtype: .float32))
    }
  }

  @Test func aDeviationOfZeroIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Normalization(mean: [0, 0, 0], std: [1, 0, 1])
    }
  }
}
