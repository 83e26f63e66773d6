import Requirements
public import Torch

/// How the logits of several heads become one answer; stored with the model.
public enum Readout: Sendable, Equatable, Codable {
  /// The mean of the logits; of a single head, its logits.
  case mean
  /// Σ_e w_e z_e; one weight a head, summing to 1.
  case weighted([Double])
  /// Σ_e a_e z_e with weights of each row: an expert counts the more the less sure those before it were
  /// (``Evidence``). `sharpness` is η, above 0; `threshold` is τ, in `0..<1`, above which an expert counts as engaged.
  case evidential(sharpness: Double, threshold: Double)

  /// The answer.
  ///
  /// - Parameter logits: `[N, C]` of each head.
  /// - Returns: `[N, C]`.
  /// - Precondition: at least one head; a weight for each.
  public func callAsFunction(_ logits: [Tensor]) -> Tensor {
    require(!logits.isEmpty, "Readout: expected the logits of at least one head, got none")
    switch self {
    case .mean:
      if logits.count == 1 { return logits[0] }
      return logits.dropFirst().reduce(logits[0], +) / Double(logits.count)
    case .weighted(let weights):
      require(
        weights.count == logits.count,
        "Readout: expected a weight for each of \(logits.count) heads, got \(weights.count)")
      let parts = zip(logits, weights).map { $0 * $1 }
      return parts.dropFirst().reduce(parts[0], +)
    case .evidential(let sharpness, _):
      let shares = Evidence(of: logits).shares(sharpness: sharpness)
      let parts = zip(logits, shares).map { $0 * $1.to($0.dtype).unsqueezed(1) }
      return parts.dropFirst().reduce(parts[0], +)
    }
  }
}
