public import Evaluation
import Requirements

/// The same model on each value of a column (site, device, sex, age band), the worst one named.
public struct SubgroupAssessment: Sendable, Equatable, Codable {
  /// One value of the column.
  public struct Group: Sendable, Equatable, Codable {
    /// The value.
    public let value: String
    /// Number of examples.
    public let n: Int
    /// Whether the group has fewer than ten examples: show it in grey, and do not rank it.
    public let isSmall: Bool
    /// All metrics with intervals.
    public let assessment: Assessment

    enum CodingKeys: String, CodingKey {
      case value, n
      case isSmall = "too_small"
      case assessment
    }
  }

  /// Groups with fewer examples than this are not ranked.
  public static let threshold = 10

  /// The column.
  public let column: String
  /// Metric by which groups are ranked.
  public let metric: String
  /// The groups, by value.
  public let groups: [Group]
  /// Value of the group that is worst by the metric; `nil` with fewer than two groups to rank.
  public let worst: String?

  /// The assessment of each group; rows without truth are left out.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - column: A column carried along; an empty cell is the group `""`.
  ///   - metric: A metric of the catalogue, by which groups are ranked; undefined ones are not.
  ///   - shots: Classes grouped by training examples, `[C]`, where known.
  ///   - settings: How intervals are made.
  /// - Throws: `SubgroupError` where there is no such column or metric.
  public init(
    _ predictions: Predictions, column: String, metric: String = "balanced_accuracy",
    shots: ShotGroups? = nil, settings: IntervalSettings = IntervalSettings()
  ) throws(SubgroupError) {
    guard let values = predictions.column(column) else {
      throw .noColumn(column, known: predictions.columns.map(\.name))
    }
    guard let ranking = Metric.named(metric) else {
      let known = Metric.catalogue.map(\.name)
      throw .noMetric(metric, nearest: nearest(to: metric, among: known))
    }
    let positive = predictions.positiveClass(shots: shots)
    let members = Dictionary(grouping: labelledRows(predictions)) { values[$0] }
    groups = members.keys.sorted().map { value in
      let rows = members[value] ?? []
      let report = MetricsReport(
        MetricInputs(predictions, rows: rows, shots: shots, positive: positive),
        classes: predictions.classes)
      return Group(
        value: value, n: rows.count, isSmall: rows.count < Self.threshold,
        assessment: Assessment(predictions, rows: rows, report, settings, hasThresholds: false))
    }
    self.column = column
    self.metric = metric
    worst = Self.worst(groups, by: ranking)
  }

  private static func worst(_ groups: [Group], by metric: Metric) -> String? {
    let ranked = groups.filter { !$0.isSmall }.compactMap { group in
      group.assessment.report[metric.name].map { (value: group.value, score: $0) }
    }
    guard ranked.count > 1 else { return nil }
    return ranked.min {
      metric.higherIsBetter ? $0.score < $1.score : $0.score > $1.score
    }?.value
  }
}

/// What subgroups cannot be made of.
public enum SubgroupError: Error, Equatable, CustomStringConvertible {
  /// The predictions have no such column.
  case noColumn(String, known: [String])
  /// No metric has this name.
  case noMetric(String, nearest: String?)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .noColumn(let name, let known):
      let have = known.isEmpty ? "none" : known.joined(separator: ", ")
      return "the predictions have no column '\(name)'; columns to group by: \(have)"
    case .noMetric(let name, let nearest):
      return "unknown metric '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }
  }
}
