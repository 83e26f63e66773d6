import Evaluation
import Targets

extension TargetFlags {
  /// Which labels are kinds of others: as a rule has it, or as the options say.
  ///
  /// - Throws: what reading it throws; `OptionError.conflict` where the rule that is followed was chosen with another, or without.
  func hierarchy(among labels: [String], storedIn rule: LabelRule?) throws -> LabelHierarchy? {
    let own = try hierarchy.map { try LabelHierarchy.read($0, labels: labels) }
    guard let rule, let own else { return own ?? rule?.hierarchy }
    guard let stored = rule.hierarchy, Set(stored.edges) == Set(own.edges) else {
      throw OptionError.conflict(
        "hierarchy: the rule was chosen \(rule.hierarchy == nil ? "without one" : "with another"), so its thresholds would contradict"
          + " it; leave --hierarchy out, or choose a rule with it: steelyard decide TABLE --hierarchy FILE --output rule.json"
      )
    }
    return stored
  }
}

extension LabelHierarchy {
  /// What it changed, and where the truth contradicts it.
  ///
  /// - Parameters:
  ///   - predictions: what is decoded: as the model gave them, or studies.
  ///   - unit: what a row of them is called.
  func statements(of predictions: LabelPredictions, unit: String) -> [String] {
    let width = predictions.labels.count
    let after = applied(to: predictions).probabilities
    let raised = (0..<predictions.count).count { row in
      let entries = row * width..<(row + 1) * width
      return after[entries] != predictions.probabilities[entries]
    }
    let wrong = contradictions(in: predictions)
    return [
      "hierarchy: a label is at least as probable as what is below it; probabilities of \(raised) of \(predictions.count) \(unit)"
        + " were raised for that"
    ]
      + (wrong.isEmpty
        ? []
        : [
          "hierarchy: \(wrong.count) \(unit), such as '\(predictions.paths[wrong[0]])', are known to have a label and not to have one above"
            + " it; their truth is taken as it is"
        ])
  }
}
