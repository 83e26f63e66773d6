import Console
import Evaluation

/// What a candidate must not fall short of, such as `f1_macro >= -0.01`: the difference of a metric,
/// second minus first, and a bound for it.
public struct Requirement: Sendable, Equatable, Codable {
  /// Which side of the bound is wanted.
  public enum Relation: String, Sendable, Codable, CaseIterable {
    /// The difference is at least the bound.
    case atLeast = ">="
    /// The difference is at most the bound.
    case atMost = "<="
  }

  /// Name of a metric of the catalogue.
  public let metric: String
  /// Which side of the bound is wanted.
  public let relation: Relation
  /// The bound of the difference.
  public let bound: Double

  /// A requirement in words.
  ///
  /// - Parameter text: `METRIC >= NUMBER` or `METRIC <= NUMBER`, with or without spaces.
  /// - Throws: `RequirementError` naming what cannot be read.
  public init(parsing text: String) throws(RequirementError) {
    let found = Relation.allCases.compactMap { relation in
      text.range(of: relation).map { (relation, $0) }
    }
    guard let (relation, range) = found.first, found.count == 1 else {
      throw .notARequirement(text)
    }
    let name = trimmed(text[..<range.lowerBound])
    let number = trimmed(text[range.upperBound...])
    guard !name.isEmpty else { throw .notARequirement(text) }
    let known = Metric.catalogue.map(\.name)
    guard known.contains(name) else {
      throw .unknownMetric(name, nearest: nearest(to: name, among: known))
    }
    guard let bound = Double(number), bound.isFinite else {
      throw .notANumber(number, metric: name)
    }
    (metric, self.relation, self.bound) = (name, relation, bound)
  }

  /// The requirement as it is written: `f1_macro >= -0.01`.
  public var text: String { "\(metric) \(relation.rawValue) \(bound)" }

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
  /// No metric has this name.
  case unknownMetric(String, nearest: String?)
  /// The bound is not a number.
  case notANumber(String, metric: String)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .notARequirement(let text):
      return "cannot read the requirement '\(text)': expected METRIC >= NUMBER or"
        + " METRIC <= NUMBER, such as 'f1_macro >= -0.01'"
    case .unknownMetric(let name, let nearest):
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
      return "unknown metric '\(name)'\(hint) Metrics: "
        + Metric.catalogue.map(\.name).joined(separator: ", ")
    case .notANumber(let text, let metric):
      return "cannot read the bound '\(text)' of \(metric): expected a number, such as -0.01"
    }
  }
}

private func trimmed(_ text: Substring) -> String {
  let start = text.drop { $0.isWhitespace }
  return String(start.reversed().drop { $0.isWhitespace }.reversed())
}

extension String {
  fileprivate func range(of relation: Requirement.Relation) -> Range<String.Index>? {
    ranges(of: relation.rawValue).first
  }
}
