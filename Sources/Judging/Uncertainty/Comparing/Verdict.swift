import Evaluation

/// Whether a comparison keeps a requirement.
public struct Verdict: Sendable, Equatable, Codable {
  /// What the paired interval says.
  public enum Outcome: String, Sendable, Codable, CaseIterable {
    /// The whole interval keeps the bound.
    case passes
    /// The whole interval breaks it.
    case ruledOut = "ruled_out"
    /// The interval holds the bound, or there is none: these examples cannot tell.
    case undecided
  }

  /// What was required.
  public let requirement: Requirement
  /// The difference and its interval.
  public let difference: Difference
  /// Examples of the class; `nil` of a metric over all.
  public let support: Int?
  /// The positive one of two classes, where the metric is that class's; else `nil`.
  public let positive: String?
  /// What the paired interval says.
  public let outcome: Outcome
  /// Why there is no interval, where few groups or images are the reason.
  public let withheld: String?

  enum CodingKeys: String, CodingKey {
    case requirement, difference, support
    case positive = "positive_class"
    case outcome, withheld
  }

  /// Metrics that the decisions alone determine, of which McNemar's test speaks.
  private static let ofDecisions: Set<String> = [
    "accuracy", "balanced_accuracy", "recall_macro", "f1_macro", "f1_weighted", "mcc", "recall",
    "f1",
  ]

  /// The verdict of a comparison.
  ///
  /// Two models that decide and score alike have difference 0 and no interval; they pass where 0 keeps
  /// the bound and are ruled out where it does not. Where every resample of independent examples has the same
  /// other difference of decisions (recall, F1, accuracy), McNemar's test decides whether it is shown. Where a
  /// value is undefined nothing is decided.
  ///
  /// - Parameters:
  ///   - requirement: What is required of the second model against the first.
  ///   - comparison: The two models on the same examples.
  /// - Throws: `RequirementError.unknownClass` where the models do not know the class.
  public init(
    _ requirement: Requirement, _ comparison: Comparison
  ) throws(RequirementError) {
    try requirement.check(classes: comparison.classes)
    let row = comparison.perClass.first { $0.name == requirement.ofClass }
    let found =
      requirement.ofClass == nil
      ? comparison.metrics[requirement.metric] : row?[requirement.metric]
    let difference = found ?? Difference(first: nil, second: nil, interval: nil)
    self.requirement = requirement
    self.difference = difference
    support = row?.support
    positive =
      requirement.ofClass == nil && Metric.ofPositive.contains(requirement.metric)
      ? comparison.positive : nil
    withheld = Self.withheld(difference, of: row, comparison)
    let isOfDecisions = Self.ofDecisions.contains(requirement.metric)
    let hasTest = isOfDecisions && comparison.resampling.clusters == nil
    let chance = hasTest ? (row?.mcNemar ?? comparison.mcNemar).pValue : 1
    outcome = Self.outcome(
      requirement, difference, isShown: chance < 1 - comparison.resampling.level)
  }

  /// The verdict of a difference of which there is an interval or none, of targets that are no classes.
  ///
  /// - Parameters:
  ///   - requirement: What is required of the second model against the first.
  ///   - difference: The difference, with its paired interval.
  ///   - support: Examples of the label; `nil` of a metric over all.
  ///   - withheld: Why there is no interval, where few groups or images are the reason.
  package init(
    _ requirement: Requirement, of difference: Difference, support: Int?, withheld: String?
  ) {
    (self.requirement, self.difference, self.support) = (requirement, difference, support)
    positive = nil
    self.withheld =
      difference.interval == nil && difference.difference ?? 0 != 0 ? withheld : nil
    outcome = Self.outcome(requirement, difference, isShown: false)
  }

  /// - Parameter isShown: Whether a test shows a difference of which there is no interval.
  private static func outcome(
    _ requirement: Requirement, _ difference: Difference, isShown: Bool
  ) -> Outcome {
    switch (difference.interval.map { [$0.low, $0.high] }, difference.difference) {
    case (let ends?, _):
      let kept = ends.count { requirement.allows($0) }
      return kept == 2 ? .passes : kept == 0 ? .ruledOut : .undecided
    case (nil, 0.0?):
      return requirement.allows(0) ? .passes : .ruledOut
    case (nil, let value?) where isShown:
      return requirement.allows(value) ? .undecided : .ruledOut
    default:
      return .undecided
    }
  }

  private static func withheld(
    _ difference: Difference, of row: ClassComparison?, _ comparison: Comparison
  ) -> String? {
    guard difference.interval == nil, difference.difference ?? 0 != 0 else { return nil }
    let few = Replicates.fewestUnits
    return comparison.resampling.withheld(images: comparison.n)
      ?? row.flatMap { row in
        comparison.resampling.clusters == nil
          ? nil : "its images are in fewer than \(few) groups, or every resample says the same"
      }
  }

  /// The verdict in English, on one line.
  public var summary: String {
    let of = positive.map { " (positive class: \($0))" } ?? ""
    guard let value = difference.difference else {
      return "\(requirement.text): undecided, \(requirement.subject) is undefined for a model\(of)"
    }
    let words: String
    switch outcome {
    case .passes: words = "passes"
    case .ruledOut: words = "ruled out"
    case .undecided: words = "undecided, these examples cannot tell"
    }
    let range =
      difference.interval.map { ", interval \(signed($0.low)) to \(signed($0.high))" } ?? ""
    let few = support.map { " on \($0) of the class" } ?? ""
    let reason = withheld.map { "; no interval, \($0)" } ?? ""
    return "\(requirement.text): \(words); difference \(signed(value))\(few)\(range)\(reason)\(of)"
      + (abs(requirement.bound) >= 0.5
        ? "; the bound is of the difference, second minus first" : "")
  }
}

/// A difference with its sign and four decimals.
private func signed(_ value: Double) -> String {
  let units = Int((abs(value) * 10_000).rounded())
  let fraction = String(units % 10_000)
  let zeros = String(repeating: "0", count: 4 - fraction.count)
  return (value < 0 ? "-" : "+") + "\(units / 10_000)." + zeros + fraction
}
