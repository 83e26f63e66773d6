/// Agreement between truth and prediction in one number, all computed from integer sums.
extension ConfusionMatrix {
  /// Part of the examples decided rightly; `nil` without examples.
  public var accuracy: Double? { ratio(correct, total) }

  /// Matthews' correlation for `C` classes, −1…1; `nil` without examples.
  ///
  /// `R_K = (c·s − Σ p_k t_k) / √((s² − Σ p_k²)(s² − Σ t_k²))`, with `s` examples, `c` of them right,
  /// `t_k` of class `k` and `p_k` decided as `k`. Where only one class occurs in the truth or in the
  /// prediction it is 0, as scikit-learn defines it: such predictions carry no information.
  ///
  /// Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation
  /// coefficient", Computational Biology and Chemistry 28, 2004.
  public var matthewsCorrelation: Double? {
    let all = total
    guard all > 0 else { return nil }
    let (support, predicted) = (support, predicted)
    let covariance = correct * all - dot(support, predicted)
    let spread = Double(all * all - dot(predicted, predicted))
    let truthSpread = Double(all * all - dot(support, support))
    guard spread > 0, truthSpread > 0 else { return 0 }
    return Double(covariance) / (spread * truthSpread).squareRoot()
  }

  /// How much a disagreement between two classes weighs in Cohen's kappa.
  public enum KappaWeights: String, Sendable, Codable {
    /// Every disagreement weighs 1.
    case equal
    /// |i − j|: for ordered classes.
    case linear
    /// (i − j)²: for ordered classes, the usual one for grades of disease.
    case quadratic

    func weight(_ truth: Int, _ predicted: Int) -> Int {
      let distance = abs(truth - predicted)
      switch self {
      case .equal: return min(distance, 1)
      case .linear: return distance
      case .quadratic: return distance * distance
      }
    }
  }

  /// Cohen's kappa: agreement beyond chance, `1 − Σ w O / Σ w E`, at most 1.
  ///
  /// `O` are the counts, `E_ij = t_i p_j / s` those expected of independent truth and prediction.
  /// `i − j` is a distance in the full class list, so a grade that happens to be absent still lies
  /// between its neighbours (scikit-learn: pass `labels`). `nil` where truth and prediction
  /// all fall in one and the same class, or without examples.
  ///
  /// Source: Cohen, "Weighted kappa", Psychological Bulletin 70, 1968.
  ///
  /// - Parameter weights: How a disagreement is weighed.
  public func cohenKappa(_ weights: KappaWeights = .equal) -> Double? {
    let (support, predicted, all) = (support, predicted, total)
    var observed: Int128 = 0
    var expected: Int128 = 0
    for truth in 0..<classes {
      for decided in 0..<classes {
        let weight = Int128(weights.weight(truth, decided))
        observed += weight * Int128(counts[truth * classes + decided])
        expected += weight * Int128(support[truth] * predicted[decided])
      }
    }
    guard expected > 0 else { return nil }
    return 1 - Double(observed * Int128(all)) / Double(expected)
  }
}

private func dot(_ left: [Int], _ right: [Int]) -> Int {
  zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
}
