public import Batches
import Requirements
public import Torch

/// Cross-entropy of adjusted logits, the kernel of most losses for imbalanced classes:
/// z'_c = a_c z_c − Δ_c [c = y] + b_c, ℓ = −log softmax(z')_y, weighted by w_y.
///
/// What is `nil` is left out: nothing adjusted is plain cross-entropy.
public struct AdjustedCrossEntropy: Loss, Equatable {
  /// a, `[C]`, above 0.
  public var factors: [Double]?
  /// Δ, `[C]`: how much the logit of the true class must lead by, in the units of the logits.
  public var margins: [Double]?
  /// b, `[C]`: what is added to each logit; a log-prior as a rule.
  public var offsets: [Double]?
  /// w: how much a row of each class counts.
  public var weights: ClassWeights?

  /// Plain cross-entropy, to be adjusted.
  public init() {}

  /// −log softmax(z')_y, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`, and every adjustment has C values.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    var adjusted = adjusted(logits)
    if let margins {
      require(
        labels.allSatisfy(margins.indices.contains),
        "AdjustedCrossEntropy: expected labels in 0..<\(margins.count), got \(labels)")
      let places = Tensor(labels.map(Int64.init), shape: [labels.count])
        .moved(to: logits.device).oneHot(classes: margins.count).to(logits.dtype)
      adjusted = adjusted - places * row(margins, like: logits)
    }
    return CrossEntropy().perExample(adjusted, labels, state)
  }

  /// One log-softmax for any number of labellings, where no margin depends on the label.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    guard margins == nil else {
      return target.terms.dropFirst().reduce(part(logits, target.terms[0], state)) {
        $0 + part(logits, $1, state)
      }
    }
    return CrossEntropy().mixed(adjusted(logits), target, state)
  }

  /// w, once its time has come.
  public func classWeights(at moment: Moment) -> [Double]? {
    weights?.values(after: moment.elapsed)
  }

  private func part(
    _ logits: Tensor, _ term: Target.Labelling, _ state: LossState
  ) -> Tensor {
    perExample(logits, term.labels, state)
      * Tensor(term.weight, shape: [term.weight.count]).moved(to: logits.device).to(logits.dtype)
  }

  private func adjusted(_ logits: Tensor) -> Tensor {
    var adjusted = logits
    if let factors { adjusted = adjusted * row(factors, like: logits) }
    if let offsets { adjusted = adjusted + row(offsets, like: logits) }
    return adjusted
  }

  private func row(_ values: [Double], like logits: Tensor) -> Tensor {
    require(
      values.count == logits.shape[1],
      "AdjustedCrossEntropy: expected \(logits.shape[1]) values, one a class, got \(values.count)")
    return Tensor(values, shape: [1, values.count]).to(logits.dtype).moved(to: logits.device)
  }
}
