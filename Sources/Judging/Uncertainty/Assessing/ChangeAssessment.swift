public import Evaluation

/// The metrics of a set of change maps, each with the bootstrap's interval over images, or over groups of
/// images.
///
/// A resample without some kind of change that the set has says nothing about kappa, so the intervals of SeK, of the
/// kappa and of the score leave it out; where more than half do, there is none.
public struct ChangeAssessment: Sendable, Equatable, Codable {
  /// Names of the metrics, as ``metrics`` has them.
  public static let names = [
    "sek", "separated_kappa", "changed_iou", "unchanged_iou", "mean_iou", "precision", "recall",
    "f1", "score", "accuracy",
  ]

  /// Number of images.
  public let images: Int
  /// Names of the classes, `unchanged` first, `[C]`.
  public let classes: [String]
  /// Truth against report, summed over all images.
  public let confusion: ConfusionMatrix
  /// Each of ``names``.
  public let metrics: [String: MetricEstimate]
  /// How resamples were drawn.
  public let resampling: ResamplingSummary

  /// The assessment of a table.
  ///
  /// - Parameters:
  ///   - table: Counts, image by image.
  ///   - settings: How intervals are made; the groups are the table's.
  public init(_ table: ChangeTable, settings: IntervalSettings = IntervalSettings()) {
    let plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: table.images.count), groups: table.groups)
    let (width, counts) = (table.classes.count, table.confusions.map(\.counts))
    let kinds = table.total.support.map { $0 > 0 }
    let replicates = Replicates(plan, settings) { weights in
      var sums = [Int](repeating: 0, count: width * width)
      for (image, weight) in weights.enumerated() where weight > 0 {
        for place in sums.indices { sums[place] += Int(weight) * counts[image][place] }
      }
      let confusion = ConfusionMatrix(classes: width, counts: sums)
      let isWhole = zip(kinds, confusion.support).allSatisfy { !$0 || $1 > 0 }
      return Self.values(ChangeMetrics(confusion), hasKappa: isWhole)
    }
    images = table.images.count
    classes = table.classes
    confusion = table.total
    metrics = Dictionary(
      uniqueKeysWithValues: Self.names.enumerated().map {
        ($1, MetricEstimate(replicates, $0, settings))
      })
    resampling = ResamplingSummary(settings, plan, column: table.groupColumn)
  }

  /// In the order of ``names``, NaN where undefined.
  private static func values(_ metrics: ChangeMetrics, hasKappa: Bool) -> [Double] {
    [
      hasKappa ? metrics.separatedKappaCoefficient : nil,
      hasKappa ? metrics.separatedKappa : nil, metrics.changedIoU, metrics.unchangedIoU,
      metrics.meanIoU, metrics.precision, metrics.recall, metrics.f1,
      hasKappa ? metrics.score : nil, metrics.accuracy,
    ].map { $0 ?? .nan }
  }
}
