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

  /// The image with the square.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: two draws: the column and the row of the square's centre
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    let (x, y) = (generator.below(image.width), generator.below(image.height))
    guard side > 0 else { return image }
    let columns = max(0, x - side / 2)..<min(image.width, x - side / 2 + side)
    let rows = max(0, y - side / 2)..<min(image.height, y - side / 2 + side)
    var image = image
    for row in rows {
      let start = row * image.width
      let places =
        (start + columns.lowerBound) * image.channels..<(start + columns.upperBound)
        * image.channels
      for place in places { image.pixels[place] = 127 }
    }
    return image
  }

  /// The target as it is: what the square hides keeps its class.
  public var onTarget: any Transform { Untouched(by: self) }
}
