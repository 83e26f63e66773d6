extension BalancedMixup {
  /// What has one λ: the part of the method that blends, or that does not.
  public enum Blend: String, Sendable, CaseIterable {
    /// The rows of a batch share one λ, as in the paper.
    case batch
    /// Each row has a λ of its own.
    case row
    /// No row is blended: it is one of the two whole, that of the class-balanced stream with probability E[λ]. The label
    /// mass is the same, so that this is the sampling of the method without its blending.
    case never
  }
}
