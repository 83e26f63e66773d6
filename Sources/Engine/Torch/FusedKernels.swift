internal import CTorch
import Requirements

/// Optimiser steps over whole lists of tensors, in place, on libtorch's fused kernels.
///
/// Lists run in parallel: element `i` of each belongs to parameter `i` and lies in memory as it does
/// (channels-last beside channels-last). Nothing is recorded.
public enum FusedKernels {
  /// Stochastic gradient descent with PyTorch's conventions: `g ← g + decay · x`,
  /// `v ← momentum · v + g` (`v ← g` at the first step), `x ← x - rate · v`, or with Nesterov
  /// `x ← x - rate · (g + momentum · v)`.
  ///
  /// - Parameter momentumBuffers: one of the shape of each parameter; not looked at where
  ///   `momentum` is 0.
  /// - Precondition: as many gradients as parameters, each of its parameter's shape and memory
  ///   layout; so with buffers where `momentum` is not 0.
  public static func sgd(
    params: [Tensor], grads: [Tensor], momentumBuffers: [Tensor], lr: Double, momentum: Double,
    weightDecay: Double, nesterov: Bool, isFirstStep: Bool
  ) {
    guard !params.isEmpty else { return }
    expect("fusedSGD", params.count, "gradients", grads)
    if momentum != 0 { expect("fusedSGD", params.count, "momentum buffers", momentumBuffers) }
    let status = withPointers(params) { x, count in
      withPointers(grads) { g, _ in
        withPointers(momentumBuffers) { v, _ in
          ct_fused_sgd_(x, g, v, count, lr, momentum, weightDecay, nesterov, isFirstStep)
        }
      }
    }
    Tensor.check(status, "fusedSGD", expected: "a gradient and a buffer per parameter", got: [])
  }

  /// AdamW (Loshchilov and Hutter 2019), decay decoupled from the gradient.
  ///
  /// - Parameter steps: float32 counters of shape `[]`, one per parameter, raised here by 1 before
  ///   the update.
  /// - Precondition: a gradient, both moments and a counter per parameter; gradient and moments are
  ///   of its shape and memory layout.
  public static func adamW(
    params: [Tensor], grads: [Tensor], expAvg: [Tensor], expAvgSq: [Tensor], steps: [Tensor],
    lr: Double, beta1: Double, beta2: Double, weightDecay: Double, eps: Double
  ) {
    guard !params.isEmpty else { return }
    expect("fusedAdamW", params.count, "gradients", grads)
    expect("fusedAdamW", params.count, "first moments", expAvg)
    expect("fusedAdamW", params.count, "second moments", expAvgSq)
    expect("fusedAdamW", params.count, "steps", steps)
    let one = Tensor(Float(1))
    for step in steps { step.add(one) }
    let status = withPointers(params) { x, count in
      withPointers(grads) { g, _ in
        withPointers(expAvg) { m, _ in
          withPointers(expAvgSq) { s, _ in
            withPointers(steps) { t, _ in
              ct_fused_adamw_(x, g, m, s, t, count, lr, beta1, beta2, weightDecay, eps)
            }
          }
        }
      }
    }
    Tensor.check(status, "fusedAdamW", expected: "a gradient and moments per parameter", got: [])
  }

  /// Euclidean length of all the elements of all the tensors, shape `[]`.
  /// - Precondition: at least one tensor, all of floating types.
  public static func globalNorm(_ tensors: [Tensor]) -> Tensor {
    Tensor(
      withPointers(tensors) { ct_foreach_norm($0, $1) }, "globalNorm",
      expected: "one or more floating tensors", got: tensors)
  }

  /// Multiplies every tensor by `factor`, `[]`, which stays where it is: nothing waits for the device.
  /// - Precondition: floating tensors, and a factor of shape `[]`.
  public static func scale(_ tensors: [Tensor], by factor: Tensor) {
    guard !tensors.isEmpty else { return }
    Tensor.check(
      withPointers(tensors) { ct_foreach_mul_($0, $1, factor.pointer) }, "scale",
      expected: "floating tensors, and a factor of shape []", got: [factor])
  }

  /// Moves every tensor to `(1 - weight) · tensor + weight · end`.
  /// - Precondition: as many ends as tensors, each of its tensor's shape.
  public static func lerp(_ tensors: [Tensor], to ends: [Tensor], weight: Double) {
    guard !tensors.isEmpty else { return }
    expect("lerp", tensors.count, "ends", ends)
    let status = withPointers(tensors) { x, count in
      withPointers(ends) { end, _ in ct_foreach_lerp_(x, end, count, weight) }
    }
    Tensor.check(status, "lerp", expected: "an end of equal shape per tensor", got: [])
  }

  private static func expect(
    _ operation: String, _ count: Int, _ what: String, _ tensors: [Tensor]
  ) {
    require(
      tensors.count == count,
      "FusedKernels.\(operation): expected \(count) \(what), got \(tensors.count)")
  }
}
