import Evaluation
public import Uncertainty

/// Two models on the same examples whose targets are labels or numbers: each difference, second minus first, with a
/// paired interval.
///
/// Both models meet the same resamples. Intervals are percentile intervals, and where groups are resampled Student's
/// of a jackknife of groups.
public struct TargetComparison: Sendable, Equatable {
  /// Number of examples.
  public let n: Int
  /// Names of the labels; empty of numbers.
  public let labels: [String]
  /// Examples that have each label, by its name.
  public let support: [String: Int]
  /// Difference of each metric over all, by name.
  public let metrics: [String: Difference]
  /// Difference of each metric of a label, by label and name.
  public let perLabel: [String: [String: Difference]]
  /// How resamples were drawn.
  public let resampling: ResamplingSummary

  /// Names of the metrics that may be required of labels, and of one label.
  public static let ofLabels = (over: LabelMetrics.names, one: LabelMetrics.ofLabel)
  /// Names of the metrics of studies, beside those of their images.
  public static let ofStudies = StudyMetrics.names
  /// Names of the metrics that may be required of numbers.
  public static let ofNumbers = NumberMetrics.names

  /// Whether less of a metric is better.
  public static func isLoss(_ name: String) -> Bool {
    LabelMetrics.losses.contains(StudyMetrics.plain(name)) || NumberMetrics.losses.contains(name)
  }

  /// The comparison of two tables of labels; rows are matched by path, labels by name.
  ///
  /// - Parameters:
  ///   - first: The baseline.
  ///   - second: The candidate.
  ///   - settings: How intervals are made; groups are those of the first table, or of the second where it has none.
  /// - Throws: `ComparisonError` where labels, examples or truths differ.
  public init(
    _ first: LabelPredictions, _ second: LabelPredictions,
    settings: IntervalSettings = IntervalSettings()
  ) throws(ComparisonError) {
    guard Set(first.labels) == Set(second.labels) else {
      throw .differentClasses(first: first.labels, second: second.labels)
    }
    let rows = try Self.paired(first.paths, second.paths)
    let one = first.keeping(rows.first)
    let other = second.ordered(as: first.labels).keeping(rows.second)
    if let entry = one.truths.indices.first(where: { one.truths[$0] != other.truths[$0] }) {
      let label = one.labels[entry % one.labels.count]
      func words(_ truth: Bool?) -> String {
        truth.map { $0 ? label : "not \(label)" } ?? "\(label) unknown"
      }
      throw .differentTruth(
        path: one.paths[entry / one.labels.count], first: words(one.truths[entry]),
        second: words(other.truths[entry]))
    }
    let metrics = [one, other].map { LabelMetrics($0, thresholds: nil, shots: nil) }
    let pair = PairedReplicates(
      one.count, [one.carried, other.carried], settings,
      { metrics[0].values($0) }, { metrics[1].values($0) })
    (n, labels) = (one.count, one.labels)
    support = Dictionary(uniqueKeysWithValues: zip(one.labels, one.positives))
    self.metrics = pair.named(LabelMetrics.names)
    perLabel = Dictionary(
      uniqueKeysWithValues: one.labels.enumerated().map {
        index, label -> (String, [String: Difference]) in
        let places = LabelMetrics.ofLabel.compactMap { name in
          LabelMetrics.place(name, label: index).map { (name, pair.difference($0)) }
        }
        return (label, Dictionary(uniqueKeysWithValues: places))
      })
    resampling = pair.summary
  }

