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

  /// Sizes that fill vectors and that do not, element by element, to the bit.
  @Test(arguments: [(1, 1, 1), (1, 1, 5), (1, 4, 4), (2, 5, 7), (3, 16, 16), (2, 31, 33)])
  func everyPixelIsSubtractedAndMultiplied(images: Int, height: Int, width: Int) {
    let (mean, std) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    let bytes = (0..<images * height * width * 3).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    let found = Normalization(mean: mean, std: std)(
      Tensor(bytes, shape: [images, height, width, 3]))
    #expect(found.shape == [images, 3, height, width])
    #expect(found.isChannelsLast)
    let inOrder = found.permuted([0, 2, 3, 1]).contiguous().scalars(as: Float.self)
    let expected = bytes.enumerated().map { place, byte in
      (Float(byte) - Float(mean[place % 3] * 255)) * Float(1 / (std[place % 3] * 255))
    }
    #expect(inOrder.map(\.bitPattern) == expected.map(\.bitPattern))
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
