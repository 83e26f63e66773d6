public import Randomness
import Requirements

/// A window at a random place of the image with a black margin around it. Along an axis on which image and
/// margin together are shorter than the window, the image is centred on black.
///
/// Source: He et al., Deep Residual Learning for Image Recognition, 2016, section 4.2 (padding 4 at 32×32).
public struct RandomCrop: Transform, Equatable {
  /// Of the result.
  public let size: ImageSize
  /// Pixels of black on each side, at least 0.
  public let padding: Int

  /// A crop.
  ///
  /// - Parameters:
  ///   - size: of the result
  ///   - padding: pixels of black on each side, at least 0
  /// - Precondition: `padding` is not negative.
  public init(_ size: ImageSize, padding: Int = 0) {
    require(padding >= 0, "RandomCrop.init: expected a padding of 0 or more, got \(padding)")
    self.size = size
    self.padding = padding
  }

  /// The window.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: two draws, the column's first
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let left = start(size.width, self.size.width, using: &generator)
    let top = start(size.height, self.size.height, using: &generator)
    return [Window(left: left, top: top, size: self.size)]
  }

  private func start(_ length: Int, _ window: Int, using generator: inout RandomSource) -> Int {
    let places = length + 2 * padding - window + 1
    let drawn = generator.below(max(places, 1))
    return places > 0 ? drawn - padding : Window.start(length, window)
  }
}
