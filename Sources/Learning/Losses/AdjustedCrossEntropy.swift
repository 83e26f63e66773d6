public import Batches
import Requirements
public import Torch

/// Cross-entropy of adjusted logits, the kernel of most losses for imbalanced classes:
///
/// ```text
/// z'_c = s (a_c z_c − Δ_c [c = y] − u_c |ε|) + b_c
/// q_c  = (1 − η_y) [c = y] + η_y / C
/// ℓ    = w_y (1 − p'_y)^γ · −Σ_c q_c log p'_c,   p' = softmax(z')
/// ```
///
/// What is `nil` is left out: nothing adjusted is plain cross-entropy. s, a, b, Δ and ε are there in training only; the
/// network's own logits z decide.
public struct AdjustedCrossEntropy: Loss, Equatable {
  /// s, above 0.
  public var scale = 1.0
  /// a, `[C]`, above 0.
  public var factors: [Double]?
  /// Δ, `[C]`: how much the logit of the true class must lead by, in the units of a z.
  public var margins: [Double]?
  /// b, `[C]`: what is added to each logit; a log-prior as a rule.
  public var offsets: [Double]?
  /// u |ε|: what lowers each logit by chance, in the units of a z.
  public var noise: LogitNoise?
  /// η, `[C]`, in `0..<1`: the part of the label of each class that is spread over all of them.
  public var smoothing: [Double]?
  /// γ, at least 0: how much less a row counts that is right already.
  public var focus = 0.0
  /// w: how much a row of each class counts.
  public var weights: ClassWeights?

  /// Plain cross-entropy, to be adjusted.
  public init() {}

  /// Names of what is adjusted; none of plain cross-entropy.
  public var adjustments: [String] {
    let all: [(name: String, isThere: Bool)] = [
      ("scale", scale != 1), ("factors", factors != nil), ("margins", margins != nil),
      ("offsets", offsets != nil), ("noise", noise != nil), ("smoothing", smoothing != nil),
      ("focus", focus != 0), ("weights", weights != nil),
    ]
    return all.filter(\.isThere).map(\.name)
  }

  /// (1 − p'_y)^γ · −Σ_c q_c log p'_c, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`, and every adjustment has C values.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let places = soft(Target(labels), like: logits)
    var adjusted = adjusted(logits, state)
    if let margins { adjusted = adjusted - places * row(margins.map { $0 * scale }, like: logits) }
    let values = crossEntropy(adjusted, places)
    return focus == 0 ? values : values * adjusted.focalModulation(places, gamma: focus)
  }

  /// Σ_k weight_k · perExample(labels_k), `[N]`: one log-softmax for any number of labellings,
  /// where neither margin nor focus depends on the label.
  ///
  /// - Precondition: labels in `0..<C`, and every adjustment has C values.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    guard margins == nil && focus == 0 else { return linear(logits, target.terms, state) }
    return crossEntropy(adjusted(logits, state), soft(target, like: logits))
  }

  /// w, `[C]`, once its time has come.
  public func classWeights(at moment: Moment) -> [Double]? {
    weights?.values(after: moment.elapsed)
  }

  /// b, `[C]`.
  public var logitOffsets: [Double]? { offsets }

  /// s (a z − u |ε|) + b.
  private func adjusted(_ logits: Tensor, _ state: LossState) -> Tensor {
    var adjusted = logits
    if let factors { adjusted = adjusted * row(factors, like: logits) }
    if let noise {
      require(
        noise.amplitudes.count == logits.shape[1],
        "AdjustedCrossEntropy: expected noise of \(logits.shape[1]) classes, got "
          + "\(noise.amplitudes.count)")
      let drawn = noise.drawn(rows: logits.shape[0], state)
      adjusted = adjusted - drawn.to(logits.dtype).moved(to: logits.device)
    }
    if scale != 1 { adjusted = adjusted * scale }
    if let offsets { adjusted = adjusted + row(offsets, like: logits) }
    return adjusted
  }

  /// −Σ_c q_c log softmax(z)_c of the smoothed target.
  private func crossEntropy(_ logits: Tensor, _ soft: Tensor) -> Tensor {
    var target = soft
    if let smoothing {
      let spread = row(smoothing, like: logits) * soft
      target = soft - spread + spread.mean(dims: [1], keepDims: true)
    }
    return -(target * logits.logSoftmax(dim: 1)).sum(dims: [1])
  }

  private func soft(_ target: Target, like logits: Tensor) -> Tensor {
    target.dense(classes: logits.shape[1], on: logits.device).to(logits.dtype)
  }

  private func row(_ values: [Double], like logits: Tensor) -> Tensor {
    require(
      values.count == logits.shape[1],
      "AdjustedCrossEntropy: expected \(logits.shape[1]) values, one a class, got \(values.count)")
    return Tensor(values, shape: [1, values.count]).to(logits.dtype).moved(to: logits.device)
  }
}