  /// The comparison of two tables of numbers; rows are matched by path, and those without truth left out.
  ///
  /// - Parameters:
  ///   - first: The baseline.
  ///   - second: The candidate.
  ///   - settings: How intervals are made; groups are those of the first table, or of the second where it has none.
  /// - Throws: `ComparisonError` where examples or truths differ.
  public init(
    _ first: NumberPredictions, _ second: NumberPredictions,
    settings: IntervalSettings = IntervalSettings()
  ) throws(ComparisonError) {
    let (one, other) = (first.judged, second.judged)
    let rows = try Self.paired(one.paths, other.paths)
    let pairs = (one.keeping(rows.first), other.keeping(rows.second))
    if let row = pairs.0.truths.indices.first(where: { pairs.0.truths[$0] != pairs.1.truths[$0] }) {
      throw .differentTruth(
        path: pairs.0.paths[row], first: "\(pairs.0.truths[row] ?? .nan)",
        second: "\(pairs.1.truths[row] ?? .nan)")
    }
    let bins = NumberBins(of: pairs.0.truths.compactMap { $0 }, count: 1)
    let metrics = [pairs.0, pairs.1].map { NumberMetrics($0, bins: bins) }
    let pair = PairedReplicates(
      pairs.0.count, [pairs.0.carried, pairs.1.carried], settings,
      { metrics[0].values($0) }, { metrics[1].values($0) })
    (n, labels, support, perLabel) = (pairs.0.count, [], [:], [:])
    self.metrics = pair.named(NumberMetrics.names)
    resampling = pair.summary
  }

  /// The verdict on one requirement.
  ///
  /// - Throws: `RequirementError.unknownClass` where the models do not know the label.
  public func verdict(_ requirement: Requirement) throws(RequirementError) -> Verdict {
    try requirement.check(classes: labels)
    let found =
      requirement.ofClass.map { perLabel[$0]?[requirement.metric] }
      ?? metrics[requirement.metric]
    return Verdict(
      requirement, of: found ?? Difference(first: nil, second: nil, interval: nil),
      support: requirement.ofClass.flatMap { support[$0] },
      withheld: resampling.withheld(images: n))
  }

  /// Rows of both, the second in the order of the first, by path.
  private static func paired(
    _ first: [String], _ second: [String]
  ) throws(ComparisonError) -> (first: [Int], second: [Int]) {
    let places = Dictionary(uniqueKeysWithValues: second.enumerated().map { ($1, $0) })
    let known = Set(first)
    for (missing, side) in [
      (first.filter { places[$0] == nil }, "the second predictions"),
      (second.filter { !known.contains($0) }, "the first predictions"),
    ] where !missing.isEmpty {
      throw .missingExamples(
        from: side, count: missing.count, firstPaths: Array(missing.sorted().prefix(3)))
    }
    guard !first.isEmpty else { throw .noTruth }
    let order = first.indices.sorted { first[$0] < first[$1] }
    return (order, order.compactMap { places[first[$0]] })
  }
}

/// Two models under the same resamples, of any metrics.
struct PairedReplicates {
  let summary: ResamplingSummary
  private let plan: ResamplingPlan
  private let first, second, difference: Replicates
  private let settings: IntervalSettings

  init(
    _ count: Int, _ carried: [CarriedColumns], _ settings: IntervalSettings,
    _ one: @escaping @Sendable ([Double]) -> [Double],
    _ other: @escaping @Sendable ([Double]) -> [Double]
  ) {
    var settings = settings
    settings.method = .percentile
    let groups = carried.lazy.compactMap { $0.groups(settings.groupColumn) }.first
    plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: count), groups: groups?.values)
    first = Replicates(plan, settings, of: one)
    second = Replicates(plan, settings, of: other)
    difference = second.minus(first)
    summary = ResamplingSummary(settings, plan, column: groups?.name)
    self.settings = settings
  }

  /// The difference of the metric at a place.
  func difference(_ place: Int) -> Difference {
    func defined(_ value: Double) -> Double? { value.isNaN ? nil : value }
    let student =
      plan.isClustered ? difference.studentInterval(place, level: settings.level) : nil
    return Difference(
      first: defined(first.estimate[place]), second: defined(second.estimate[place]),
      interval: student
        ?? difference.interval(place, method: settings.method, level: settings.level))
  }

  /// The differences of the first metrics, by their names.
  func named(_ names: [String]) -> [String: Difference] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, difference($0)) })
  }
}

extension LabelPredictions {
  /// The same with the labels in another order.
  ///
  /// - Parameter names: The same names, `[L]`.
  func ordered(as names: [String]) -> LabelPredictions {
    let places = names.compactMap(labels.firstIndex)
    let rows = 0..<count
    return LabelPredictions(
      labels: names, paths: paths,
      truths: rows.flatMap { row in places.map { truths[row * labels.count + $0] } },
      probabilities: rows.flatMap { row in places.map { probabilities[row * labels.count + $0] } },
      carried: carried)
  }
}
