public import Randomness

/// Leaves the image as it is.
public struct Identity: Transform, Equatable {
  /// The step that does nothing.
  public init() {}

  /// None.
  ///
  /// - Parameters:
  ///   - size: any
  ///   - generator: not drawn from
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] { [] }
}
