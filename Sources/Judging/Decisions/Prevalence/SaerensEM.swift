import Requirements

/// The prevalence of unlabelled examples, by expectation and maximisation over their posteriors.
///
/// From q⁰ = π: r_ic ∝ p_ic·q_c/π_c, then q_c = mean_i r_ic, until no q_c moves by 1e-6. The
/// likelihood is concave in q, so this is its maximum. It trusts the posteriors: calibrate first.
///
/// Source: Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
/// probabilities", Neural Computation 14, 2002.
public struct SaerensEM: Sendable, Equatable {
  /// q, `[C]`, summing to 1.
  public let prior: [Double]
  /// Steps taken.
  public let iterations: Int
  /// Whether the last step moved no q by the tolerance.
  public let converged: Bool

  /// The estimate from posteriors.
  ///
  /// - Parameters:
  ///   - probabilities: Posteriors under `source`, `[N, C]` flat, N at least 1.
  ///   - source: π, `[C]`.
  ///   - weights: How often each row counts, `[N]`; once where `nil`.
  ///   - start: First q, `[C]`; π where `nil`.
  ///   - tolerance: Largest step at the end, above 0.
  ///   - limit: Largest number of steps.
  /// - Precondition: there is at least one row of positive weight, and the lengths agree.
  public init(
    _ probabilities: [Double], from source: [Double], weights: [Double]? = nil,
    start: [Double]? = nil, tolerance: Double = 1e-6, limit: Int = 10_000
  ) {
    let (width, rows) = (source.count, probabilities.count / max(source.count, 1))
    let total = weights?.reduce(0, +) ?? Double(rows)
    require(
      total > 0 && rows * width == probabilities.count && weights?.count ?? rows == rows,
      "SaerensEM: expected rows of \(width) probabilities with positive weights, got "
        + "\(probabilities.count) probabilities of weight \(total)")
    var (prior, steps, moved) = (start ?? source, 0, Double.infinity)
    while moved >= tolerance, steps < limit {
      let factors = zip(prior, source).map { $1 > 0 ? $0 / $1 : 0 }
      let next = Self.step(probabilities, factors, weights, total)
      moved = zip(next, prior).reduce(0) { max($0, abs($1.0 - $1.1)) }
      (prior, steps) = (next, steps + 1)
    }
    self.prior = prior
    iterations = steps
    converged = moved < tolerance
  }

  /// Mean responsibility of each class. A row with mass only where the factors are 0 keeps its own
  /// probabilities.
  private static func step(
    _ probabilities: [Double], _ factors: [Double], _ weights: [Double]?, _ total: Double
  ) -> [Double] {
    let width = factors.count
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<probabilities.count / width {
      let weight = weights?[row] ?? 1
      if weight == 0 { continue }
      let start = row * width
      var sum = 0.0
      for c in 0..<width { sum += probabilities[start + c] * factors[c] }
      for c in 0..<width {
        let p = probabilities[start + c]
        sums[c] += weight * (sum > 0 ? p * factors[c] / sum : p)
      }
    }
    return sums.map { $0 / total }
  }
}
