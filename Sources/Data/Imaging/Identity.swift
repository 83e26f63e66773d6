public import Randomness

/// Leaves the image as it is.
public struct Identity: Transform, Equatable {
  /// The step that does nothing.
  public init() {}

  /// The image itself.
  ///
  /// - Parameters:
  ///   - image: any
  ///   - generator: not drawn from
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image { image }

  /// Itself.
  public var onTarget: any Transform { self }
}
