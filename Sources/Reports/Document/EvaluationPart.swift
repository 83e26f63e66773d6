public import Decisions
public import Evaluation
public import Uncertainty

/// Results on one part of the data.
public struct EvaluationPart: Codable, Sendable, Equatable {
  /// `test`, `val`, or what the user called it.
  public var split: String
  /// All metrics, with intervals where there are any.
  public var judgement: Judgement
  /// ROC and precision–recall curves by class, `[C]`; empty without predictions.
  public var curves: [ClassCurves]
  /// Results by attribute (sex, site, scanner); empty where the predictions carry no attribute.
  public var subgroups: [SubgroupAssessment]
  /// The most confident mistakes; `nil` without predictions.
  public var failures: FailureCases?

  /// How far the probabilities can be taken at their word; `nil` without predictions.
  public var calibration: CalibrationQuality?
  /// The same after calibration, where a calibrator is known.
  public var calibrated: Calibrated?

  /// All metrics.
  public var metrics: MetricsReport { judgement.report }

  enum CodingKeys: String, CodingKey {
    case split, curves, subgroups, failures, calibration, calibrated
    case judgement = "metrics"
  }

  /// Probabilities after calibration.
  public struct Calibrated: Codable, Sendable, Equatable {
    /// What kind of calibrator, as `Calibration.kind` names it.
    public var kind: String
    /// The part it was fitted on.
    public var fittedOn: String
    /// How far the calibrated probabilities can be taken at their word.
    public var quality: CalibrationQuality

    enum CodingKeys: String, CodingKey {
      case kind, quality
      case fittedOn = "fitted_on"
    }

    /// Probabilities after calibration.
    public init(kind: String, fittedOn: String, quality: CalibrationQuality) {
      (self.kind, self.fittedOn, self.quality) = (kind, fittedOn, quality)
    }
  }

  /// Results of their parts.
  public init(
    split: String, judgement: Judgement, curves: [ClassCurves] = [],
    subgroups: [SubgroupAssessment] = [],
    failures: FailureCases? = nil, calibration: CalibrationQuality? = nil,
    calibrated: Calibrated? = nil
  ) {
    (self.calibration, self.calibrated) = (calibration, calibrated)
    (self.split, self.judgement, self.curves) = (split, judgement, curves)
    (self.subgroups, self.failures) = (subgroups, failures)
  }
}
