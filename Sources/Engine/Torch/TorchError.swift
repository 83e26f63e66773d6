/// What libtorch, or a check before it, refused to do.
///
/// Carries facts only; `description` makes the sentence.
public struct TorchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operation that failed, such as `Tensor.to`.
  public let operation: String
  /// libtorch's own words, first line only.
  public let reason: String

  /// An error of `operation`, for `reason`.
  public init(operation: String, reason: String) {
    (self.operation, self.reason) = (operation, reason)
  }

  /// One sentence: which operation, and why.
  public var description: String { "\(operation): \(reason)" }
}
