public import Randomness
import Requirements

/// Scales so that the shorter side has a length; proportions stay. Sampling as in `Resize`.
public struct ResizeShorter: Transform, Equatable {
  /// Of the shorter side, at least 1.
  public let length: Int
  /// How a value between pixels is found.
  public let sampling: Interpolation

  /// A scaling.
  ///
  /// - Parameters:
  ///   - length: of the shorter side, at least 1
  ///   - sampling: how a value between pixels is found
  /// - Precondition: `length` is positive.
  public init(_ length: Int, sampling: Interpolation = .bilinear) {
    require(length > 0, "ResizeShorter.init: expected a positive length, got \(length)")
    self.length = length
    self.sampling = sampling
  }

  /// The scaling.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: not drawn from
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let shorter = min(size.width, size.height)
    let longer = max(size.width, size.height)
    // The fraction of a pixel is dropped, as torchvision does.
    let other = max(1, length * longer / shorter)
    let scaled =
      size.width <= size.height
      ? ImageSize(width: length, height: other) : ImageSize(width: other, height: length)
    return [Resize(scaled, sampling: sampling)]
  }
}
