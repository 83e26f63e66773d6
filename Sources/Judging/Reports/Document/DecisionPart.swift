public import Decisions
public import Uncertainty

/// What a rule of decision makes of the probabilities, on examples that it was not chosen on.
public struct DecisionPart: Codable, Sendable, Equatable {
  /// Kind of calibration, as `Calibration.kind` names it; `none` for the model's own probabilities.
  public var calibration: String
  /// On what the rule was chosen.
  public var chosenOn: String
  /// Whether the rule is stored with the model, and so is what `predict` uses; otherwise it only
  /// shows what calibration would do.
  public var isStored: Bool
  /// What it achieves.
  public var assessment: DecisionAssessment
  /// What the calibration does that should not pass without a word; `nil` in documents from before version
  /// 0.2.
  public var warnings: [String]?
  /// What it does to calibration and to telling classes apart; `nil` in documents from before version 0.2.
  public var change: CalibrationChange?

  enum CodingKeys: String, CodingKey {
    case calibration
    case chosenOn = "chosen_on"
    case isStored = "stored"
    case assessment
    case warnings = "calibration_warnings"
    case change = "calibration_change"
  }

  /// What a rule makes of the probabilities.
  public init(
    calibration: String, chosenOn: String, isStored: Bool, assessment: DecisionAssessment,
    warnings: [String]? = nil, change: CalibrationChange? = nil
  ) {
    self.change = change
    (self.calibration, self.chosenOn) = (calibration, chosenOn)
    (self.isStored, self.assessment, self.warnings) = (isStored, assessment, warnings)
  }

  /// What `rule` makes of a sample.
  ///
  /// - Parameters:
  ///   - rule: Chosen on other examples.
  ///   - isStored: Whether it is stored with the model.
  ///   - sample: Examples of known class, with the model's own probabilities.
  ///   - settings: How intervals are made.
  /// - Throws: `DecisionRuleError` where it is of other classes.
  public init(
    _ rule: DecisionRule, isStored: Bool, on sample: LabelledProbabilities,
    settings: IntervalSettings = IntervalSettings(resamples: 1000)
  ) throws(DecisionRuleError) {
    self.init(
      calibration: rule.calibration.kind, chosenOn: rule.provenance.chosenOn, isStored: isStored,
      assessment: try DecisionAssessment(rule, on: sample, settings: settings),
      warnings: rule.calibration.warnings(classes: rule.classes).map(\.description),
      change: CalibrationChange(rule, on: sample))
  }
}
