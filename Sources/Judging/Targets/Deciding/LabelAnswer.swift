public import Decisions
import Evaluation

/// What a conformal set of one label says: that it is there, that it is not, or that this cannot be told.
///
/// The sets are those of the two classes `not LABEL` and `LABEL` (``ConformalSets``), each with a threshold of its own, so that of
/// examples that have the label at most α are answered `no`, and of those that have it not at most α `yes`, at any prevalence.
/// A set of both, or of neither, is `unsure`.
public enum LabelAnswer: String, Sendable, Codable {
  /// It is there.
  case yes
  /// It is not there.
  case no
  /// Both are possible, or the example is like neither.
  case unsure

  init(_ set: [Int]) { self = set == [1] ? .yes : set == [0] ? .no : .unsure }
}

extension LabelRule {
  /// Whether any label has sets.
  public var hasSets: Bool { parts.contains { $0.rule?.conformal != nil } }

  /// What the sets say of each example and label, `[N, L]` flat; `nil` for labels without sets. With a hierarchy answers that would
  /// contradict each other are `unsure`.
  ///
  /// - Parameter given: Of the labels of the rule, in any order, as the model gave them.
  /// - Throws: `LabelRuleError` where a label has no part.
  public func answers(
    to given: LabelPredictions
  ) throws(LabelRuleError) -> [LabelAnswer?] {
    let own = try matched(given.labels)
    let predictions = hierarchy?.applied(to: given) ?? given
    let answers: [LabelAnswer?] = predictions.probabilities.enumerated().map { entry, p in
      guard let rule = own[entry % own.count].rule, let sets = rule.conformal else { return nil }
      return LabelAnswer(sets(rule.probabilities([1 - p, p])[...]))
    }
    return hierarchy?.reconciled(answers, given.labels) ?? answers
  }
}

/// What the sets of one label did on examples of which it is known.
public struct LabelSets: Sendable, Equatable, Encodable {
  /// Name of the label.
  public let label: String
  /// Of examples that have it, those that are not answered `no`: at least 1 − α is promised.
  public let present: Rate
  /// Of examples that have it not, those that are not answered `yes`: at least 1 − α is promised.
  public let absent: Rate
  /// Answers of `unsure` among all.
  public let unsure: Rate

  /// What they did, in one sentence.
  public var statement: String {
    "sets of \(label): \(present.trials - present.count) of \(present.trials) that have it are answered no,"
      + " \(absent.trials - absent.count) of \(absent.trials) that have it not are answered yes, \(unsure.count) of"
      + " \(unsure.trials) are unsure"
  }

  /// - Parameters:
  ///   - rule: With the sets.
  ///   - predictions: Examples that the rule was not chosen on, as the model gave them.
  /// - Returns: a row for each label that has sets.
  /// - Throws: `LabelRuleError` where a label has no part.
  public static func all(
    _ rule: LabelRule, on predictions: LabelPredictions
  ) throws(LabelRuleError) -> [LabelSets] {
    let answers = try rule.answers(to: predictions)
    let (width, groups) = (predictions.labels.count, predictions.carried.groups("group")?.values)
    return predictions.labels.enumerated().compactMap { label, name in
      let rows = predictions.known(label).filter { answers[$0 * width + label] != nil }
      guard !rows.isEmpty else { return nil }
      func rate(_ rows: [Int], _ happened: (LabelAnswer?) -> Bool) -> Rate {
        Rate(
          rows.map { happened(answers[$0 * width + label]) },
          groups: groups.map { groups in rows.map { groups[$0] } })
      }
      let has = rows.filter { predictions.truths[$0 * width + label] == true }
      let hasNot = rows.filter { predictions.truths[$0 * width + label] == false }
      return LabelSets(
        label: name, present: rate(has) { $0 != .no }, absent: rate(hasNot) { $0 != .yes },
        unsure: rate(rows) { $0 == .unsure })
    }
  }
}
