import Decisions
import Evaluation

extension DecisionPart {
  /// The rule of the model on its leading predictions. Where it has none, a temperature fitted on the
  /// second part; where there is no second part, the most probable class.
  static func leading(_ contents: RunContents) -> DecisionPart? {
    guard let leading = contents.evaluations.first?.predictions else { return nil }
    let sample = LabelledProbabilities(leading)
    guard sample.count > 0 else { return nil }
    if let rule = contents.rule {
      return try? DecisionPart(rule, isStored: true, on: sample)
    }
    let second = contents.evaluations.dropFirst().first { $0.predictions != nil }
    var plan = DecisionPlan(calibration: .temperature)
    plan.chosenOn = second?.split ?? ""
    let fitted = second?.predictions.flatMap { try? plan.choose(on: LabelledProbabilities($0)) }
    return try? DecisionPart(
      fitted ?? DecisionRule(classes: sample.classes), isStored: false, on: sample)
  }
}
