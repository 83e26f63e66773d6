import Randomness

/// What a decision rule is to contain; ``choose(on:)`` makes it.
///
/// ```swift
/// var plan = DecisionPlan(calibration: .temperature)
/// plan.sampler = .init(drawn: [0.5, 0.5], natural: [0.98, 0.02])
/// plan.points = [.init("melanoma", .sensitivity(atLeast: 0.95))]
/// let rule = try plan.choose(on: validation)
/// ```
public struct DecisionPlan: Sendable, Equatable {
  /// An operating point to be chosen.
  public struct Point: Sendable, Equatable {
    /// Name of the class.
    public var name: String
    /// What sets its threshold.
    public var constraint: Constraint
    /// What must hold besides.
    public var also: [Constraint]
    /// Whether the level must hold for new examples with confidence .95.
    public var promised: Bool

    /// An operating point to be chosen.
    ///
    /// - Parameters:
    ///   - name: Name of the class.
    ///   - constraint: What sets its threshold.
    ///   - also: What must hold besides.
    ///   - promised: Whether the level must hold for new examples with confidence .95.
    public init(
      _ name: String, _ constraint: Constraint, also: [Constraint] = [], promised: Bool = false
    ) {
      (self.name, self.constraint) = (name, constraint)
      (self.also, self.promised) = (also, promised)
    }
  }

  /// Class frequencies of training.
  public struct Sampler: Sendable, Equatable {
    /// What the sampler drew, `[C]`.
    public var drawn: [Double]
    /// What there is, `[C]`.
    public var natural: [Double]

    /// Class frequencies of training.
    ///
    /// - Parameters:
    ///   - drawn: What the sampler drew, `[C]`, summing to 1.
    ///   - natural: What there is, `[C]`, summing to 1.
    public init(drawn: [Double], natural: [Double]) {
      (self.drawn, self.natural) = (drawn, natural)
    }
  }

  /// How to calibrate.
  public var calibration: CalibrationMethod
  /// Class frequencies of training; `nil` where the sampler drew what there is.
  public var sampler: Sampler?
  /// Class frequencies at deployment, `[C]`; `nil` for those of validation.
  public var targetPrior: [Double]?
  /// Operating points, in order of priority.
  public var points: [Point] = []
  /// Costs, `[C][C]`, rows the truth; `nil` for 1 a mistake.
  public var costs: [[Double]]?
  /// When to leave an example to a human.
  public var abstention: Abstention.Aim?
  /// Whether a risk must hold for new examples with confidence .95, not only on validation.
  public var promisesRisk = false
  /// α of conformal sets; `nil` for none.
  public var missRate: Double?
  /// What orders the classes of conformal sets.
  public var score = ConformalScore.probability
  /// Which examples the rule is chosen on, as its provenance says it.
  public var chosenOn = "val"

  /// A plan that calibrates, and nothing more.
  ///
  /// - Parameter calibration: How to calibrate.
  public init(calibration: CalibrationMethod = .none) { self.calibration = calibration }

  /// Chooses the rule.
  ///
  /// - Parameter validation: Examples that the model was not trained on, with its own probabilities.
  /// - Returns: The rule, for ``DecisionRule/decide(_:)``.
  /// - Throws: `CalibrationError`, `PrevalenceError`, `OperatingPointError`, `CostMatrixError` or
  ///   `AbstentionError`: which part cannot be had, and why.
  /// - Precondition: `missRate` lies strictly between 0 and 1.
  public func choose(on validation: LabelledProbabilities) throws -> DecisionRule {
    let classes = validation.classes
    var rule = DecisionRule(
      classes: classes,
      provenance: .init(
        chosenOn: chosenOn, examples: validation.counts,
        groups: validation.groups.map { Set($0).count }))
    if let sampler {
      rule.samplerCorrection = try PriorCorrection(
        from: sampler.drawn, to: sampler.natural, classes: classes)
    }
    let (fitted, held) = try parts(of: validation)
    rule.calibration = try calibration.fit(fitted, before: rule.samplerCorrection)
    if fitted.count < validation.count { rule.provenance.promisedOn = held.counts }
    if let targetPrior {
      // An uncalibrated model still speaks of the frequencies that it was trained under.
      let natural = calibration == .none ? sampler?.natural : nil
      rule.targetCorrection = try PriorCorrection(
        from: natural ?? validation.prior, to: targetPrior, classes: classes)
    }
    let (sample, unseen) = (rule.applied(to: validation), rule.applied(to: held))
    rule.costs = try costs.map { try CostMatrix($0, classes: classes) }
    for point in points {
      rule.operatingPoints.append(
        try OperatingPoint(
          for: point.name, under: point.constraint, also: point.also, promised: point.promised,
          on: point.promised ? unseen : sample, after: rule.operatingPoints,
          prevalence: rule.targetCorrection?.target))
    }
    rule.conformal = missRate.map { ConformalSets(fitting: unseen, missRate: $0, score: score) }
    if let abstention {
      let own = promisesRisk ? unseen : sample
      let decided = (0..<own.count).map { rule.choice(Array(own[$0])).decided }
      rule.abstention = try Abstention(
        abstention,
        confidences: decided.enumerated().map { own.probabilities[$0 * classes.count + $1] },
        isRight: zip(decided, own.truths).map { $0 == $1 }, groups: own.groups,
        promised: promisesRisk ? 0.95 : nil)
    }
    return rule
  }

  /// The examples that calibration is fitted on, and those that promises are made from.
  ///
  /// A promise needs examples that the calibrator has not seen. One temperature moves all rows alike and takes
  /// nothing from a promise that can be measured (`Results/coverage.md`); numbers of each class do, so that methods with such
  /// are fitted on one half, groups kept together, and promises are made from the other.
  package func parts(
    of validation: LabelledProbabilities
  ) throws(CalibrationError) -> (fitted: LabelledProbabilities, held: LabelledProbabilities) {
    let isPromised = missRate != nil || promisesRisk || points.contains(where: \.promised)
    guard isPromised, calibration.isFlexible else { return (validation, validation) }
    var random = RandomKey(seed: 0).folding("promises").source
    let halves = try GroupedFolds(validation, count: 2, using: &random)
    return (
      validation.selecting(halves.rows(in: 0)), validation.selecting(halves.rows(in: 1))
    )
  }
}
