import Requirements

/// Area under the ROC curve: the probability that a positive outscores a negative, ties one half.
///
/// `AUC = (#{p > n} + ½ #{p = n}) / (P · N)`: Mann–Whitney's U over the number of pairs, counted in
/// integers, so ties are exact and order does not matter.
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a ROC curve", Radiology 143, 1982.
///
/// - Parameters:
///   - positives: Scores of the positive examples, `[P]`.
///   - negatives: Scores of the negative examples, `[N]`.
/// - Returns: The area, 0…1; `nil` where there is no positive or no negative.
/// - Precondition: no score is NaN.
public func areaUnderROC(positives: [Double], negatives: [Double]) -> Double? {
  guard !positives.isEmpty, !negatives.isEmpty else { return nil }
  require(
    !positives.contains(where: \.isNaN) && !negatives.contains(where: \.isNaN),
    "areaUnderROC: expected numbers, got NaN among the scores")
  let (positives, negatives) = (positives.sorted(), negatives.sorted())
  var (below, upTo, halves) = (0, 0, 0)
  for score in positives {
    while below < negatives.count, negatives[below] < score { below += 1 }
    upTo = max(upTo, below)
    while upTo < negatives.count, negatives[upTo] == score { upTo += 1 }
    halves += below + upTo
  }
  return Double(halves) / (2 * Double(positives.count) * Double(negatives.count))
}
