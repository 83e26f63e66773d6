import Requirements
public import Torch

/// Stochastic gradient descent with momentum: g ← g + decay · x, v ← μ v + g, x ← x − rate · v,
/// or with Nesterov's look-ahead x ← x − rate · (g + μ v).
///
/// Source: Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in
/// deep learning", ICML 2013, in the form and with the values of `torch.optim.SGD`.
public struct SGD: Optimizer {
  /// What it moves.
  public let parameters: ParameterList
  /// How much of the last step carries over, μ, in `0..<1`.
  public let momentum: Double
  /// Whether the gradient is looked up one step ahead.
  public let nesterov: Bool
  /// Part of every parameter added to its gradient; at least 0.
  public let weightDecay: Double
  private let velocities: [Tensor]

  /// - Parameters:
  ///   - parameters: what it moves.
  ///   - momentum: how much of the last step carries over, in `0..<1`.
  ///   - nesterov: whether to look one step ahead; needs momentum.
  ///   - weightDecay: part of every parameter added to its gradient; at least 0.
  /// - Precondition: every option is in its range.
  public init(
    _ parameters: ParameterList, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0
  ) {
    require(
      (0..<1).contains(momentum), "SGD: expected a momentum from 0 to below 1, got \(momentum)")
    require(
      !nesterov || momentum > 0, "SGD: expected a momentum above 0 for Nesterov, got \(momentum)")
    require(
      weightDecay >= 0, "SGD: expected a weight decay of at least 0, got \(weightDecay)")
    self.parameters = parameters
    (self.momentum, self.nesterov, self.weightDecay) = (momentum, nesterov, weightDecay)
    velocities = momentum > 0 ? parameters.zerosAlike() : []
  }

  /// One step, in place.
  ///
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func step(rate: Double) {
    check(rate: rate)
    withoutGradients {
      for (factor, moved) in parameters.movedByRate {
        // μ · 0 + g is g, so velocities that begin as zeros need no special first step.
        FusedKernels.sgd(
          params: moved.map { parameters.tensors[$0] },
          grads: moved.compactMap { parameters.tensors[$0].grad },
          momentumBuffers: momentum > 0 ? moved.map { velocities[$0] } : [],
          lr: rate * factor, momentum: momentum, weightDecay: weightDecay, nesterov: nesterov,
          isFirstStep: false)
      }
    }
  }

  /// `momentum.NAME` of every parameter, in its shape; nothing without momentum.
  public var state: [(name: String, value: Tensor)] {
    zip(parameters.names, velocities).map { ("momentum." + $0, $1) }
  }
}
