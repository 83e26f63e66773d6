import Requirements
public import Torch

/// Moves parameters against their gradients, and remembers what it needs for the next step.
///
///     var optimizer = SGD(parameters, momentum: 0.9)
///     loss.backward()
///     optimizer.step(rate: 0.1 * schedule(progress))
///     parameters.clearGradients()
public protocol Optimizer: Sendable {
  /// What it moves.
  var parameters: ParameterList { get }

  /// One step, in place; a parameter without a gradient stays where it is.
  ///
  /// - Parameter rate: the learning rate; at least 0.
  /// - Precondition: `rate` is finite and at least 0.
  mutating func step(rate: Double)

  /// Whether a step needs its gradients more than once, as `step(rate:again:)` asks for them.
  var repeats: Bool { get }

  /// One step by an optimiser that may ask for the gradients again.
  ///
  /// - Parameters:
  ///   - rate: the learning rate; at least 0.
  ///   - again: makes the gradients of the parameters as they then are, with the draws and the batches
  ///     of the first time.
  /// - Precondition: `rate` is finite and at least 0.
  mutating func step(rate: Double, again: () -> Void)

  /// All that the next step depends on besides parameters and gradients, by name, in a fixed
  /// order. The tensors are the optimiser's own: copy before the next step.
  var state: [(name: String, value: Tensor)] { get }

  /// Takes back a saved state.
  ///
  /// - Parameter state: a tensor for every name in `state`, of equal shape; others are ignored.
  /// - Throws: `OptimizerStateError` if a tensor is missing or of another shape; nothing is
  ///   changed then.
  mutating func load(_ state: [String: Tensor]) throws(OptimizerStateError)
}

extension Optimizer {
  /// Once is enough.
  public var repeats: Bool { false }

  /// The plain step.
  public mutating func step(rate: Double, again: () -> Void) { step(rate: rate) }

  /// Copies `state` over the optimiser's own tensors, after checking all of them.
  ///
  /// - Parameter state: a tensor for every name in `self.state`, of equal shape.
  /// - Throws: `OptimizerStateError` if a tensor is missing or of another shape.
  public mutating func load(_ state: [String: Tensor]) throws(OptimizerStateError) {
    try copy(state, over: self.state)
  }

  func check(rate: Double) {
    require(
      rate >= 0 && rate.isFinite,
      "\(Self.self).step: expected a finite rate of at least 0, got \(rate)")
  }
}
