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

  /// The scaled image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: not drawn from
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    let shorter = min(image.width, image.height)
    let longer = max(image.width, image.height)
    // The fraction of a pixel is dropped, as torchvision does.
    let other = max(1, length * longer / shorter)
    let size =
      image.width <= image.height
      ? ImageSize(width: length, height: other) : ImageSize(width: other, height: length)
    return Resize(size, sampling: sampling)(image)
  }

  /// The same scaling with the nearest pixel's values.
  public var onTarget: any Transform { ResizeShorter(length, sampling: .nearest) }
}
