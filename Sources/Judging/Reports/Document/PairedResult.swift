public import Uncertainty

/// Two runs on the same images.
public struct PairedResult: Codable, Sendable, Equatable {
  /// Name of the run compared with.
  public var baseline: String
  /// Name of the other.
  public var candidate: String
  /// What came of it; `nil` where they cannot be compared.
  public var comparison: Comparison?
  /// Why they cannot be compared.
  public var reason: String?

  /// A paired result.
  public init(
    baseline: String, candidate: String, comparison: Comparison?, reason: String? = nil
  ) {
    (self.baseline, self.candidate) = (baseline, candidate)
    (self.comparison, self.reason) = (comparison, reason)
  }
}
