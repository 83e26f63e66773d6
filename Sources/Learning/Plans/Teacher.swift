import Requirements

/// A second network that follows the one that learns: θ' ← d θ' + (1 − d) θ after every update.
///
/// The first update copies the weights. Running statistics follow likewise.
public struct Teacher: Sendable, Equatable {
  /// d, in `0..<1`; 0 makes it the network itself.
  public var decay: Double
  /// Whether d rises from 0, so that a short run is not dominated by its random start.
  public var warmup: Bool
  /// Whether it is what is validated and becomes the model, in place of the network that learns.
  public var isModel: Bool

  /// - Parameters:
  ///   - decay: d, in `0..<1`.
  ///   - warmup: whether d rises from 0.
  ///   - isModel: whether it is what is validated and becomes the model.
  /// - Precondition: `decay` is in `0..<1`.
  public init(decay: Double, warmup: Bool = true, isModel: Bool) {
    require((0..<1).contains(decay), "Teacher: expected a decay in 0..<1, got \(decay)")
    (self.decay, self.warmup, self.isModel) = (decay, warmup, isModel)
  }
}
