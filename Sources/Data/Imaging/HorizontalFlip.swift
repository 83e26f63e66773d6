public import Randomness
import Requirements

/// Mirrors left to right, with a probability.
public struct HorizontalFlip: Transform, Equatable {
  /// Of mirroring, 0…1.
  public let probability: Double

  /// A flip.
  ///
  /// - Parameter probability: 0…1
  /// - Precondition: `probability` lies in 0…1.
  public init(_ probability: Double = 0.5) {
    require(
      (0...1).contains(probability),
      "HorizontalFlip.init: expected a probability in 0...1, got \(probability)")
    self.probability = probability
  }

  /// The mirroring, or none.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: one draw
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    generator.uniform() < probability ? [Orientation.mirrored] : []
  }
}
