public import Evaluation
import Requirements

/// One bin of a reliability diagram: what was promised, and what came.
public struct ReliabilityBin: Sendable, Equatable, Codable {
  /// Where the bin begins; only the first bin contains its beginning.
  public let low: Double
  /// Largest probability in the bin.
  public let high: Double
  /// Examples in the bin.
  public let count: Int
  /// Those of them for which the statement was true.
  public let positives: Int
  /// Mean probability stated; `nil` for an empty bin.
  public let meanProbability: Double?
  /// Part that was true; `nil` for an empty bin.
  public let rate: Double?
  /// Wilson's interval of the rate, of as many independent examples as the groups are worth where there are any; `nil`
  /// for an empty bin.
  public let interval: Interval?

  enum CodingKeys: String, CodingKey {
    case low, high, count, positives
    case meanProbability = "mean_probability"
    case rate, interval
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(count, forKey: .count)
    try container.encode(positives, forKey: .positives)
    try container.encode(meanProbability, forKey: .meanProbability)
    try container.encode(rate, forKey: .rate)
    try container.encode(interval, forKey: .interval)
  }
}

/// Stated probabilities against what came true, in bins of equal width with their counts.
public struct ReliabilityCurve: Sendable, Equatable, Codable {
  /// The bins from 0 to 1, those of `CalibrationAccumulator`, `[15]`.
  public let bins: [ReliabilityBin]

  /// The curve of one statement about each example.
  ///
  /// - Parameters:
  ///   - probabilities: Stated, `[N]`, each in 0…1.
  ///   - answers: Whether the statement was true, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Precondition: the lengths agree.
  public init(
    _ probabilities: [Double], _ answers: [Bool], groups: [String]? = nil, level: Double = 0.95
  ) {
    require(
      probabilities.count == answers.count && groups?.count ?? answers.count == answers.count,
      "ReliabilityCurve: expected \(probabilities.count) answers and groups, got \(answers.count)"
        + " and \(groups?.count ?? answers.count)")
    let width = Double(CalibrationAccumulator.bins)
    var rows = [[Int]](repeating: [], count: CalibrationAccumulator.bins)
    for (row, probability) in probabilities.enumerated() {
      rows[CalibrationAccumulator.bin(of: probability)].append(row)
    }
    bins = rows.enumerated().map { bin, own in
      let rate = Rate(
        own.map { answers[$0] }, groups: groups.map { all in own.map { all[$0] } }, level: level)
      let sum = own.reduce(0) { $0 + probabilities[$1] }
      return ReliabilityBin(
        low: Double(bin) / width, high: Double(bin + 1) / width, count: own.count,
        positives: rate.count, meanProbability: own.isEmpty ? nil : sum / Double(own.count),
        rate: rate.value, interval: rate.interval)
    }
  }

  /// Σ_b n_b/N · |rate_b − mean probability_b|; `nil` without examples.
  public var calibrationError: Double? {
    let total = bins.reduce(0) { $0 + $1.count }
    guard total > 0 else { return nil }
    let sum = bins.reduce(0.0) { sum, bin in
      sum + Double(bin.count) * abs((bin.rate ?? 0) - (bin.meanProbability ?? 0))
    }
    return sum / Double(total)
  }
}

/// Reliability of the decision and of every class, with counts.
public struct Reliability: Sendable, Equatable, Codable {
  /// The curve of one class against the rest.
  public struct ClassCurve: Sendable, Equatable, Codable {
    /// Name of the class.
    public let name: String
    /// Examples of the class.
    public let support: Int
    /// Its curve; `nil` for a class absent from the truth.
    public let curve: ReliabilityCurve?

    enum CodingKeys: String, CodingKey {
      case name = "class"
      case support, curve
    }
  }

  /// The most probable class, at its probability.
  public let topLabel: ReliabilityCurve
  /// Every class, at its own probability, `[C]`.
  public let classes: [ClassCurve]

  enum CodingKeys: String, CodingKey {
    case topLabel = "top_label"
    case classes
  }

  /// The curves of `sample`, with its groups.
  ///
  /// - Parameters:
  ///   - sample: Labelled examples.
  ///   - level: Coverage of the intervals, between 0 and 1.
  public init(_ sample: LabelledProbabilities, level: Double = 0.95) {
    let top = (0..<sample.count).map { largestIndex(sample[$0]) }
    topLabel = ReliabilityCurve(
      top.enumerated().map { sample.probabilities[$0 * sample.classes.count + $1] },
      zip(top, sample.truths).map { $0 == $1 }, groups: sample.groups, level: level)
    let counts = sample.counts
    classes = sample.classes.indices.map { index in
      ClassCurve(
        name: sample.classes[index], support: counts[index],
        curve: counts[index] == 0
          ? nil
          : ReliabilityCurve(
            sample.column(index), sample.truths.map { $0 == index }, groups: sample.groups,
            level: level))
    }
  }
}
