/// The optimisers by the names that a command line or configuration file calls them.
public enum OptimizerKind: String, Codable, Sendable, CaseIterable {
  /// Stochastic gradient descent.
  case sgd
  /// Adam with decoupled weight decay.
  case adamw

  /// - Parameter name: one of the names.
  /// - Throws: `OptimizerKindError` if there is no optimiser of that name.
  public init(named name: String) throws(OptimizerKindError) {
    guard let kind = OptimizerKind(rawValue: name) else { throw .unknown(name) }
    self = kind
  }

  /// An optimiser of this kind.
  ///
  /// - Parameters:
  ///   - parameters: what it moves.
  ///   - momentum: μ of SGD, in `0..<1`; AdamW has its own two and ignores it.
  ///   - nesterov: whether SGD looks one step ahead; AdamW ignores it.
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
    }
  }
}

/// Why an optimiser could not be chosen.
public enum OptimizerKindError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No optimiser is called this.
  case unknown(String)

  /// What was passed and what is known.
  public var description: String {
    switch self {
    case .unknown(let name):
      "no optimiser is called '\(name)'; expected one of: "
        + OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}
