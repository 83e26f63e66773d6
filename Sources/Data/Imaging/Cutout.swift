public import Randomness
import Requirements

/// A grey square at a random place, cut off at the image's edges.
///
/// Source: DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", 2017; grey 127, as
/// in FixMatch's code.
public struct Cutout: Transform, Equatable {
  /// Pixels, at least 0.
  public let side: Int

  /// - Parameter side: pixels, at least 0
  /// - Precondition: `side` is at least 0.
  public init(side: Int) {
    require(side >= 0, "Cutout.init: expected a side of at least 0, got \(side)")
    self.side = side
  }

  /// The square that is covered.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: two draws: the column and the row of the square's centre
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let (left, top) = (
      generator.below(size.width) - side / 2, generator.below(size.height) - side / 2
    )
    return side > 0 ? [Cover(columns: left..<left + side, rows: top..<top + side)] : []
  }
}
