import Foundation
import Requirements

/// Ordered classes by their cumulative logits: P(y ≤ k | x) = σ(α_k + xᵀβ_k) for k = 1…K − 1.
///
/// With one β for all k it is that of proportional odds, and its probabilities never cross where the α ascend. With several,
/// P(y ≤ k) may exceed P(y ≤ k + 1) of some row; what would then be a negative probability is 0, and the others are scaled to
/// sum to 1.
public struct CumulativeModel: Sendable, Equatable {
  /// α, shape `[K − 1]`.
  public let thresholds: [Double]
  /// β, shape `[(K − 1) × D]`, those of a threshold after those of the one before.
  public let coefficients: [Double]

  /// - Parameters:
  ///   - thresholds: α, shape `[K − 1]`.
  ///   - coefficients: β, shape `[(K − 1) × D]`.
  /// - Precondition: at least one threshold, and as many coefficients for each.
  public init(thresholds: [Double], coefficients: [Double]) {
    require(
      !thresholds.isEmpty && !coefficients.isEmpty
        && coefficients.count.isMultiple(of: thresholds.count),
      "CumulativeModel: expected coefficients for each threshold, got \(coefficients.count) for "
        + "\(thresholds.count)")
    (self.thresholds, self.coefficients) = (thresholds, coefficients)
  }

  /// Grades there are, K.
  public var grades: Int { thresholds.count + 1 }
  /// Numbers a row, D.
  public var width: Int { coefficients.count / thresholds.count }

  /// Probabilities of rows.
  public struct Answer: Sendable, Equatable {
    /// P(y = k), shape `[N × K]`.
    public let probabilities: [Double]
    /// Rows that had to be straightened: P(y ≤ k) fell somewhere as k rises.
    public let straightened: Int
  }

  /// What it says of rows.
  ///
  /// - Parameter features: numbers, shape `[N × D]`, a row after the other.
  /// - Returns: probabilities that sum to 1, and how many rows had to be straightened.
  /// - Precondition: whole rows.
  public func callAsFunction(_ features: [Double]) -> Answer {
    let (width, boundaries) = (self.width, thresholds.count)
    require(
      features.count.isMultiple(of: width),
      "CumulativeModel: expected rows of \(width) numbers, got \(features.count)")
    let rows = features.count / width
    var (probabilities, straightened) = ([Double](repeating: 0, count: rows * grades), 0)
    for row in 0..<rows {
      var (above, sum, crosses) = (-Double.infinity, 0.0, false)
      for grade in 0...boundaries {
        var logit = Double.infinity
        if grade < boundaries {
          logit = thresholds[grade]
          for column in 0..<width {
            logit += coefficients[grade * width + column] * features[row * width + column]
          }
        }
        let share = sigmoidDifference(logit, above)
        crosses = crosses || share < 0
        probabilities[row * grades + grade] = max(share, 0)
        sum += max(share, 0)
        above = logit
      }
      for grade in 0...boundaries { probabilities[row * grades + grade] /= sum }
      if crosses { straightened += 1 }
    }
    return Answer(probabilities: probabilities, straightened: straightened)
  }
}

/// σ(a) − σ(b), with the digits of the smaller one where both are near 1.
func sigmoidDifference(_ a: Double, _ b: Double) -> Double {
  min(a, b) > 0 ? sigmoid(-b) - sigmoid(-a) : sigmoid(a) - sigmoid(b)
}

/// 1 / (1 + e^{−x}), of infinities too.
func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}
