public import Decisions
import Evaluation
import Uncertainty

/// How far a run's probabilities can be taken at their word, before and after what is decided, and whether that tells
/// classes apart any better.
public struct CalibrationChange: Codable, Sendable, Equatable {
  /// Numbers of one set of probabilities.
  public struct Numbers: Codable, Sendable, Equatable {
    /// Mean calibration slope over classes; 1 is right.
    public var slope: Double?
    /// Mean calibration intercept over classes; 0 is right.
    public var intercept: Double?
    /// Expected calibration error of the decision; 0 is right.
    public var error: Double?
    /// Mean area under the ROC curve of each class against the rest.
    public var area: Double?

    enum CodingKeys: String, CodingKey {
      case slope, intercept
      case error = "ece"
      case area = "roc_auc_ovr"
    }

    /// The numbers of a sample.
    public init(_ sample: LabelledProbabilities) {
      let slopes = CalibrationSlopes(sample)
      (slope, intercept) = (slopes.meanSlope, slopes.meanIntercept)
      error = CalibrationQuality(sample).calibrationError
      let predictions = try? Predictions(
        classes: sample.classes, paths: (0..<sample.count).map { "\($0)" },
        truths: sample.truths, probabilities: sample.probabilities)
      area = predictions.flatMap { MetricsReport($0, shots: nil)["roc_auc_ovr"] }
    }
  }

  /// As the model says.
  public var before: Numbers
  /// As the rule has it; `nil` where it leaves probabilities as they are.
  public var after: Numbers?
  /// Kind of calibration, `none` without one.
  public var calibration: String
  /// Whether the probabilities are of other class shares than there are, which the rule undoes.
  public var undoesSampler: Bool

  enum CodingKeys: String, CodingKey {
    case before, after, calibration
    case undoesSampler = "undoes_sampler"
  }

  /// What a rule changes about a sample.
  public init(_ rule: DecisionRule, on sample: LabelledProbabilities) {
    let changed = rule.applied(to: sample)
    before = Numbers(sample)
    after = changed.probabilities == sample.probabilities ? nil : Numbers(changed)
    (calibration, undoesSampler) = (rule.calibration.kind, rule.samplerCorrection != nil)
  }

  /// All of it in a sentence.
  var sentence: String {
    var text =
      "Calibration (slope 1, intercept 0 and error 0 are right): as the model says, \(Self.words(before))"
    if undoesSampler {
      text +=
        "; it speaks of other class shares than there are, as training showed them or its loss made them, which moves"
        + " intercepts"
    }
    guard let after else { return text + "; nothing was decided that changes it." }
    let how = [
      calibration == "none" ? nil : "\(calibration) calibration on validation",
      undoesSampler ? "the shares undone" : nil,
    ].compactMap(\.self).joined(separator: " and ")
    text += "; after \(how.isEmpty ? "correction" : how), \(Self.words(after))"
    guard let one = before.area, let two = after.area else { return text + "." }
    let apart =
      abs(two - one) < 0.005
      ? "classes are told apart as before" : "classes are told apart otherwise too"
    return text
      + "; \(apart) (AUROC \(Figures.fixed(one)) before and \(Figures.fixed(two)) after)."
  }

  private static func words(_ numbers: Numbers) -> String {
    "slope \(Figures.fixed(numbers.slope, 2)), intercept \(Figures.fixed(numbers.intercept, 2)), expected calibration"
      + " error \(Figures.fixed(numbers.error))"
  }
}
