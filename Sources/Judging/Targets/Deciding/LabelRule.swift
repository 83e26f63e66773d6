public import Decisions
import Evaluation
import Requirements

/// How a model decides about several labels: for each a rule of its own, as of two classes, and a threshold.
///
/// A label's rule calibrates its probability and carries it to another prevalence; from the threshold on the label is said to be
/// there. A label that validation does not know both ways has no rule: its probability stays, and its
/// threshold is that of its costs, else ½.
public struct LabelRule: Sendable, Equatable, Codable {
  /// What is decided about one label.
  public struct Part: Sendable, Equatable, Codable {
    /// Name of the label.
    public let label: String
    /// How its probability is calibrated and corrected, of the classes `not LABEL` and `LABEL`; `nil` where
    /// validation could not tell.
    public let rule: DecisionRule?
    /// From this corrected probability on it is said to be there, 0…1.
    public let threshold: Double
    /// What the threshold was chosen by.
    public let chosenBy: String
    /// Why it has no conformal sets, where they were asked for; `nil` where it has some, or none were.
    public let withoutSets: String?

    enum CodingKeys: String, CodingKey {
      case label, rule, threshold
      case chosenBy = "chosen_by"
      case withoutSets = "without_sets"
    }
  }

  /// One part for each label, `[L]`.
  public let parts: [Part]
  /// How images become the studies that it decides about; `nil` where it decides about images.
  public let study: ChosenJoin?
  /// Which labels are kinds of others; `nil` where each is by itself. Probabilities rise towards parents before they are calibrated
  /// and after, and decisions and answers never say a label without those above it.
  public let hierarchy: LabelHierarchy?

  enum CodingKeys: String, CodingKey {
    case parts = "labels"
    case study, hierarchy
  }

  /// Thresholds in the order of the labels, `[L]`.
  public var thresholds: [Double] { parts.map(\.threshold) }

  /// What is asked of the rules.
  public struct Plan: Sendable {
    /// How each label's probability is calibrated.
    public var calibration = CalibrationMethod.none
    /// What a label's threshold must keep, by its name; other labels take the threshold of the best F1.
    public var constraints: [String: Constraint] = [:]
    /// Whether these must hold for new examples with confidence .95, not only on validation.
    public var promised = false
    /// What mistakes about a label cost, by its name: its threshold is then that of the least expected cost.
    public var costs: [String: LabelCosts] = [:]
    /// α of conformal sets of each label, between 0 and 1; `nil` for none.
    public var missRate: Double?
    /// How common labels are where the model will work, by their names.
    public var prevalence: [String: Double] = [:]
    /// How the rows of validation were made of images; `nil` where they are images.
    public var study: ChosenJoin?
    /// Which labels are kinds of others; `nil` where each is by itself.
    public var hierarchy: LabelHierarchy?
    /// What validation is called.
    public var chosenOn = "val"

    /// A plan that changes no probability.
    public init() {}
  }

  /// The rule chosen on validation.
  ///
  /// - Parameters:
  ///   - validation: Examples that the model has not learned from.
  ///   - plan: What is asked; its labels are labels of the predictions.
  /// - Throws: What a rule of two classes throws, with its label in the message; `LabelRuleError.tooFewForSets` where sets are
  ///   asked for and no label has examples enough, `LabelRuleError.notSeenBothWays` where a constraint or a prevalence is asked of a
  ///   label that validation does not know both ways, `LabelRuleError.notCalibrated` where promises leave too few examples to
  ///   calibrate on, `LabelRuleError.brokenByHierarchy` where a label's specificity or work load does not survive what is said of
  ///   labels below it.
  public init(on validation: LabelPredictions, _ plan: Plan) throws {
    (study, hierarchy) = (plan.study, plan.hierarchy)
    let seen = plan.hierarchy?.applied(to: validation) ?? validation
    let own = try seen.labels.indices.map { try Part($0, on: seen, plan) }
    parts = plan.hierarchy?.lowering(own) ?? own
    if let missRate = plan.missRate, parts.allSatisfy({ $0.withoutSets != nil }) {
      throw LabelRuleError.tooFewForSets(
        missRate: missRate, reasons: parts.map { "\($0.label): \($0.withoutSets ?? "")" })
    }
    try checkConstraints(of: own, on: seen)
  }

  /// The score from which on F1 is greatest; of equals the highest.
  static func bestF1(_ scores: [Double], _ truths: [Int]) -> Double {
    let ranking = ScoreRanking(
      positives: zip(scores, truths).filter { $1 == 1 }.map(\.0),
      negatives: zip(scores, truths).filter { $1 == 0 }.map(\.0))
    var (best, threshold) = (-1.0, 0.5)
    for place in ranking.thresholds.indices {
      let hits = Double(ranking.truePositives[place])
      let f1 = 2 * hits / (hits + Double(ranking.falsePositives[place]) + Double(ranking.positives))
      if f1 > best + 1e-12 { (best, threshold) = (f1, ranking.thresholds[place]) }
    }
    return threshold
  }

