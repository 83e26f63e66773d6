/// How a pass treats what depends on being in training.
public enum Mode: Sendable, Equatable {
  /// Batch statistics are used and recorded, dropout drops.
  case learning
  /// As `learning`, but batch statistics are not recorded: a second pass of the same step, or an attack.
  case frozenStatistics
  /// Running statistics are used, nothing is dropped.
  case evaluating
}
