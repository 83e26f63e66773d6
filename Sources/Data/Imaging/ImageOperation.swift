/// One change of an image, whose amounts are known; a `Transform` draws them.
public protocol ImageOperation: Sendable {
  /// Changes the image.
  ///
  /// - Parameter image: 1 or 3 channels, which it keeps; of `size(after:)` its size afterwards
  func apply(to image: inout Image)

  /// Of the result.
  ///
  /// - Parameter size: of the image
  func size(after size: ImageSize) -> ImageSize

  /// What a target takes while its image takes this; `nil` leaves it as it is. A target lies over the image pixel by
  /// pixel: a map of classes, whose numbers are names, so that one between two others would be a third class.
  ///
  /// An operation that
  /// - moves pixels answers itself, each value taken from the nearest pixel where it would be weighed from several;
  /// - changes colours alone answers `nil`;
  /// - does both answers one that moves alike and leaves values as they are.
  ///
  /// There is no default: either would be wrong in silence for half of all operations.
  var onTarget: (any ImageOperation)? { get }
}

extension ImageOperation {
  /// The size itself: most operations keep it.
  public func size(after size: ImageSize) -> ImageSize { size }

  /// The changed image.
  ///
  /// - Parameter image: 1 or 3 channels
  public func callAsFunction(_ image: Image) -> Image {
    var image = image
    apply(to: &image)
    return image
  }
}

extension Collection<any ImageOperation> {
  /// Makes them all, one after another.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    for operation in self { operation.apply(to: &image) }
  }

  /// What a target takes while its image takes these.
  public var onTarget: [any ImageOperation] { compactMap(\.onTarget) }

  /// Of the result.
  ///
  /// - Parameter size: of the image
  public func size(after size: ImageSize) -> ImageSize {
    reduce(size) { $1.size(after: $0) }
  }
}