  /// Refuses a constraint that more flags break where labels below a label flag more of it than its own part would; a
  /// sensitivity only gains by that.
  private func checkConstraints(
    of own: [Part], on validation: LabelPredictions
  ) throws(LabelRuleError) {
    guard hierarchy != nil else { return }
    let (all, width) = (try applied(to: validation), parts.count)
    for (label, part) in own.enumerated() {
      guard let point = part.rule?.operatingPoints.first, let rule = part.rule else { continue }
      if case .sensitivity = point.constraint { continue }
      for row in validation.known(label) {
        // A flag on an example that has the label takes nothing from a specificity.
        if case .specificity = point.constraint, validation.truths[row * width + label] == true {
          continue
        }
        let p = validation.probabilities[row * width + label]
        let isFlagged = all.probabilities[row * width + label] >= parts[label].threshold
        guard isFlagged != (rule.probabilities([1 - p, p])[1] >= part.threshold) else { continue }
        throw .brokenByHierarchy(part.label, constraint: point.constraint.description)
      }
    }
  }

  /// Predictions with calibrated and corrected probabilities; with a hierarchy those of a label are at least those of what is below
  /// it.
  ///
  /// - Parameter given: Of the labels of the rule, in any order, as the model gave them.
  /// - Throws: `LabelRuleError` where a label has no part.
  public func applied(to given: LabelPredictions) throws(LabelRuleError) -> LabelPredictions {
    let own = try matched(given.labels)
    let (predictions, width) = (hierarchy?.applied(to: given) ?? given, own.count)
    let decided = LabelPredictions(
      labels: predictions.labels, paths: predictions.paths, truths: predictions.truths,
      probabilities: predictions.probabilities.enumerated().map { entry, p in
        guard let rule = own[entry % width].rule else { return p }
        return min(1, max(0, rule.probabilities([1 - p, p])[1]))
      }, carried: predictions.carried)
    return hierarchy?.applied(to: decided) ?? decided
  }

  /// The parts of these labels, in their order.
  ///
  /// - Throws: `LabelRuleError` where a label has no part.
  public func matched(_ labels: [String]) throws(LabelRuleError) -> [Part] {
    let byName = Dictionary(parts.map { ($0.label, $0) }) { first, _ in first }
    let found = labels.compactMap { byName[$0] }
    if let label = labels.first(where: { byName[$0] == nil }) {
      throw .unknownLabel(
        label, nearest: nearest(to: label, among: parts.map(\.label)), known: parts.map(\.label))
    }
    return found
  }
}

/// Why a rule of labels cannot be used, or made.
public enum LabelRuleError: Error, Equatable, CustomStringConvertible {
  /// No label has enough examples on validation for conformal sets.
  case tooFewForSets(missRate: Double, reasons: [String])
  /// Something is asked of a label that validation does not know both ways.
  case notSeenBothWays(String, asked: String, present: Int, absent: Int)
  /// What promises leave of validation cannot calibrate a label.
  case notCalibrated(String, CalibrationError)
  /// What is said of labels below a label breaks what was asked of it.
  case brokenByHierarchy(String, constraint: String)
  /// The rule says nothing of a label.
  case unknownLabel(String, nearest: String?, known: [String])
  /// A prevalence is not a part above 0 and below 1.
  case notAPrevalence(String, label: String)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .tooFewForSets(let missRate, let reasons):
      "no label has examples enough for sets that miss at most \(missRate): "
        + reasons.joined(separator: "; ")
        + "; allow more misses, or choose on more examples"
    case .notSeenBothWays(let label, let asked, let present, let absent):
      "\(asked) for '\(label)' cannot be arranged: \(present) validation examples have it and \(absent) are known not to have it,"
        + " and it takes both; choose on other examples, or leave it out"
    case .notCalibrated(let label, let error):
      "'\(label)' cannot be calibrated where something is promised, for promises are made from examples that the calibration has not"
        + " seen: \(error)"
    case .brokenByHierarchy(let label, let constraint):
      "\(constraint) for '\(label)' cannot be kept: whoever is said to have a label below it is said to have it too, and that is more"
        + " than it allows; ask it of the labels below as well, or leave it out"
    case .unknownLabel(let label, let nearest, let known):
      "unknown label '\(label)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ";")
        + " the labels are \(known.joined(separator: ", "))"
    case .notAPrevalence(let text, let label):
      "the prevalence of \(label) is '\(text)': expected a part above 0 and below 1, such as 0.02"
    }
  }
}
