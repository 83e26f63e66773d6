/// The optimiser of a run, with its options.
public struct OptimizerSettings: Sendable, Codable, Equatable {
  /// Which optimiser.
  public var kind: OptimizerKind
  /// μ of SGD or β of Muon, in `0..<1`; AdamW has its own two.
  public var momentum: Double
  /// Whether SGD looks one step ahead.
  public var nesterov: Bool
  /// Weight decay, at least 0.
  public var weightDecay: Double
  /// ρ of sharpness-aware minimisation around the optimiser, at least 0; `nil` is without.
  public var sam: Double?

  /// Settings of their parts.
  public init(
    kind: OptimizerKind, momentum: Double = 0.9, nesterov: Bool = false, weightDecay: Double = 0,
    sam: Double? = nil
  ) {
    (self.kind, self.momentum, self.nesterov) = (kind, momentum, nesterov)
    (self.weightDecay, self.sam) = (weightDecay, sam)
  }

  /// A fresh optimiser of `parameters` with these settings.
  ///
  /// - Precondition: every option is in its range.
  public func optimizer(of parameters: ParameterList) -> any Optimizer {
    let base = kind.optimizer(
      of: parameters, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
    return sam.map { SAM(base, rho: $0) } ?? base
  }
}
