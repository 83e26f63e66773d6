public import Randomness

/// The middle of the image; a smaller image is centred on black.
public struct CenterCrop: Transform, Equatable {
  /// Of the result.
  public let size: ImageSize

  /// A crop.
  ///
  /// - Parameter size: of the result
  public init(_ size: ImageSize) { self.size = size }

  /// The window in the middle.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: not drawn from
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    [Window(centred: self.size, in: size)]
  }
}
