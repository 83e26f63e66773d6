/// When an example is left to a human: its decided class has less than this probability.
public struct Abstention: Sendable, Equatable, Codable {
  /// What an abstention is to achieve.
  public enum Aim: Sendable, Equatable, Codable {
    /// At least this part of the examples is answered.
    case coverage(atLeast: Double)
    /// At most this part of the answered is wrong.
    case risk(atMost: Double)
  }

  /// Answered from this confidence on.
  public let threshold: Double
  /// What it was chosen for.
  public let aim: Aim
  /// Answered examples of validation.
  public let answered: Rate
  /// Wrong ones among the answered.
  public let errors: Rate

  /// Chooses a threshold: the highest that answers enough, or the lowest that errs seldom enough.
  ///
  /// - Parameters:
  ///   - aim: What to achieve on validation.
  ///   - confidences: Probability of the decided class, `[N]`.
  ///   - isRight: Whether each decision is right, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  /// - Throws: `AbstentionError`, with the best that can be reached.
  /// - Precondition: both lists have the same length.
  public init(
    _ aim: Aim, confidences: [Double], isRight: [Bool], groups: [String]? = nil
  ) throws(AbstentionError) {
    let points = SelectiveCurve.blocks(confidences, isRight)
    guard let last = points.last else { throw .noExamples }
    let chosen: SelectiveCurve.Point
    switch aim {
    case .coverage(let least):
      guard least > 0, least <= 1 else { throw .badLevel(least) }
      chosen = points.first { $0.coverage >= least - 1e-12 } ?? last
    case .risk(let most):
      guard most >= 0, most < 1 else { throw .badLevel(most) }
      guard let point = points.last(where: { $0.risk <= most + 1e-12 }) else {
        throw .unreachable(risk: most, best: points.map(\.risk).min() ?? 1)
      }
      chosen = point
    }
    self.aim = aim
    threshold = chosen.threshold
    let kept = confidences.map { $0 >= chosen.threshold }
    let rows = kept.indices.filter { kept[$0] }
    answered = Rate(kept, groups: groups)
    errors = Rate(
      rows.map { !isRight[$0] }, groups: groups.map { all in rows.map { all[$0] } })
  }
}

/// What can be wrong with an abstention that is asked for.
public enum AbstentionError: Error, Equatable, CustomStringConvertible {
  /// There are no validation examples.
  case noExamples
  /// The level is no fraction.
  case badLevel(Double)
  /// No confidence is high enough; the best that one can reach.
  case unreachable(risk: Double, best: Double)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .noExamples: "an abstention cannot be chosen without validation examples"
    case .badLevel(let level): "a coverage or risk of \(level): expected a fraction between 0 and 1"
    case .unreachable(let risk, let best):
      "no confidence brings the risk down to \(risk); the best on validation is \(best)"
    }
  }
}
