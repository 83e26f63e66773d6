import Batches
import Randomness
import Requirements
public import Sampling
public import Torch

/// Softmax equalization, SEQL: rare classes are mostly spared being pushed down by rows of other classes:
///
/// ```text
/// ℓ = −log( e^{z_y} / Σ_c w̃_c e^{z_c} ),   w̃_c = 1 − β · [f_c < λ] · [c ≠ y],   β ~ Bernoulli(γ)
/// ```
///
/// f_c = n_c / N is the frequency of a class, β is drawn for each row and class anew. Where no class is rarer than λ, or
/// γ = 0, it is cross-entropy.
///
/// Source: Tan, Wang, Li, Li, Ouyang, Yin, Yan, "Equalization Loss for Long-Tailed Object Recognition", CVPR 2020.
public struct SoftmaxEqualization: Loss, Equatable {
  /// Which classes are rarer than λ, `[C]`.
  public let isRare: [Bool]
  /// γ, in `0...1`.
  public let gamma: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - lambda: λ, a frequency in `0...1`.
  ///   - gamma: γ, how likely a rare class is spared, in `0...1`.
  /// - Precondition: both are in range.
  public init(_ classes: ClassCounts, lambda: Double = 0.005, gamma: Double = 0.9) {
    require(
      (0...1).contains(lambda) && (0...1).contains(gamma),
      "SoftmaxEqualization: expected λ and γ in 0...1, got \(lambda) and \(gamma)")
    (isRare, self.gamma) = (classes.priors.map { $0 < lambda }, gamma)
  }

  /// −log softmax(z + ln w̃_y)_y, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    require(
      logits.shape[1] == isRare.count,
      "SoftmaxEqualization: expected \(isRare.count) logits a row, got \(logits.shape)")
    guard isRare.contains(true) else { return CrossEntropy().perExample(logits, labels, state) }
    var source = state.moment.key("equalization").source
    // Far below any logit, and finite, so that 0 times it is 0.
    let masks = labels.flatMap { label in
      isRare.enumerated().map { c, isRare -> Double in
        isRare && source.uniform() < gamma && c != label ? -1e9 : 0
      }
    }
    let mask = Tensor(masks, shape: [labels.count, isRare.count])
    return CrossEntropy().perExample(
      logits + mask.to(logits.dtype).moved(to: logits.device), labels, state)
  }
}
