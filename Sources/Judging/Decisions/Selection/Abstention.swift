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
  /// The risk that is promised for new examples; `nil` where none is.
  public let guarantee: Guarantee?

  /// Chooses a threshold: the highest that answers enough, or the lowest that errs seldom enough.
  ///
  /// A promised risk is the upper limit for new examples, of as many independent ones as the groups are worth. Of ten
  /// coverages, .1 to 1, the largest is taken whose limit keeps the risk with a confidence of `1 − (1 − confidence)/10`
  /// (Bonferroni), so that choosing costs nothing of what is promised.
  ///
  /// Source: Geifman and El-Yaniv, "Selective classification for deep neural networks", NeurIPS 2017, whose bisection
  /// over log₂ n coverages is ten fixed ones here.
  ///
  /// - Parameters:
  ///   - aim: What to achieve on validation.
  ///   - confidences: Probability of the decided class, `[N]`.
  ///   - isRight: Whether each decision is right, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - promised: Confidence, between 0 and 1, with which a risk must hold for new examples; `nil` where on
  ///     validation is enough, and for a coverage.
  /// - Throws: `AbstentionError`, with the best that can be reached.
  /// - Precondition: both lists have the same length.
  public init(
    _ aim: Aim, confidences: [Double], isRight: [Bool], groups: [String]? = nil,
    promised: Double? = nil
  ) throws(AbstentionError) {
    let points = SelectiveCurve.blocks(confidences, isRight)
    guard let last = points.last else { throw .noExamples }
    let answers = Answers(confidences: confidences, isRight: isRight, groups: groups)
    var guarantee: Guarantee?
    let chosen: SelectiveCurve.Point
    switch aim {
    case .coverage(let least):
      guard least > 0, least <= 1 else { throw .badLevel(least) }
      chosen = points.first { $0.coverage >= least - 1e-12 } ?? last
    case .risk(let most):
      guard most >= 0, most < 1 else { throw .badLevel(most) }
      if let promised {
        (chosen, guarantee) = try answers.promised(most, points, confidence: promised)
      } else {
        guard let point = points.last(where: { $0.risk <= most + 1e-12 }) else {
          throw .unreachable(risk: most, best: points.map(\.risk).min() ?? 1)
        }
        chosen = point
      }
    }
    self.aim = aim
    self.guarantee = guarantee
    threshold = chosen.threshold
    answered = Rate(confidences.map { $0 >= chosen.threshold }, groups: groups)
    errors = answers.errors(from: chosen.threshold)
  }
}

/// Decisions with their confidences.
private struct Answers {
  let confidences: [Double]
  let isRight: [Bool]
  let groups: [String]?

  private func kept(from threshold: Double) -> (isRight: [Bool], groups: [String]?) {
    let rows = confidences.indices.filter { confidences[$0] >= threshold }
    return (rows.map { isRight[$0] }, groups.map { all in rows.map { all[$0] } })
  }

  /// Wrong ones among the answered.
  func errors(from threshold: Double) -> Rate {
    let kept = kept(from: threshold)
    return Rate(kept.isRight.map(!), groups: kept.groups)
  }

  /// The largest of ten coverages whose upper limit keeps the risk.
  func promised(
    _ most: Double, _ points: [SelectiveCurve.Point], confidence: Double
  ) throws(AbstentionError) -> (SelectiveCurve.Point, Guarantee) {
    var best = 1.0
    for part in stride(from: 10, through: 1, by: -1) {
      guard let point = points.first(where: { $0.coverage >= Double(part) / 10 - 1e-12 }) else {
        continue
      }
      let kept = kept(from: point.threshold)
      let limit = Guarantee(
        flags: kept.isRight, groups: kept.groups, confidence: 1 - (1 - confidence) / 10
      ).complement
      if limit.level <= most { return (point, limit) }
      best = min(best, limit.level)
    }
    throw .notPromised(
      risk: most, best: best, examples: confidences.count, confidence: confidence)
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
  /// No coverage has an upper limit that low; the lowest there is.
  case notPromised(risk: Double, best: Double, examples: Int, confidence: Double = 0.95)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .noExamples: "an abstention cannot be chosen without validation examples"
    case .badLevel(let level): "a coverage or risk of \(level): expected a fraction between 0 and 1"
    case .unreachable(let risk, let best):
      "no confidence brings the risk down to \(risk); the best on validation is \(best)"
    case .notPromised(let risk, let best, let examples, let confidence):
      "a risk of \(risk) cannot be promised with confidence \(confidence) from \(examples) validation examples; the best"
        + " that can is \(best)"
    }
  }
}
