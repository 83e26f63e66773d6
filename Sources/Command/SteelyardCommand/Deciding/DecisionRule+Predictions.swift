import Decisions
import Evaluation

extension DecisionRule {
  /// Predictions under the rule, with columns for what it says besides the decision: `flagged` by an
  /// operating point, whether the rule `abstained`, the conformal `set`, its classes joined by `|`.
  func decisions(on predictions: Predictions) throws -> Predictions {
    let applied = try applied(to: predictions)
    let decisions = (0..<predictions.count).map {
      decide(predictions[$0], of: predictions.paths[$0])
    }
    func yesNo(_ name: String, _ values: [Bool]) -> Predictions.Column {
      .init(name, values.map { $0 ? "yes" : "no" })
    }
    var columns = applied.columns
    if !operatingPoints.isEmpty {
      columns.append(yesNo("flagged", decisions.map { $0.flagged != nil }))
    }
    if abstention != nil { columns.append(yesNo("abstained", decisions.map(\.abstains))) }
    if conformal != nil {
      let sets = decisions.map { ($0.set ?? []).map { classes[$0] }.joined(separator: "|") }
      columns.append(.init("set", sets))
    }
    var decided = try Predictions(
      classes: classes, paths: applied.paths, truths: applied.truths,
      predicted: applied.predicted, probabilities: applied.probabilities, columns: columns)
    (decided.positive, decided.areOrdered) = (applied.positive, applied.areOrdered)
    return decided
  }
}
