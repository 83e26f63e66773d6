/// The optimisers by the names that a command line or configuration file calls them.
public enum OptimizerKind: String, Codable, Sendable, CaseIterable {
  /// Stochastic gradient descent.
  case sgd
  /// Adam with decoupled weight decay.
  case adamw
  /// Orthogonalised momentum for hidden matrices, AdamW for the rest.
  case muon

  /// An optimiser of this kind.
  ///
  /// - Parameters:
  ///   - parameters: what it moves.
  ///   - momentum: μ of SGD, β of Muon, in `0..<1`; AdamW has its own two and ignores it.
  ///   - nesterov: whether SGD looks one step ahead; the others ignore it.
  ///   - weightDecay: at least 0.
  /// - Precondition: every option is in its range.
  public func optimizer(
    of parameters: ParameterList, momentum: Double, nesterov: Bool, weightDecay: Double
  ) -> any Optimizer {
    switch self {
    case .sgd:
      SGD(parameters, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
    case .adamw:
      AdamW(parameters, weightDecay: weightDecay)
    case .muon:
      Muon(parameters, momentum: momentum, weightDecay: weightDecay)
    }
  }
}
