import Decisions
import Evaluation
import Runs
import Uncertainty

extension DecisionPart {
  /// The rule of the model on its leading predictions. Where it has none, a temperature fitted on
  /// validation, after other class frequencies than there are, if it speaks of such, are undone; without validation, the most
  /// probable class.
  ///
  /// - Parameters:
  ///   - contents: The files of a run.
  ///   - settings: How intervals are made.
  static func leading(_ contents: RunContents, _ settings: IntervalSettings) -> DecisionPart? {
    guard let leading = contents.evaluations.first?.predictions, leading.hasScores else {
      return nil
    }
    let sample = LabelledProbabilities(leading)
    guard sample.count > 0 else { return nil }
    if let rule = contents.rule {
      return try? DecisionPart(rule, isStored: true, on: sample, settings: settings)
    }
    let validation = contents.evaluations.dropFirst().first { $0.split == "val" }?.predictions
      .map { LabelledProbabilities($0) }
    var plan = DecisionPlan(calibration: .temperature)
    if let data = contents.data, let history = contents.history, let validation {
      plan.sampler = DecisionPlan.Sampler(data, history, contents.config)?.checked(on: validation)
    }
    let fitted = validation.flatMap { try? plan.choose(on: $0) }
    return try? DecisionPart(
      fitted ?? DecisionRule(classes: sample.classes), isStored: false, on: sample,
      settings: settings)
  }
}
