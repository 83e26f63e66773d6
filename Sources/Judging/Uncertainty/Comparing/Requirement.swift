import Evaluation
import Requirements

/// What a candidate must not fall short of, such as `f1_macro >= -0.01` or `recall[melanoma] >= -0.05`:
/// the difference of a metric, second minus first, and a bound for it.
public struct Requirement: Sendable, Equatable, Codable {
  /// Which side of the bound is wanted.
  public enum Relation: String, Sendable, Codable, CaseIterable {
    /// The difference is at least the bound.
    case atLeast = ">="
    /// The difference is at most the bound.
    case atMost = "<="
  }

  /// Name of a metric of the catalogue, or of one of a class (``ClassComparison/metrics``).
  public let metric: String
  /// Name of the class; `nil` of a metric over all.
  public let ofClass: String?
  /// Which side of the bound is wanted.
  public let relation: Relation
  /// The bound of the difference.
  public let bound: Double

  enum CodingKeys: String, CodingKey {
    case metric
    case ofClass = "class"
    case relation, bound
  }

  /// A requirement in words.
  ///
  /// - Parameter text: `METRIC >= NUMBER` or `METRIC <= NUMBER`, with or without spaces; the metric of one
  ///   class is `METRIC[CLASS]`.
  /// - Throws: `RequirementError` naming what cannot be read.
  public init(parsing text: String) throws(RequirementError) {
    try self.init(
      parsing: text, metrics: Metric.catalogue.map(\.name), ofClass: ClassComparison.metrics)
  }

  /// A requirement in words, of other metrics than those of classes.
  ///
  /// - Parameters:
  ///   - text: As ``init(parsing:)`` reads it.
  ///   - metrics: Names of the metrics over all.
  ///   - ofClass: Names of those of one class, or of one label.
  /// - Throws: `RequirementError` naming what cannot be read.
  package init(
    parsing text: String, metrics: [String], ofClass: [String]
  ) throws(RequirementError) {
    // The relation is the last one: a class may be called anything.
    let found = Relation.allCases.compactMap { relation in
      text.ranges(of: relation.rawValue).last.map { (relation, $0) }
    }.max { $0.1.lowerBound < $1.1.lowerBound }
    guard let (relation, range) = found else { throw .notARequirement(text) }
    let (metric, ofClass) = try Self.subject(
      trimmed(text[..<range.lowerBound]), in: text, metrics, ofClass)
    let number = trimmed(text[range.upperBound...])
    guard let bound = Double(number), bound.isFinite else {
      throw .notANumber(number, metric: metric)
    }
    (self.metric, self.ofClass, self.relation, self.bound) = (metric, ofClass, relation, bound)
  }

  /// Not to be worse by more than a margin, whichever way is worse: `>= −MARGIN`, of a loss `<= MARGIN`.
  ///
  /// - Parameters:
  ///   - subject: `METRIC`, or of one class `METRIC[CLASS]`.
  ///   - margin: The most that may be lost, above 0 and finite.
  /// - Throws: `RequirementError` naming what cannot be read, or a margin that is none.
  public init(nonInferior subject: String, margin: Double) throws(RequirementError) {
    guard margin > 0, margin.isFinite else { throw .notAMargin(margin) }
    (metric, ofClass) = try Self.subject(
      trimmed(subject[...]), in: subject, Metric.catalogue.map(\.name), ClassComparison.metrics)
    let isGain = Metric.named(metric)?.higherIsBetter ?? true
    (relation, bound) = isGain ? (.atLeast, -margin) : (.atMost, margin)
  }

  /// The metric, and the class where one is named.
  private static func subject(
    _ words: String, in text: String, _ metrics: [String], _ ofOne: [String]
  ) throws(RequirementError) -> (metric: String, ofClass: String?) {
    guard let open = words.firstIndex(of: "["), words.hasSuffix("]") else {
      guard !words.isEmpty else { throw .notARequirement(text) }
      return (try known(words, among: metrics), nil)
    }
    let name = words[words.index(after: open)...].dropLast()
    guard !name.isEmpty, open > words.startIndex else { throw .notARequirement(text) }
    let metric = trimmed(words[..<open])
    return (try known(metric, among: ofOne), String(name))
  }

