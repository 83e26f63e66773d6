/// A value that was tried, and what held-out rows lost by it.
public struct Trial: Sendable, Equatable {
  /// The value.
  public let value: Double
  /// Mean over the held-out rows.
  public let loss: Double
}
