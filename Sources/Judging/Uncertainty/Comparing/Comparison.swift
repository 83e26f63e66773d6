public import Evaluation

/// Two models on the same examples: every difference with a paired interval.
///
/// ```swift
/// let comparison = try Comparison(baseline, candidate)
/// comparison.metrics["f1_macro"]?.difference  // second minus first
/// ```
///
/// Both models meet the same resamples, so what the examples have in common cancels. Each difference is
/// second minus first, and a bootstrap interval the percentile interval whatever the settings say: differences
/// are nearly symmetric, and with 30 examples BCa holds the truth 2 to 5 points less often
/// (`Results/coverage.md`). With fewer than 50 it is the longer of that and Student's with the variance of a jackknife. Where examples are independent accuracy, and of one class recall, have Newcombe's interval,
/// balanced accuracy Bonett's and Price's (`adjusted-wald`), for all resamples of three examples of a rare class say the same
/// where the models agree on them, and AUROC DeLong's. Where groups are resampled the interval is Student's, with the
/// variance of a jackknife of groups (`jackknife`): few groups in which the models differ make resamples far too alike. Tests of many classes are corrected by Holm's method.
///
/// McNemar's and DeLong's tests take examples as independent. Where groups are resampled (see
/// ``ResamplingPlan``) DeLong's is left out, and McNemar's stays as a count of discordant examples whose
/// p-value is too small; trust the intervals.
public struct Comparison: Sendable, Equatable {
  /// Number of examples.
  public let n: Int
  /// Class names, `[C]`.
  public let classes: [String]
  /// Difference of each metric of the catalogue, by name.
  public let metrics: [String: Difference]
  /// McNemar's test over all examples: of equal accuracy.
  public let mcNemar: McNemar
  /// Two models on each class, `[C]`.
  public let perClass: [ClassComparison]
  /// How resamples were drawn.
  public let resampling: ResamplingSummary
  /// The positive one of two classes, for both models; `nil` unless there are two, and in files from before
  /// 0.2, where it is the second.
  public let positive: String?

  /// The comparison of two sets of predictions; rows are matched by path, classes by name, and rows without
  /// truth left out. Of two classes the positive one is that of the first predictions.
  ///
  /// - Parameters:
  ///   - first: The baseline.
  ///   - second: The candidate.
  ///   - shots: Classes grouped by training examples, `[C]`, where known.
  ///   - settings: How intervals are made. Groups are those of the first predictions, or of the second
  ///     where the first have none.
  /// - Throws: `ComparisonError` where classes, examples or truths differ.
  /// - Precondition: `shots` has as many entries as there are classes.
  public init(
    _ first: Predictions, _ second: Predictions, shots: ShotGroups? = nil,
    settings: IntervalSettings = IntervalSettings()
  ) throws(ComparisonError) {
    let second = second.ordered(as: first.classes) ?? second
    let rows = try PairedRows(first, second)
    var settings = settings
    settings.method = .percentile
    let pair = ResampledPair(first, second, rows, shots: shots, settings: settings)
    let decisions = zip(rows.first, rows.second).map {
      (first.truths[$0] == first.predicted[$0], second.truths[$1] == second.predicted[$1])
    }
    n = rows.first.count
    classes = first.classes
    positive = first.positiveClass(shots: shots).map { first.classes[$0.index] }
    metrics = Dictionary(
      uniqueKeysWithValues: Metric.catalogue.enumerated().map { place, metric in
        switch metric.name {
        case "accuracy": (metric.name, pair.accuracyDifference(place, decisions))
        case "balanced_accuracy", "recall_macro":
          (metric.name, pair.meanRecallDifference(place, decisions))
        default: (metric.name, pair.difference(place))
        }
      })
    mcNemar = McNemar(first: decisions.map(\.0), second: decisions.map(\.1))
    perClass = pair.rows(named: first.classes, decisions)
    resampling = ResamplingSummary(settings, pair.plan, column: pair.groupColumn)
  }
}

extension Comparison: Codable {
  enum CodingKeys: String, CodingKey {
    case n, classes, metrics
    case mcNemar = "mcnemar"
    case perClass = "per_class"
    case resampling
    case positive = "positive_class"
  }
}
