import Requirements
public import Torch

/// Sharpness-aware minimisation: the gradient of the worst point nearby,
/// g = ∇L(x + ρ ∇L(x) / ‖∇L(x)‖), followed by another optimiser from x.
///
/// The norm is that of all gradients together. ρ = 0 is the base optimiser. Source: Foret, Kleiner, Mobahi,
/// Neyshabur, "Sharpness-Aware Minimization for Efficiently Improving Generalization", ICLR 2021.
public struct SAM: Optimizer {
  private var base: any Optimizer
  /// ρ, at least 0; the paper uses .05 on CIFAR and ImageNet.
  public let rho: Double

  /// - Parameters:
  ///   - base: what follows the gradient.
  ///   - rho: how far to climb before the gradient is taken, at least 0.
  /// - Precondition: `rho` is at least 0 and finite; `base` takes one pass a step.
  public init(_ base: any Optimizer, rho: Double = 0.05) {
    require(
      rho >= 0 && rho.isFinite && !base.repeats,
      "SAM: expected a rho of at least 0 over an optimiser of one pass, got \(rho)")
    (self.base, self.rho) = (base, rho)
  }

  /// What the base moves.
  public var parameters: ParameterList { base.parameters }
  /// The gradients are needed twice.
  public var repeats: Bool { true }

  /// The base's step, without the climb.
  ///
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func step(rate: Double) { base.step(rate: rate) }

  /// Climbs, asks for the gradients there, goes back to the very bytes, and steps.
  ///
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func step(rate: Double, again: () -> Void) {
    let moved = parameters.tensors.filter { $0.grad != nil }
    let kept = withoutGradients { moved.map { $0.detached().cloned() } }
    withoutGradients {
      guard rho > 0, !moved.isEmpty else { return }
      // A gradient of 0 has no direction to climb in: 0 / 10⁻¹² stays 0.
      let norm = FusedKernels.globalNorm(moved.compactMap(\.grad))
      let factor = rho / norm.clamped(min: 1e-12, max: .infinity)
      for tensor in moved {
        if let slope = tensor.grad { tensor.add(slope * factor) }
      }
    }
    again()
    withoutGradients {
      // x + e − e is not x.
      for (tensor, value) in zip(moved, kept) { tensor.copy(from: value) }
    }
    base.step(rate: rate)
  }

  /// The base's, in its names and shapes.
  public var state: [(name: String, value: Tensor)] { base.state }

  /// Takes back a saved state of the base.
  ///
  /// - Parameter state: a tensor for every name in `self.state`, of equal shape.
  /// - Throws: `OptimizerStateError` if a tensor is missing or of another shape; nothing is changed
  ///   then.
  public mutating func load(_ state: [String: Tensor]) throws(OptimizerStateError) {
    try base.load(state)
  }
}
