import Evaluation
import Requirements

/// An AUROC taken apart: what each positive and each negative contributes to it.
///
/// With `ψ` 1 where a positive outscores a negative, ½ where they tie, else 0:
/// `V₁₀(i)` is the mean of `ψ` over the negatives for positive `i`, `V₀₁(j)` that over the positives
/// for negative `j`. Their means are both the area, and `var = S₁₀ / m + S₀₁ / n` with the
/// sample variances. Two models on the same examples have the covariances of their components.
///
/// The components come from midranks, in `O((m + n) log (m + n))`. Sums are exact, so the order of the
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
    guard !positives.isEmpty, !negatives.isEmpty else { return nil }
    let (m, n) = (positives.count, negatives.count)
    let all = midranks(positives + negatives)
    let (among, amongNegatives) = (midranks(positives), midranks(negatives))
    positiveParts = (0..<m).map { (all[$0] - among[$0]) / Double(n) }
    negativeParts = (0..<n).map { 1 - (all[m + $0] - amongNegatives[$0]) / Double(m) }
    // Ranks are halves of integers: this sum is exact below 2⁵².
    let sum = all.prefix(m).reduce(0, +)
    area = (sum - Double(m) * Double(m + 1) / 2) / (Double(m) * Double(n))
  }

  /// Variance of the area; `nil` with fewer than two positives or two negatives.
  public var variance: Double? { covariance(with: self) }

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
