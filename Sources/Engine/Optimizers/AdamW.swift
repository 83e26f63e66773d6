import Requirements
public import Torch

/// Adam with decoupled weight decay: x ← x − rate · decay · x, then
/// x ← x − rate · m̂ / (√v̂ + ε) with running means m of g and v of g², both corrected for their
/// start at 0.
///
/// Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, in the form and
/// with the values of `torch.optim.AdamW`.
public struct AdamW: Optimizer {
  /// What it moves.
  public let parameters: ParameterList
  /// How much of the mean gradient carries over, β₁, in `0..<1`.
  public let beta1: Double
  /// How much of the mean square carries over, β₂, in `0..<1`.
  public let beta2: Double
  /// Part of every parameter lost per step and unit of rate; at least 0.
  public let weightDecay: Double
  /// Keeps the quotient finite, ε; above 0.
  public let epsilon: Double
  private let means: [Tensor]
  private let squares: [Tensor]
  private let steps: [Tensor]

  /// - Parameters:
  ///   - parameters: what it moves.
  ///   - beta1: how much of the mean gradient carries over, in `0..<1`.
  ///   - beta2: how much of the mean square carries over, in `0..<1`.
  ///   - weightDecay: part of every parameter lost per step and unit of rate; at least 0.
  ///   - epsilon: keeps the quotient finite; above 0.
  /// - Precondition: every option is in its range.
  public init(
    _ parameters: ParameterList, beta1: Double = 0.9, beta2: Double = 0.999,
    weightDecay: Double = 0.01, epsilon: Double = 1e-8
  ) {
    require(
      (0..<1).contains(beta1) && (0..<1).contains(beta2),
      "AdamW: expected betas from 0 to below 1, got \(beta1) and \(beta2)")
    require(
      weightDecay >= 0, "AdamW: expected a weight decay of at least 0, got \(weightDecay)")
    require(epsilon > 0, "AdamW: expected an epsilon above 0, got \(epsilon)")
    self.parameters = parameters
    (self.beta1, self.beta2) = (beta1, beta2)
    (self.weightDecay, self.epsilon) = (weightDecay, epsilon)
    (means, squares) = (parameters.zerosAlike(), parameters.zerosAlike())
    steps = parameters.tensors.map { Tensor.zeros([], device: $0.device) }
  }

  /// One step, in place.
  ///
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func step(rate: Double) {
    check(rate: rate)
    withoutGradients {
      for (factor, moved) in parameters.movedByRate {
        FusedKernels.adamW(
          params: moved.map { parameters.tensors[$0] },
          grads: moved.compactMap { parameters.tensors[$0].grad },
          expAvg: moved.map { means[$0] }, expAvgSq: moved.map { squares[$0] },
          steps: moved.map { steps[$0] }, lr: rate * factor, beta1: beta1, beta2: beta2,
          weightDecay: weightDecay, eps: epsilon)
      }
    }
  }

  /// `mean.NAME` and `square.NAME` in each parameter's shape, `steps.NAME` in shape `[]`.
  public var state: [(name: String, value: Tensor)] {
    parameters.names.indices.flatMap { index in
      let name = parameters.names[index]
      return [
        ("mean." + name, means[index]), ("square." + name, squares[index]),
        ("steps." + name, steps[index]),
      ]
    }
  }
}
