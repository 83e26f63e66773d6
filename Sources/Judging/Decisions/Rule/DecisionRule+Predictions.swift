public import Evaluation

extension DecisionRule {
  /// Predictions under the rule: corrected probabilities and its decisions, everything else kept.
  ///
  /// - Parameter predictions: What the model said.
  /// - Throws: `DecisionRuleError.otherClasses`.
  public func applied(to predictions: Predictions) throws(DecisionRuleError) -> Predictions {
    _ = try checked(for: predictions.classes)
    var (probabilities, decided): ([Double], [Int]) = ([], [])
    probabilities.reserveCapacity(predictions.probabilities.count)
    for row in 0..<predictions.count {
      let values = self.probabilities(predictions[row])
      probabilities += values
      decided.append(choice(values).decided)
    }
    do {
      var applied = try Predictions(
        classes: predictions.classes, paths: predictions.paths, truths: predictions.truths,
        predicted: decided, probabilities: probabilities, columns: predictions.columns)
      (applied.positive, applied.areOrdered) = (predictions.positive, predictions.areOrdered)
      return applied
    } catch {
      throw .inconsistent("\(error)")
    }
  }

  /// Labelled examples with the probabilities that the rule decides on.
  public func applied(to sample: LabelledProbabilities) -> LabelledProbabilities {
    sample.mapping(probabilities)
  }
}