  private static func known(
    _ name: String, among metrics: [String]
  ) throws(RequirementError) -> String {
    if metrics.contains(name) { return name }
    throw .unknownMetric(name, nearest: nearest(to: name, among: metrics), known: metrics)
  }

  /// Says so where the class is not among those of the models.
  ///
  /// - Parameter classes: Names, `[C]`.
  /// - Throws: `RequirementError.unknownClass`.
  public func check(classes: [String]) throws(RequirementError) {
    guard let ofClass, !classes.contains(ofClass) else { return }
    throw .unknownClass(ofClass, nearest: nearest(to: ofClass, among: classes), known: classes)
  }

  /// What is required of: `f1_macro`, `recall[melanoma]`.
  public var subject: String { metric + (ofClass.map { "[\($0)]" } ?? "") }

  /// The requirement as it is written: `f1_macro >= -0.01`.
  public var text: String { "\(subject) \(relation.rawValue) \(bound)" }

  /// Whether a difference keeps the bound.
  public func allows(_ difference: Double) -> Bool {
    switch relation {
    case .atLeast: difference >= bound
    case .atMost: difference <= bound
    }
  }
}

/// What is wrong with the words of a requirement.
public enum RequirementError: Error, Equatable, CustomStringConvertible {
  /// It is not a metric, a relation and a number.
  case notARequirement(String)
  /// No metric has this name; of a class fewer are compared than over all.
  case unknownMetric(String, nearest: String?, known: [String])
  /// The two models do not know this class.
  case unknownClass(String, nearest: String?, known: [String])
  /// The bound is not a number.
  case notANumber(String, metric: String)
  /// The margin of non-inferiority is not a number above 0.
  case notAMargin(Double)
  /// No second model could keep the bound, or none could break it: it was meant of the value itself.
  case ofTheValue(Requirement, first: Double)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .notARequirement(let text):
      return "cannot read the requirement '\(text)': expected METRIC >= NUMBER or"
        + " METRIC <= NUMBER, such as 'f1_macro >= -0.01' or, of a class, 'recall[melanoma] >= -0.05'"
    case .unknownMetric(let name, let nearest, let known):
      let ofClass =
        ClassComparison.metrics.contains(name) ? "; of a class it is written \(name)[CLASS]." : ""
      return "unknown metric '\(name)'\(ofClass.isEmpty ? hint(nearest) : ofClass) Metrics: "
        + known.joined(separator: ", ")
    case .unknownClass(let name, let nearest, let known):
      return "unknown class '\(name)'\(hint(nearest)) Classes: \(known.joined(separator: ", "))"
    case .notANumber(let text, let metric):
      return "cannot read the bound '\(text)' of \(metric): expected a number, such as -0.01"
    case .notAMargin(let margin):
      return "cannot take \(margin) as the margin: expected a number above 0, such as 0.02"
    case .ofTheValue(let requirement, let first):
      let value = "\((first * 10_000).rounded() / 10_000)"
      let always =
        requirement.relation == .atLeast && requirement.bound > 0
          || requirement.relation == .atMost && requirement.bound < 0
        ? "no model can keep it" : "no model can break it"
      return
        "'\(requirement.text)': a bound is of the difference, second minus first, not of the value;"
        + " the first model has \(value), so that \(always). What the second may lose is written"
        + " '\(requirement.subject) \(requirement.allowance)', what it must gain"
        + " '\(requirement.subject) \(requirement.gain)'"
    }
  }
}

private func hint(_ nearest: String?) -> String {
  nearest.map { "; did you mean '\($0)'?" } ?? ";"
}

private func trimmed(_ text: Substring) -> String {
  let start = text.drop { $0.isWhitespace }
  return String(start.reversed().drop { $0.isWhitespace }.reversed())
}
