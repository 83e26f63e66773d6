/// Two runs on the same images.
public struct PairedResult: Codable, Sendable, Equatable {
  /// Name of the run compared with.
  public var baseline: String
  /// Name of the other.
  public var candidate: String

  /// A paired result.
  public init(baseline: String, candidate: String) {
    (self.baseline, self.candidate) = (baseline, candidate)
  }
}
