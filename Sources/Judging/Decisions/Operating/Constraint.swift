/// What a threshold must achieve.
public enum Constraint: Sendable, Equatable, Codable, CustomStringConvertible {
  /// At least this part of the examples of the class is flagged.
  case sensitivity(atLeast: Double)
  /// At least this part of the other examples is not flagged.
  case specificity(atLeast: Double)
  /// At most this part of all examples is flagged.
  case workload(atMost: Double)

  /// As in an error or a report.
  public var description: String {
    switch self {
    case .sensitivity(let value): "sensitivity ≥ \(value)"
    case .specificity(let value): "specificity ≥ \(value)"
    case .workload(let value): "work load ≤ \(value)"
    }
  }

  /// The level asked for.
  var level: Double {
    switch self {
    case .sensitivity(let value), .specificity(let value), .workload(let value): value
    }
  }

  /// Whether a rate of the kind that is constrained keeps the level; one that is not defined does not.
  func holds(_ rate: Double?) -> Bool {
    guard let value = rate else { return false }
    if case .workload(let most) = self { return value <= most + 1e-12 }
    return value >= level - 1e-12
  }
}

/// What can be wrong with an operating point that is asked for.
public enum OperatingPointError: Error, Equatable, CustomStringConvertible {
  /// No class has this name.
  case unknownClass(String, classes: [String])
  /// A level is not strictly above 0 and at most 1.
  case badLevel(Constraint)
  /// Validation has no example of the class, or of no other class.
  case noExamples(String, constraint: Constraint)
  /// No threshold meets the constraint; the best that one can reach, with the first constraint held.
  case unreachable(String, constraint: Constraint, best: Double, holding: Constraint?)
  /// There are too few examples, or groups of them, to promise the level.
  case tooFewExamples(
    String, constraint: Constraint, confidence: Double, examples: Int, inGroups: Bool = false,
    needed: Int?, best: Double)
  /// A further constraint holds on validation, but cannot be promised there.
  case notPromised(
    String, constraint: Constraint, confidence: Double, best: Double, holding: Constraint)
  /// Points of more priority flag so many examples of the class that the rest cannot keep the promise.
  case flaggedFirst(
    String, constraint: Constraint, confidence: Double, by: [String], best: Double)
  /// A work load is to be promised at a prevalence that is not that of validation.
  case otherPrevalence(String, constraint: Constraint)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .unknownClass(let name, let classes):
      return "no class '\(name)'; the classes are "
        + classes.map { "'\($0)'" }.joined(separator: ", ")
    case .badLevel(let constraint):
      return "\(constraint): expected a fraction above 0 and at most 1"
    case .noExamples(let name, let constraint):
      return "\(constraint) for '\(name)' cannot be arranged: validation has no example "
        + (constraint.isAboutPositives ? "of it" : "of another class")
    case .unreachable(let name, let constraint, let best, let holding):
      let held = holding.map { " with \($0)" } ?? ""
      return "no threshold for '\(name)' reaches \(constraint)\(held); the best on validation is "
        + "\(best)"
    case .tooFewExamples(
      let name, let constraint, let confidence, let examples, let inGroups, let needed, let best):
      return "\(constraint) for '\(name)' cannot be promised with confidence \(confidence) from "
        + "\(examples) validation \(inGroups ? "groups" : "examples"); it takes"
        + " \(needed.map(String.init) ?? "infinitely many"), and the best that \(examples) can promise is \(best)"
    case .notPromised(let name, let constraint, let confidence, let best, let holding):
      return
        "\(constraint) for '\(name)' cannot be promised with confidence \(confidence) where \(holding) is: it"
        + " holds on validation, but for new examples no more than \(best) can be promised"
    case .flaggedFirst(let name, let constraint, let confidence, let first, let best):
      return "\(constraint) for '\(name)' cannot be promised with confidence \(confidence): "
        + first.map { "'\($0)'" }.joined(separator: ", ")
        + " \(first.count == 1 ? "is" : "are") flagged first and take\(first.count == 1 ? "s" : "") too many of its"
        + " images; the best that the whole rule can promise is \(best)"
    case .otherPrevalence(let name, let constraint):
      return
        "\(constraint) for '\(name)' cannot be promised at a prevalence that is aimed at: the rank of a"
        + " score on validation says what is flagged where the classes are as common as there; promise it at that"
        + " prevalence, or ask for it without a promise"
    }
  }
}

extension Constraint {
  var isAboutPositives: Bool {
    if case .sensitivity = self { return true }
    return false
  }

  /// Whether it counts examples of all classes, so that the prevalence matters.
  var isAboutAll: Bool {
    if case .workload = self { return true }
    return false
  }
}
