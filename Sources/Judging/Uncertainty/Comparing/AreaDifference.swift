public import Evaluation
import Foundation

/// Two models' AUROC of one class on the same examples, and their difference, by DeLong's method.
public struct AreaDifference: Sendable, Equatable {
  /// Area of the first model.
  public let first: Double
  /// Area of the second model.
  public let second: Double
  /// Second minus first.
  public let difference: Double
  /// Standard error of the difference; `nil` with fewer than two positives or negatives.
  public let standardError: Double?
  /// Normal interval of the difference; `nil` where the standard error is 0 or undefined.
  public let interval: Interval?
  /// Two-sided p-value of equal areas; 1 for two models that rank alike, `nil` where the standard
  /// error is undefined, or 0 with different areas.
  public let pValue: Double?

  /// The difference of two areas taken apart on the same examples in the same order.
  ///
  /// `var = var A + var B − 2 cov(A, B)`, and the difference over its root is standard normal under the
  /// null hypothesis of equal areas.
  ///
  /// Source: DeLong et al., Biometrics 44, 1988.
  ///
  /// - Parameters:
  ///   - first: Parts of the first model's area.
  ///   - second: Parts of the second model's area.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: both have the same numbers of positives and negatives.
  public init(_ first: DeLong, _ second: DeLong, level: Double = 0.95) {
    self.first = first.area
    self.second = second.area
    difference = second.area - first.area
    var error: Double?
    if let a = first.variance, let b = second.variance, let both = first.covariance(with: second) {
      error = first == second ? 0 : max(0, a + b - 2 * both).squareRoot()
    }
    standardError = error
    guard let error, error > 0 else {
      interval = nil
      pValue = error == 0 && difference == 0 ? 1 : nil
      return
    }
    let half = normalQuantile((1 + level) / 2) * error
    interval = Interval(low: difference - half, high: difference + half, level: level)
    pValue = erfc(abs(difference) / error / 2.0.squareRoot())
  }
}
