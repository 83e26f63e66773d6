public import Evaluation
public import Uncertainty

/// What a rule achieves on examples that it was not chosen on: the numbers of a report.
public struct DecisionAssessment: Sendable, Equatable, Codable {
  /// An operating point beside what it achieves here.
  public struct Point: Sendable, Equatable, Codable {
    /// The point, with what it achieved on validation and what it promises.
    public let point: OperatingPoint
    /// What its threshold achieves here, alone.
    public let achieved: ThresholdRates
    /// What the whole rule achieves: flagged is what this point decided, and no point before it; `nil` in files
    /// from before 0.2.
    public let byRule: ThresholdRates?
    /// What would be flagged at the prevalence that the rule aims at; `nil` without such a one.
    public let flaggedAtTarget: WeightedRate?

    /// The rate of the point's constraint that the whole rule reaches; `nil` where no point before it takes any of
    /// its images, so that it is that of its threshold.
    public var ofWholeRule: Rate? {
      let whole = byRule?.of(point.constraint)
      return whole?.count == achieved.of(point.constraint).count ? nil : whole
    }

    enum CodingKeys: String, CodingKey {
      case point, achieved
      case byRule = "by_rule"
      case flaggedAtTarget = "flagged_at_target"
    }

    /// What a threshold achieves on `sample`, at `target` where that is known; `flagged` is the class that the rule
    /// flags, `[N]`.
    init(
      _ point: OperatingPoint, of index: Int, on sample: LabelledProbabilities, flagged: [Int?],
      target: [Double]?, level: Double
    ) {
      self.point = point
      byRule = ThresholdRates(
        flagged.map { $0 == index }, truths: sample.truths.map { $0 == index },
        groups: sample.groups, level: level)
      achieved = ThresholdRates(
        sample, class: index, threshold: point.threshold, level: level)
      flaggedAtTarget = target.map {
        WeightedRate(
          sample.column(index).map { $0 >= point.threshold }, truths: sample.truths, prevalence: $0,
          groups: sample.groups, level: level)
      }
    }
  }

  /// Examples of known class.
  public let examples: Int
  /// Coverage that the intervals claim, between 0 and 1; .95 in files from before 0.3, which do not say it.
  public let level: Double
  /// The model's own probabilities.
  public let before: CalibrationQuality
  /// The probabilities that the rule decides on. Where the rule aims at another prevalence than that
  /// of these examples, they are calibrated for that one.
  public let after: CalibrationQuality
  /// Truth against the largest probability of the model.
  public let plainConfusion: ConfusionMatrix
  /// Truth against the decision of the rule.
  public let confusion: ConfusionMatrix
  /// Each operating point here.
  public let points: [Point]
  /// Mean cost of the rule's decisions; `nil` without costs or examples.
  public let meanCost: Double?
  /// Mean cost of the most probable class; `nil` without costs or examples.
  public let plainMeanCost: Double?
  /// These costs at the prevalence that the rule aims at, with intervals; `nil` without costs or examples, and in files
  /// from before 0.2.
  public let costs: CostComparison?
  /// Predictive values of the rule's decisions, at ``prevalence``, `[C]`.
  public let predictiveValues: [PredictiveValues]
  /// Class frequencies of the predictive values, `[C]`: the rule's target, else those of these examples.
  public let prevalence: [Double]
  /// Risk against coverage.
  public let selective: SelectivePrediction
  /// Examples left to a human; `nil` without an abstention.
  public let abstained: Rate?
  /// Wrong decisions among those not left to a human; `nil` without an abstention.
  public let errorsAnswered: Rate?
  /// The risk that the abstention promises for new examples; `nil` where it promises none, and in files from before
  /// 0.3.
  public let promisedRisk: Guarantee?
  /// Conformal sets; `nil` where the rule makes none.
  public let conformal: ConformalCoverage?

  enum CodingKeys: String, CodingKey {
    case examples, level, before, after
    case plainConfusion = "plain_confusion"
    case confusion
    case points = "operating_points"
    case meanCost = "mean_cost"
    case plainMeanCost = "plain_mean_cost"
    case costs
    case predictiveValues = "predictive_values"
    case prevalence, selective, abstained
    case errorsAnswered = "errors_answered"
    case promisedRisk = "promised_risk"
    case conformal
    /// What `abstained` was called in reports made before version 0.2.
    case referred
  }

