import Evaluation
import Requirements

/// An AUROC taken apart: what each positive and each negative contributes to it.
///
/// With `ψ` 1 where a positive outscores a negative, ½ where they tie, else 0:
/// `V₁₀(i)` is the mean of `ψ` over the negatives for positive `i`, `V₀₁(j)` that over the positives
/// for negative `j`. Their means are both the area, and `var = S₁₀ / m + S₀₁ / n` with the
/// sample variances. Two models on the same examples have the covariances of their components.
///
/// One sort gives all components, in `O((m + n) log (m + n))`. Sums are exact, so the order of the
/// examples changes no bit.
///
/// Source: DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver
/// operating characteristic curves", Biometrics 44, 1988; the fast form is Sun and Xu, "Fast
/// implementation of DeLong's algorithm", IEEE Signal Processing Letters 21, 2014.
public struct DeLong: Sendable, Equatable {
  /// Area under the ROC curve, 0…1.
  public let area: Double
  /// `V₁₀`, `[m]`, in the order of the positives.
  public let positiveParts: [Double]
  /// `V₀₁`, `[n]`, in the order of the negatives.
  public let negativeParts: [Double]

  /// The parts of one area; `nil` without positives or without negatives.
  ///
  /// - Parameters:
  ///   - positives: Scores of the positive examples, `[m]`.
  ///   - negatives: Scores of the negative examples, `[n]`.
  /// - Precondition: no score is NaN.
  public init?(positives: [Double], negatives: [Double]) {
    require(
      !positives.contains(where: \.isNaN) && !negatives.contains(where: \.isNaN),
      "DeLong: expected numbers, got NaN among the scores")
    self.init(
      order: ScoreOrder(
        scores: positives + negatives,
        truths: positives.map { _ in 1 } + negatives.map { _ in 0 }), positive: 1)
  }

  /// The parts of one class against the rest; `nil` without positives or without negatives.
  ///
  /// - Parameters:
  ///   - order: Examples by the score of this class.
  ///   - positive: The class.
  init?(order: ScoreOrder, positive: Int) {
    let entries = order.entries
    let m = entries.count { Int($0.truth) == positive }
    let n = entries.count - m
    guard m > 0, n > 0 else { return nil }
    var parts = [Double](repeating: 0, count: entries.count)
    var isPositive = [Bool](repeating: false, count: entries.count)
    // From the highest score down: positives above the run, negatives below it, halves for ties.
    var (above, passed, halves) = (0, 0, 0)
    for run in order.runs {
      let tied = entries[run].count { Int($0.truth) == positive }
      let tiedNegatives = run.count - tied
      for entry in entries[run] {
        let row = Int(entry.row)
        isPositive[row] = Int(entry.truth) == positive
        parts[row] =
          isPositive[row]
          ? Double(2 * (n - passed) - tiedNegatives) / Double(2 * n)
          : Double(2 * above + tied) / Double(2 * m)
      }
      halves += tied * (2 * (n - passed) - tiedNegatives)
      above += tied
      passed += tiedNegatives
    }
    area = Double(halves) / (2 * Double(m) * Double(n))
    positiveParts = parts.indices.compactMap { isPositive[$0] ? parts[$0] : nil }
    negativeParts = parts.indices.compactMap { isPositive[$0] ? nil : parts[$0] }
  }

  /// Variance of the area; `nil` with fewer than two positives or two negatives.
  public var variance: Double? { covariance(with: self) }

  /// Degrees of freedom of the variance, `(S₁₀/m + S₀₁/n)² / ((S₁₀/m)²/(m − 1) + (S₀₁/n)²/(n − 1))`: with few
  /// positives about as many as they are. `nil` with fewer than two positives or negatives, or a variance of 0.
  ///
  /// Source: Welch, "The generalization of Student's problem when several different population variances are
  /// involved", Biometrika 34, 1947.
  public var freedom: Double? {
    guard positiveParts.count > 1, negativeParts.count > 1 else { return nil }
    let (m, n) = (Double(positiveParts.count), Double(negativeParts.count))
    let first = sampleCovariance(positiveParts, area, positiveParts, area) / m
    let second = sampleCovariance(negativeParts, area, negativeParts, area) / n
    guard first + second > 0 else { return nil }
    return (first + second) * (first + second)
      / (first * first / (m - 1) + second * second / (n - 1))
  }

  /// Covariance with another model's area on the same examples in the same order; `nil` with fewer
  /// than two positives or two negatives.
  ///
  /// - Precondition: both have the same numbers of positives and negatives.
  public func covariance(with other: DeLong) -> Double? {
    require(
      positiveParts.count == other.positiveParts.count
        && negativeParts.count == other.negativeParts.count,
      "DeLong.covariance: expected \(positiveParts.count) positives and \(negativeParts.count)"
        + " negatives, got \(other.positiveParts.count) and \(other.negativeParts.count)")
    guard positiveParts.count > 1, negativeParts.count > 1 else { return nil }
    return sampleCovariance(positiveParts, area, other.positiveParts, other.area)
      / Double(positiveParts.count)
      + sampleCovariance(negativeParts, area, other.negativeParts, other.area)
      / Double(negativeParts.count)
  }
}

private func sampleCovariance(
  _ left: [Double], _ leftMean: Double, _ right: [Double], _ rightMean: Double
) -> Double {
  var sum = ExactSum.zero
  for (x, y) in zip(left, right) { sum.add((x - leftMean) * (y - rightMean)) }
  return sum.value / Double(left.count - 1)
}
