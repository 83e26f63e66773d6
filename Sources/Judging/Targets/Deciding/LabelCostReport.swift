public import Decisions
import Evaluation

/// What the decisions about one label cost in the mean, beside those of the more probable answer.
public struct LabelCostReport: Sendable, Encodable {
  /// Name of the label.
  public let label: String
  /// By the rule's threshold and by ½, each with an interval, and their difference with a paired one.
  public let costs: CostComparison

  /// - Parameters:
  ///   - rule: With costs of some labels.
  ///   - predictions: Examples that the rule was not chosen on, as the model gave them.
  /// - Returns: a row for each label that has costs and is known of some example.
  /// - Throws: `LabelRuleError` where a label has no part.
  public static func all(
    _ rule: LabelRule, on predictions: LabelPredictions
  ) throws(LabelRuleError) -> [LabelCostReport] {
    let (parts, applied) = (
      try rule.matched(predictions.labels), try rule.applied(to: predictions)
    )
    return parts.enumerated().compactMap { label, part in
      guard let costs = part.rule?.costs, let one = applied.one(label) else { return nil }
      let sample = LabelledProbabilities(one)
      let scores = sample.column(1)
      return LabelCostReport(
        label: part.label,
        costs: CostComparison(
          costs, on: sample, decided: scores.map { $0 >= part.threshold ? 1 : 0 },
          plain: scores.map { $0 >= 0.5 ? 1 : 0 },
          prevalence: part.rule?.targetCorrection?.target))
    }
  }
}