  /// Reads what `encode(to:)` wrote.
  ///
  /// - Throws: `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func optional<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
      try container.decodeIfPresent(Value.self, forKey: key)
    }
    examples = try container.decode(Int.self, forKey: .examples)
    level = try optional(.level) ?? 0.95
    before = try container.decode(CalibrationQuality.self, forKey: .before)
    after = try container.decode(CalibrationQuality.self, forKey: .after)
    plainConfusion = try container.decode(ConfusionMatrix.self, forKey: .plainConfusion)
    confusion = try container.decode(ConfusionMatrix.self, forKey: .confusion)
    points = try container.decode([Point].self, forKey: .points)
    (meanCost, plainMeanCost) = (try optional(.meanCost), try optional(.plainMeanCost))
    costs = try optional(.costs)
    predictiveValues = try container.decode([PredictiveValues].self, forKey: .predictiveValues)
    prevalence = try container.decode([Double].self, forKey: .prevalence)
    selective = try container.decode(SelectivePrediction.self, forKey: .selective)
    abstained = try optional(.abstained) ?? optional(.referred)
    (errorsAnswered, conformal) = (try optional(.errorsAnswered), try optional(.conformal))
    promisedRisk = try optional(.promisedRisk)
  }

  /// Writes every number; what is undefined is left out.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(examples, forKey: .examples)
    try container.encode(level, forKey: .level)
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
    try container.encode(plainConfusion, forKey: .plainConfusion)
    try container.encode(confusion, forKey: .confusion)
    try container.encode(points, forKey: .points)
    try container.encodeIfPresent(meanCost, forKey: .meanCost)
    try container.encodeIfPresent(plainMeanCost, forKey: .plainMeanCost)
    try container.encodeIfPresent(costs, forKey: .costs)
    try container.encode(predictiveValues, forKey: .predictiveValues)
    try container.encode(prevalence, forKey: .prevalence)
    try container.encode(selective, forKey: .selective)
    try container.encodeIfPresent(abstained, forKey: .abstained)
    try container.encodeIfPresent(errorsAnswered, forKey: .errorsAnswered)
    try container.encodeIfPresent(promisedRisk, forKey: .promisedRisk)
    try container.encodeIfPresent(conformal, forKey: .conformal)
  }

  /// What `rule` achieves on `sample`.
  ///
  /// - Parameters:
  ///   - rule: Chosen on other examples.
  ///   - sample: Examples of known class, with the model's own probabilities.
  ///   - settings: How intervals are made: the level of all, and the resamples of costs.
  /// - Throws: `DecisionRuleError.otherClasses`.
  public init(
    _ rule: DecisionRule, on sample: LabelledProbabilities,
    settings: IntervalSettings = IntervalSettings(resamples: 1000)
  ) throws(DecisionRuleError) {
    let level = settings.level
    self.level = level
    _ = try rule.checked(for: sample.classes)
    let decisions = (0..<sample.count).map { row in
      rule.decide(sample[row], of: sample.names?[row])
    }
    let ruled = LabelledProbabilities(
      classes: sample.classes, truths: sample.truths,
      probabilities: decisions.flatMap(\.probabilities), groups: sample.groups,
      names: sample.names)
    let (decided, plain) = (
      decisions.map(\.decided), (0..<sample.count).map { largestIndex(sample[$0]) }
    )
    examples = sample.count
    (before, after) = (
      CalibrationQuality(sample, level: level), CalibrationQuality(ruled, level: level)
    )
    confusion = Self.confusion(sample, decided)
    plainConfusion = Self.confusion(sample, plain)
    points = rule.operatingPoints.compactMap { point in
      sample.classes.firstIndex(of: point.name).map {
        Point(
          point, of: $0, on: ruled, flagged: decisions.map(\.flagged),
          target: rule.targetCorrection?.target, level: level)
      }
    }
    meanCost = rule.costs?.mean(truths: sample.truths, decisions: decided)
    plainMeanCost = rule.costs?.mean(truths: sample.truths, decisions: plain)
    costs =
      sample.count == 0
      ? nil
      : rule.costs.map {
        CostComparison(
          $0, on: sample, decided: decided, plain: plain,
          prevalence: rule.targetCorrection?.target, settings: settings)
      }
    prevalence = rule.targetCorrection?.target ?? sample.prior
    predictiveValues = Self.predictiveValues(rule, sample, decided, level: level)
    selective = SelectivePrediction(ruled, decisions: decided)
    conformal = rule.conformal.map { ConformalCoverage($0, on: ruled, level: level) }
    promisedRisk = rule.abstention?.guarantee
    let answered = decisions.indices.filter { !decisions[$0].abstains }
    abstained = rule.abstention.map { _ in
      Rate(decisions.map(\.abstains), groups: sample.groups, level: level)
    }
    errorsAnswered = rule.abstention.map { _ in
      Rate(
        answered.map { decisions[$0].decided != sample.truths[$0] },
        groups: sample.groups.map { groups in answered.map { groups[$0] } }, level: level)
    }
  }

  /// Whether ``prevalence`` is that of these examples, not one that the rule aims at.
  public var isAtOwnPrevalence: Bool {
    let total = Double(max(1, confusion.total))
    return zip(prevalence, confusion.support).allSatisfy { abs($0 - Double($1) / total) < 1e-9 }
  }

  /// At the prevalence that the rule aims at, else at that of the examples; without examples there is none, and every value is
  /// undefined.
  private static func predictiveValues(
    _ rule: DecisionRule, _ sample: LabelledProbabilities, _ decided: [Int], level: Double
  ) -> [PredictiveValues] {
    if let target = rule.targetCorrection?.target {
      return
        (try? PredictiveValues.all(
          sample, decisions: decided, prevalence: target, level: level)) ?? []
    }
    return sample.count == 0
      ? [] : PredictiveValues.sampled(sample, decisions: decided, level: level)
  }

  private static func confusion(
    _ sample: LabelledProbabilities, _ decided: [Int]
  ) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: sample.classes.count)
    for (truth, decision) in zip(sample.truths, decided) {
      matrix.add(truth: truth, predicted: decision)
    }
    return matrix
  }
}
