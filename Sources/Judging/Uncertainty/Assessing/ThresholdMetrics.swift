/// What one class's scores reach at thresholds of use, each with an interval.
///
/// The values are those of `ScoreRanking`. The threshold is chosen on the same images as its value is
/// read on: that is what a comparison of models wants, and it flatters a little. A threshold for use
/// is chosen on validation, by a `DecisionPlan`.
///
/// The interval is the percentile bootstrap's, on the resamples of the other metrics: of examples or whole
/// groups, so that the prevalence varies unless class counts are fixed. The threshold is chosen again in each resample, so
/// its uncertainty is in the interval; that of a fixed threshold would be too short. Net benefit has
/// fixed thresholds. Where nearly all resamples agree, as for a perfect ranking, sensitivity and specificity
/// of independent examples have the Wilson or Clopper–Pearson interval at the threshold, which
/// `method` says, and the others none. With fewer than ten positives a specificity at a sensitivity has none.
///
/// Source: Robin et al., "pROC", BMC Bioinformatics 12, 2011, for the bootstrap of a sensitivity at a
/// specificity; Vickers and Elkin, 2006, for net benefit.
public struct ThresholdMetrics: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// Largest sensitivity among thresholds of at least a specificity: .9 and .95.
  public let sensitivityAtSpecificity: [ThresholdPoint]
  /// Largest specificity among thresholds of at least a sensitivity: .9 and .95.
  public let specificityAtSensitivity: [ThresholdPoint]
  /// Precision among the `k` highest scores, `k` the number of positives (R-precision; in a resample
  /// the number there), and 10 where there are so many examples.
  public let precisionAtTop: [ThresholdPoint]
  /// Net benefit of acting from a probability on: .05, .1, .2 and .5.
  public let netBenefit: [ThresholdPoint]

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case sensitivityAtSpecificity = "sensitivity_at_specificity"
    case specificityAtSensitivity = "specificity_at_sensitivity"
    case precisionAtTop = "precision_at_top"
    case netBenefit = "net_benefit"
  }
}
