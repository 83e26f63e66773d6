public import Batches
import Requirements
public import Torch

/// CORN, ordered classes as a chain of questions, each asked of those rows alone that have come so far:
///
/// ```text
/// ℓ_i = Σ_{k ≤ min(y_i, K − 2)} BCE(z_ik, [y_i > k]),   mean: Σ_i ℓ_i / Σ_k |S_k|,   S_k = {i : y_i ≥ k}
/// ```
///
/// Classes 0…K−1 in their order, K − 1 outputs; σ(z_k) is P(y > k | y ≥ k), so that P(y > k) = Π_{j ≤ k} σ(z_j) never
/// rises with k. The mean is over questions, not rows: a row of class y answers min(y + 1, K − 1) of them. Two
/// classes give the sigmoid cross-entropy.
///
/// Source: Shi, Cao, Raschka, "Deep Neural Networks for Rank-Consistent Ordinal Regression Based On Conditional
/// Probabilities", Pattern Analysis and Applications 2023 (arXiv 2021). The values are those of `coral-pytorch`.
public struct CORNLoss: Loss, Equatable {
  /// Makes the loss.
  public init() {}

  /// ℓ_i, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, K − 1]` with N labels in `0..<K`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let questions = logits.shape[1]
    require(
      labels.allSatisfy { (0...questions).contains($0) },
      "CORNLoss: expected classes in 0...\(questions) for \(questions) outputs, got \(labels)")
    func rows(_ value: (_ label: Int, _ question: Int) -> Bool) -> Tensor {
      let flat: [Float] = labels.flatMap { label in
        (0..<questions).map { value(label, $0) ? 1 : 0 }
      }
      return Tensor(flat, shape: [labels.count, questions]).to(logits.dtype)
        .moved(to: logits.device)
    }
    let answers = SigmoidCrossEntropy().perEntry(logits, rows { $0 > $1 }, state)
    return (answers * rows { $0 >= $1 }).sum(dims: [1])
  }

  /// Σ_k |S_k|, a mixed row by the weights of its labellings.
  public func denominator(of target: Target, outputs: Int) -> Double {
    target.terms.reduce(0) { sum, term in
      zip(term.labels, term.weight).reduce(sum) {
        $0 + Double($1.1) * Double(min($1.0 + 1, outputs))
      }
    }
  }

  /// The same, each row's questions by the weight of its class.
  public func weightedDenominator(of target: Target, outputs: Int) -> Double {
    denominator(of: target, outputs: outputs)
  }

  /// One more: as many weights as there are grades.
  public func classes(of outputs: Int) -> Int { outputs + 1 }
}
