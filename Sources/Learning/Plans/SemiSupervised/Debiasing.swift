public import Losses
import Requirements
public import Sampling
public import Torch

/// What a network says of unlabelled rows on the whole, so that it can be taken off what it says of each:
/// q̂ ← m q̂ + (1 − m) mean_u softmax(z_u), from 1/C.
///
/// Source: Wang, Wu, Lian, Yu, "Debiased Learning from Naturally Imbalanced Pseudo-Labels", CVPR 2022.
public struct Debiasing: Sendable, Equatable {
  /// λ, at least 0; 0 takes nothing off.
  public var strength: Double
  /// m, in `0..<1`.
  public var decay: Double

  /// - Parameters:
  ///   - strength: λ, at least 0.
  ///   - decay: m, in `0..<1`.
  /// - Precondition: both are in range.
  public init(strength: Double, decay: Double) {
    require(
      strength >= 0 && strength.isFinite && (0..<1).contains(decay),
      "Debiasing: expected a strength of at least 0 and a decay in 0..<1, got \(strength) and "
        + "\(decay)")
    (self.strength, self.decay) = (strength, decay)
  }

  /// `answers`, q̂, `[C]`, float64; 1/C of each class.
  public func memory(for classes: ClassCounts) -> Memory {
    Memory([
      "answers": .full([classes.count], 1 / Double(classes.count), dtype: .float64)
    ])
  }

  /// λ ln q̂, shape `[1, C]`, float64.
  ///
  /// - Precondition: the memory has `answers`.
  public func bias(_ memory: Memory) -> Tensor {
    memory["answers"].log().unsqueezed(0) * strength
  }

  /// q̂ after the rows of a step.
  ///
  /// - Parameters:
  ///   - memory: q̂ before.
  ///   - logits: z_u, `[N, C]`.
  public func updated(_ memory: Memory, by logits: Tensor) -> Memory {
    withoutGradients {
      var next = memory
      let said = logits.detached().to(.float64).softmax(dim: 1).mean(dims: [0])
      next["answers"] = memory["answers"] * decay + said * (1 - decay)
      return next
    }
  }
}
