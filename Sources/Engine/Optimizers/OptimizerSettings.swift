/// The optimiser of a run, with its options.
public struct OptimizerSettings: Sendable, Codable, Equatable {
  /// Which optimiser.
  public var kind: OptimizerKind
  /// μ of SGD, in `0..<1`.
  public var momentum: Double
  /// Whether SGD looks one step ahead.
  public var nesterov: Bool
  /// Weight decay, at least 0.
  public var weightDecay: Double

  /// Settings of their parts.
  public init(kind: OptimizerKind, momentum: Double, nesterov: Bool, weightDecay: Double) {
    (self.kind, self.momentum, self.nesterov) = (kind, momentum, nesterov)
    self.weightDecay = weightDecay
  }

  /// A fresh optimiser of `parameters` with these settings.
  public func optimizer(of parameters: ParameterList) -> any Optimizer {
    kind.optimizer(
      of: parameters, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
  }
}
