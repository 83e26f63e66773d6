public import Evaluation
import Requirements
import Uncertainty

/// How often something happened, as a count and as a rate with its interval.
public struct Rate: Sendable, Equatable, Codable {
  /// Times it happened.
  public let count: Int
  /// Times it could have happened.
  public let trials: Int
  /// `count / trials`; `nil` without trials.
  public let value: Double?
  /// Wilson's interval, of as many independent examples as the groups are worth where there are any; `nil`
  /// without trials.
  public let interval: Interval?

  enum CodingKeys: String, CodingKey {
    case count
    case trials = "of"
    case value, interval
  }

  /// Whether the count should be shown: a percentage of so few would boast.
  public var isOfFew: Bool { trials < SmallSample.threshold }

  /// The rate of `count` in `trials`.
  ///
  /// - Parameters:
  ///   - count: Times it happened, `0...trials`.
  ///   - trials: Times it could have, at least 0.
  ///   - level: Coverage of the interval, between 0 and 1.
  /// - Precondition: `0 ≤ count ≤ trials`.
  public init(_ count: Int, of trials: Int, level: Double = 0.95) {
    (self.count, self.trials) = (count, trials)
    value = trials == 0 ? nil : Double(count) / Double(trials)
    interval = .wilson(count, of: trials, level: level)
  }

  /// The rate of flags.
  ///
  /// - Parameters:
  ///   - flags: Whether it happened, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - level: Coverage of the interval, between 0 and 1.
  /// - Precondition: the lengths agree.
  public init(_ flags: [Bool], groups: [String]?, level: Double = 0.95) {
    (count, trials) = (flags.count { $0 }, flags.count)
    value = trials == 0 ? nil : Double(count) / Double(trials)
    interval = .wilson(flags, groups: groups, level: level)
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(count, forKey: .count)
    try container.encode(trials, forKey: .trials)
    try container.encode(value, forKey: .value)
    try container.encode(interval, forKey: .interval)
  }
}

/// What flagging one class at a threshold achieves on labelled examples.
public struct ThresholdRates: Sendable, Equatable, Codable {
  /// Flagged among the examples of the class.
  public let sensitivity: Rate
  /// Not flagged among the others.
  public let specificity: Rate
  /// Flagged among all.
  public let flagged: Rate
  /// Examples of the class among the flagged; at the prevalence of these examples.
  public let precision: Rate

  /// The rates on `sample`.
  ///
  /// - Parameters:
  ///   - sample: Labelled examples.
  ///   - index: The class flagged, `0..<C`.
  ///   - threshold: Flagged from this probability on.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Precondition: `index` lies in `0..<C`.
  public init(
    _ sample: LabelledProbabilities, class index: Int, threshold: Double, level: Double = 0.95
  ) {
    let flags = sample.column(index).map { $0 >= threshold }
    self.init(
      flags, truths: sample.truths.map { $0 == index }, groups: sample.groups, level: level)
  }

  /// The rates of flags.
  ///
  /// - Parameters:
  ///   - flags: Whether each example is flagged, `[N]`.
  ///   - truths: Whether each is of the class, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Precondition: the lengths agree.
  public init(
    _ flags: [Bool], truths: [Bool], groups: [String]? = nil, level: Double = 0.95
  ) {
    require(
      flags.count == truths.count && groups?.count ?? flags.count == flags.count,
      "ThresholdRates: expected \(truths.count) flags and groups, got \(flags.count) and"
        + " \(groups?.count ?? truths.count)")
    func rate(_ wanted: [Bool], of happened: [Bool]) -> Rate {
      let rows = wanted.indices.filter { wanted[$0] }
      return Rate(
        rows.map { happened[$0] }, groups: groups.map { all in rows.map { all[$0] } }, level: level)
    }
    sensitivity = rate(truths, of: flags)
    specificity = rate(truths.map(!), of: flags.map(!))
    flagged = Rate(flags, groups: groups, level: level)
    precision = rate(flags, of: truths)
  }

  /// The rate that a constraint is about.
  public func of(_ constraint: Constraint) -> Rate {
    switch constraint {
    case .sensitivity: sensitivity
    case .specificity: specificity
    case .workload: flagged
    }
  }
}
