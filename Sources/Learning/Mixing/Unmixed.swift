public import Batches

/// Leaves the one stream as it is.
public struct Unmixed: Mixing, Equatable {
  /// Makes the mixing.
  public init() {}

  /// 1.
  public var streams: Int { 1 }

  /// The whole weight on the one stream.
  public var expectedWeights: [Double] { [1] }

  /// It does not.
  public var blends: Bool { false }

  /// The batch, untouched, in the shape that it has; draws nothing.
  ///
  /// - Precondition: exactly one batch.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    return batches[0]
  }
}
