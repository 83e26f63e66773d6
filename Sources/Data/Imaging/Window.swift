/// A window of an image; black where it reaches beyond.
public struct Window: ImageOperation, Equatable {
  /// The first column; may be negative.
  public let left: Int
  /// The first row; may be negative.
  public let top: Int
  /// Of the window.
  public let size: ImageSize

  /// A window.
  ///
  /// - Parameters:
  ///   - left: the first column; may be negative
  ///   - top: the first row; may be negative
  ///   - size: of the window
  public init(left: Int, top: Int, size: ImageSize) {
    (self.left, self.top, self.size) = (left, top, size)
  }

  /// The middle of an image; the image in the middle along an axis on which it is shorter.
  ///
  /// - Parameters:
  ///   - size: of the window
  ///   - image: size of the image
  public init(centred size: ImageSize, in image: ImageSize) {
    self.init(
      left: Self.start(image.width, size.width), top: Self.start(image.height, size.height),
      size: size)
  }

  /// Half of what is over, a half going to the even neighbour as torchvision rounds it.
  static func start(_ length: Int, _ window: Int) -> Int {
    Int((Double(length - window) / 2).rounded(.toNearestOrEven))
  }

  /// Cuts the window out; nothing to do where it is the image.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    guard left != 0 || top != 0 || size != image.size else { return }
    image = image.cropped(left: left, top: top, size: size)
  }

  /// The window's.
  public func size(after size: ImageSize) -> ImageSize { self.size }

  /// Itself: it moves whole pixels.
  public var onTarget: (any ImageOperation)? { self }
}
