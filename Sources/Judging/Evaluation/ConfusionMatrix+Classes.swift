/// Rates of one class against the rest, `[C]`; `nil` where the denominator is 0.
///
/// With TP, FP, FN, TN the counts of class `c` against all others.
extension ConfusionMatrix {
  /// Rightly decided examples of each class, `[C]`.
  public var truePositives: [Int] { (0..<classes).map { counts[$0 * classes + $0] } }

  /// TP / (TP + FP), `[C]`; `nil` for a class that was never predicted.
  public var precision: [Double?] { zip(truePositives, predicted).map(ratio) }

  /// TP / (TP + FN), `[C]`, also called sensitivity; `nil` for a class absent from the truth.
  public var recall: [Double?] { zip(truePositives, support).map(ratio) }

  /// TN / (TN + FP), `[C]`; `nil` for a class that every example belongs to.
  public var specificity: [Double?] {
    let (all, positives, support, predicted) = (total, truePositives, support, predicted)
    return (0..<classes).map {
      ratio(all - support[$0] - predicted[$0] + positives[$0], all - support[$0])
    }
  }

  /// 2 TP / (2 TP + FP + FN), `[C]`; `nil` for a class absent from both truth and prediction.
  public var f1: [Double?] {
    let (positives, support, predicted) = (truePositives, support, predicted)
    return (0..<classes).map { ratio(2 * positives[$0], support[$0] + predicted[$0]) }
  }
}

/// `numerator / denominator`, or `nil` where the denominator is 0.
func ratio(_ numerator: Int, _ denominator: Int) -> Double? {
  denominator == 0 ? nil : Double(numerator) / Double(denominator)
}
