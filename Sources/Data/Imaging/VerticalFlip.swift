public import Randomness
import Requirements

/// Mirrors top to bottom, with a probability.
public struct VerticalFlip: Transform, Equatable {
  /// Of mirroring, 0…1.
  public let probability: Double

  /// A flip.
  ///
  /// - Parameter probability: 0…1
  /// - Precondition: `probability` lies in 0…1.
  public init(_ probability: Double = 0.5) {
    require(
      (0...1).contains(probability),
      "VerticalFlip.init: expected a probability in 0...1, got \(probability)")
    self.probability = probability
  }

  /// The mirrored image or the image itself.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: one draw
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    generator.uniform() < probability ? Orientation.flipped.uprighted(image) : image
  }

  /// Itself: it moves whole pixels.
  public var onTarget: any Transform { self }
}
