import Console
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

  /// How right its answers are in levels, and how many rows are free of all labels.
  ///
  /// - Parameters:
  ///   - predictions: what is judged, decoded.
  ///   - thresholds: from this probability on a label is said, `[L]`; `nil` is ½.
  ///   - given: the same before they were decoded, where the thresholds are for that, too.
  ///   - unit: what a row is called.
  func rewardStatements(
    of predictions: LabelPredictions, _ thresholds: [Double]?, given: LabelPredictions?,
    unit: String
  ) -> [String] {
    let limits = thresholds ?? predictions.labels.map { _ in 0.5 }
    let score = SetScore(predictions, thresholds: limits)
    return [
      rewardStatement(of: predictions, limits, given: given, unit: unit),
      "hierarchy: set score \(Format.decimal(score.overall, places: 1)) of 100: of \(Format.count(score.saidAny)) of"
        + " \(Format.count(score.count)) \(unit) a label is said",
    ]
  }

  private func rewardStatement(
    of predictions: LabelPredictions, _ thresholds: [Double], given: LabelPredictions?,
    unit: String
  ) -> String {
    let found = rewards(of: predictions, thresholds: thresholds).compactMap(\.self)
    guard let most = found.first?.most else {
      let depth = levels(of: predictions.labels).max() ?? 0
      return depth > HierarchicalReward.mostLevels
        ? "hierarchy: no reward: it is of \(HierarchicalReward.mostLevels) levels at most, and the labels have \(depth)"
        : "hierarchy: no reward: of each of the \(unit) a level is not known"
    }
    var text =
      "hierarchy: mean reward \(Self.mean(found)) of \(Int(most)) over \(Format.count(found.count)) \(unit) (a consistent answer"
      + " \(Int(most + 1) / 2), the first level all right \(Int(most + 1) / 4), each below half as much by its F1)"
    if found.count < predictions.count {
      text +=
        "; \(Format.count(predictions.count - found.count)) of which a level is not known are left out"
    }
    if let given {
      let before = rewards(of: given, thresholds: thresholds).compactMap(\.self)
      let wrong = before.count { !$0.isConsistent }
      if wrong > 0 {
        text +=
          "; as given \(Self.mean(before)), for \(Format.count(wrong)) answers name a label without all above it"
      }
    }
    return text
  }

  private static func mean(_ rewards: [HierarchicalReward]) -> String {
    Format.decimal(
      rewards.reduce(0) { $0 + $1.value } / Double(max(rewards.count, 1)), places: 2)
  }
}
