/// How well the labels of one example are ordered: three numbers, all of scikit-learn.
///
/// Only labels that are known count. An example without any label, or with all of them, has nothing to order: its
/// precision is 1 and its loss 0; without any its coverage is 0.
struct LabelRanking: Equatable {
  /// Mean over the labels of the example of the part of labels ranked as high that it has too, ties ranked low
  /// (`label_ranking_average_precision_score`).
  let averagePrecision: Double
  /// Part of pairs of a label that it has and one that it has not in which the first is not ranked higher
  /// (`label_ranking_loss`).
  let loss: Double
  /// How far down the list one must go to meet all its labels (`coverage_error`).
  let coverage: Double

  /// - Parameters:
  ///   - scores: Of the labels that are known.
  ///   - truths: Whether the example has them.
  init(scores: [Double], truths: [Bool]) {
    let own = zip(scores, truths).filter(\.1).map(\.0)
    let others = zip(scores, truths).filter { !$0.1 }.map(\.0)
    coverage = own.min().map { least in Double(scores.count { $0 >= least }) } ?? 0
    guard !own.isEmpty, !others.isEmpty else {
      (averagePrecision, loss) = (1, 0)
      return
    }
    averagePrecision =
      own.reduce(0) { sum, score in
        sum + Double(own.count { $0 >= score }) / Double(scores.count { $0 >= score })
      } / Double(own.count)
    let wrong = own.reduce(0) { sum, score in sum + others.count { $0 >= score } }
    loss = Double(wrong) / Double(own.count * others.count)
  }
}
