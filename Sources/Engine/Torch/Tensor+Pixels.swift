internal import CTorch
import Requirements

extension Tensor {
  /// Bytes of pictures `[N, H, W, 3]` as float32 `[N, 3, H, W]`, channels last: `(x - shift) · scale`, channel by channel.
  ///
  /// On the processor it is one pass on the calling thread: threads of its own would wait for those that prepare images.
  ///
  /// - Parameters:
  ///   - shift: what is taken from red, green and blue, `[3]`, in levels (0…255)
  ///   - scale: what the rest is multiplied by, `[3]`, per level
  /// - Precondition: uint8 of the shape above; three shifts and three scales.
  public func normalizedPixels(shift: [Float], scale: [Float]) -> Tensor {
    require(
      shift.count == 3 && scale.count == 3,
      "Tensor.normalizedPixels: expected 3 shifts and 3 scales, got \(shift.count) and \(scale.count)"
    )
    return Tensor(
      ct_normalize_pixels(pointer, shift, scale), "normalizedPixels",
      expected: "uint8 [N, H, W, 3]", got: [self])
  }
}
