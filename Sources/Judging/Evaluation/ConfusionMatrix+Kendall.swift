extension ConfusionMatrix {
  /// Kendall's τ_b between truth and prediction of ordered classes, −1…1.
  ///
  /// `(P − Q) / √((n₀ − n₁)(n₀ − n₂))`: `P` pairs of examples stand in the same order in truth and
  /// prediction, `Q` in opposite order, `n₀ = n(n−1)/2`, `n₁` pairs are tied in truth, `n₂` in
  /// prediction. Counted from the table, so a million examples cost no more than ten. `nil` where
  /// truth or prediction is constant, or with fewer than two examples.
  ///
  /// Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945.
  public var kendallTau: Double? {
    let pairs = total * (total - 1) / 2
    let inTruth = pairs - support.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let inPrediction = pairs - predicted.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    guard inTruth > 0, inPrediction > 0 else { return nil }
    let roots = Double(inTruth).squareRoot() * Double(inPrediction).squareRoot()
    let tau = Double(concordance) / roots
    // Two roots, two roundings: perfect order would be 1 + 2⁻⁵².
    return min(max(tau, -1), 1)
  }

  /// P − Q: pairs in the same order minus pairs in opposite order.
  private var concordance: Int {
    var difference = 0
    /// Examples of all rows above the current one, by column.
    var above = [Int](repeating: 0, count: classes)
    for truth in 0..<classes {
      var (left, right) = (0, above.reduce(0, +))
      for column in 0..<classes {
        right -= above[column]
        difference += counts[truth * classes + column] * (left - right)
        left += above[column]
      }
      for column in 0..<classes { above[column] += counts[truth * classes + column] }
    }
    return difference
  }
}
