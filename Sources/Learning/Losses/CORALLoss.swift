import Requirements
public import Torch

/// CORAL, ordered classes as questions whether they are beyond each threshold, all asked of every row:
///
/// ```text
/// ℓ_i = Σ_{k < K − 1} λ_k BCE(z_ik, [y_i > k])
/// ```
///
/// Classes 0…K−1 in their order, K − 1 outputs; σ(z_k) is P(y > k). With one direction for all thresholds
/// (``Networks/ThresholdHead``) the biases are ordered where the loss is least. λ are importances of the thresholds, one each; weights of
/// classes are K, one for each class, and weigh whole rows. Two classes give the sigmoid cross-entropy.
///
/// Source: Cao, Mirjalili, Raschka, "Rank Consistent Ordinal Regression for Neural Networks with Application to Age Estimation",
/// Pattern Recognition Letters 2020. The values are those of `coral-pytorch`.
public struct CORALLoss: Loss, Equatable {
  /// λ, shape `[K − 1]`, at least 0; `nil` is 1 for all.
  public var importance: [Double]?

  /// - Parameter importance: λ, shape `[K − 1]`, at least 0; `nil` is 1 for all.
  /// - Precondition: finite and at least 0.
  public init(importance: [Double]? = nil) {
    require(
      importance?.allSatisfy { $0 >= 0 && $0.isFinite } ?? true,
      "CORALLoss: expected importances of at least 0, got \(importance ?? [])")
    self.importance = importance
  }

  /// ℓ_i, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, K − 1]` with N labels in `0..<K`, and as many importances as outputs.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let questions = logits.shape[1]
    require(
      labels.allSatisfy { (0...questions).contains($0) },
      "CORALLoss: expected classes in 0...\(questions) for \(questions) outputs, got \(labels)")
    require(
      importance?.count ?? questions == questions,
      "CORALLoss: expected an importance for each of \(questions) thresholds, got \(importance ?? [])"
    )
    let levels: [Float] = labels.flatMap { label in
      (0..<questions).map { label > $0 ? 1 : 0 }
    }
    let answers = SigmoidCrossEntropy().perEntry(
      logits,
      Tensor(levels, shape: [labels.count, questions]).to(logits.dtype).moved(to: logits.device),
      state)
    guard let importance else { return answers.sum(dims: [1]) }
    let factors = Tensor(importance, shape: [1, questions]).to(logits.dtype)
      .moved(to: logits.device)
    return (answers * factors).sum(dims: [1])
  }

  /// One more: as many weights as there are grades.
  public func classes(of outputs: Int) -> Int { outputs + 1 }
}
