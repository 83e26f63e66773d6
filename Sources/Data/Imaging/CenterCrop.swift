public import Randomness

/// The middle of the image; a smaller image is centred on black.
public struct CenterCrop: Transform, Equatable {
  /// Of the result.
  public let size: ImageSize

  /// A crop.
  ///
  /// - Parameter size: of the result
  public init(_ size: ImageSize) { self.size = size }

  /// The middle of `image`.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: not drawn from
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    image.cropped(
      left: Self.start(image.width, size.width), top: Self.start(image.height, size.height),
      size: size)
  }

  /// Itself: it moves whole pixels.
  public var onTarget: any Transform { self }

  /// Half of what is over, a half going to the even neighbour as torchvision rounds it.
  static func start(_ length: Int, _ window: Int) -> Int {
    Int((Double(length - window) / 2).rounded(.toNearestOrEven))
  }
}
