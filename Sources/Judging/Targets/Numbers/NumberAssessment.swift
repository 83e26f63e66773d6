import Evaluation
import Requirements
public import Uncertainty

/// All metrics of a table of numbers, with intervals.
///
/// Intervals are the bootstrap's over examples, or over whole groups; the coverage of prediction intervals is a rate, and has
/// a rate's where examples are independent.
public struct NumberAssessment: Sendable, Equatable {
  /// Errors in one range of the truth.
  public struct Bin: Sendable, Equatable, Encodable {
    /// Least and greatest truth of the range.
    public let low, high: Double
    /// Examples in it.
    public let n: Int
    /// Mean absolute error, and mean error; `nil` without examples.
    public let mae, bias: Double?
    /// Their intervals.
    public let maeInterval, biasInterval: MetricInterval?

    enum CodingKeys: String, CodingKey {
      case low, high, n, mae, bias
      case maeInterval = "mae_interval"
      case biasInterval = "bias_interval"
    }

    /// Writes every key; an undefined value as `null`.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(low, forKey: .low)
      try container.encode(high, forKey: .high)
      try container.encode(n, forKey: .n)
      try container.encode(mae, forKey: .mae)
      try container.encode(bias, forKey: .bias)
      try container.encode(maeInterval, forKey: .maeInterval)
      try container.encode(biasInterval, forKey: .biasInterval)
    }
  }

  /// Number of examples whose truth is known.
  public let n: Int
  /// Value of each metric by name; no entry where undefined.
  public let values: [String: Double]
  /// Interval of each metric by name.
  public let intervals: [String: MetricInterval]
  /// Errors by ranges of the truth.
  public let bins: [Bin]
  /// How resamples were drawn; `nil` without intervals.
  public let resampling: ResamplingSummary?
  /// How the table was read, where that was not plain.
  public var notes: [String] = []

  /// Names of the metrics, in the order in which they are shown.
  public static var names: [String] { NumberMetrics.names }

  /// Value of a metric; `nil` where it is undefined, or no metric has this name.
  public subscript(name: String) -> Double? { values[name] }

  /// The assessment of a set of predictions; rows without truth are left out.
  ///
  /// - Parameters:
  ///   - predictions: What the model said; at least one truth is known.
  ///   - bins: Ranges of the truth; `nil` makes five of equal width.
  ///   - settings: How intervals are made; `nil` leaves them out.
  /// - Precondition: at least one truth is known.
  public init(
    _ predictions: NumberPredictions, bins: NumberBins? = nil,
    settings: IntervalSettings? = IntervalSettings()
  ) {
    let judged = predictions.judged
    require(
      judged.count > 0, "NumberAssessment: expected an example whose truth is known, got none")
    let truths = judged.truths.compactMap { $0 }
    let bins = bins ?? NumberBins(of: truths)
    let metrics = NumberMetrics(judged, bins: bins)
    let values = metrics.values([Double](repeating: 1, count: judged.count))
    let groups = settings.flatMap { judged.carried.groups($0.groupColumn) }
    let plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: judged.count), groups: groups?.values)
    let replicates = settings.map { Replicates(plan, $0) { metrics.values($0) } }
    func interval(_ place: Int) -> MetricInterval? {
      settings.flatMap { settings in
        replicates?.interval(place, method: settings.method, level: settings.level)
      }
    }
    n = judged.count
    let names = NumberMetrics.names
    self.values = Dictionary(uniqueKeysWithValues: zip(names, values).filter { !$1.isNaN })
    intervals = Dictionary(
      uniqueKeysWithValues: names.enumerated().compactMap {
        place, name -> (String, MetricInterval)? in
        let isRate = name == "interval_coverage" && !plan.isClustered
        let found = isRate ? Self.coverage(judged, settings) : interval(place)
        return found.map { (name, $0) }
      })
    self.bins = (0..<bins.count).map { bin in
      let place = names.count + 2 * bin
      return Bin(
        low: bins.edges[bin], high: bins.edges[bin + 1],
        n: truths.count { bins.place($0) == bin }, mae: values[place].isNaN ? nil : values[place],
        bias: values[place + 1].isNaN ? nil : values[place + 1], maeInterval: interval(place),
        biasInterval: interval(place + 1))
    }
    resampling = settings.map { ResamplingSummary($0, plan, column: groups?.name) }
  }

  private static func coverage(
    _ judged: NumberPredictions, _ settings: IntervalSettings?
  ) -> MetricInterval? {
    guard let settings, let intervals = judged.intervals else { return nil }
    let hits = zip(intervals, judged.truths).count { interval, truth in
      truth.map(interval.contains) ?? false
    }
    return settings.rates(hits, of: judged.count, level: settings.level).map {
      MetricInterval($0, method: settings.rates.method)
    }
  }
}

/// The JSON of an assessment of numbers: `task`, one key for each metric, `null` where undefined; and beside them `n`, `bins`,
/// `intervals`, `resampling` and `notes`.
extension NumberAssessment: Encodable {
  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TargetKey.self)
    try container.encode(TargetKind.number, forKey: "task")
    for name in Self.names { try container.encode(self[name], forKey: TargetKey(name)) }
    try container.encode(n, forKey: "n")
    try container.encode(bins, forKey: "bins")
    try container.encode(notes, forKey: "notes")
    try container.encode(intervals, of: Self.names, resampling)
  }
}
