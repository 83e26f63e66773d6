public import Evaluation
import Requirements

/// What a decision for a class, and one against it, is worth at a stated prevalence.
///
/// With R_jc the part of class j decided as c and q the prevalence:
/// PPV_c = q_c·R_cc / Σ_j q_j·R_jc and NPV_c = Σ_{j≠c} q_j·(1 − R_jc) / Σ_j q_j·(1 − R_jc). The rows
/// of R come from a test set of any prevalence; only the images of each class must be alike.
///
/// Intervals: Wilson's for each R_jc, for groups where there are any, joined by MOVER (``Interval`` of a ratio of sums); the
/// prevalence is taken as known. At the prevalence of the test set itself, which is not, a predictive value is a plain
/// rate among the decided (``sampled(_:decisions:level:)``).
public struct PredictiveValues: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// q_c.
  public let prevalence: Double
  /// P(true class c | decided c); `nil` where c is never decided, or some class of positive
  /// prevalence has no test example.
  public let positive: Double?
  /// Its interval.
  public let positiveInterval: Interval?
  /// P(another class | decided another); `nil` as above.
  public let negative: Double?
  /// Its interval.
  public let negativeInterval: Interval?

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case prevalence
    case positive = "ppv"
    case positiveInterval = "ppv_interval"
    case negative = "npv"
    case negativeInterval = "npv_interval"
  }

  /// The values of every class.
  ///
  /// - Parameters:
  ///   - confusion: Truth against decision on a test set.
  ///   - classes: Names, `[C]`.
  ///   - prevalence: q, `[C]`, summing to 1 within 0.001.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Returns: One for each class, `[C]`.
  /// - Throws: `PrevalenceError` where `prevalence` is no distribution over the classes.
  public static func all(
    _ confusion: ConfusionMatrix, classes: [String], prevalence: [Double], level: Double = 0.95
  ) throws(PrevalenceError) -> [PredictiveValues] {
    let support = confusion.support
    return try all(classes, prevalence, support, level) { truth, decided, isDecided in
      let count = confusion[truth, decided]
      return Estimated(
        isDecided ? count : support[truth] - count, of: support[truth], level: level)
    }
  }

  /// The values of every class, from examples of which some belong together.
  ///
  /// - Parameters:
  ///   - sample: Examples of known class, with their groups.
  ///   - decisions: Decided classes, `[N]`.
  ///   - prevalence: q, `[C]`, summing to 1 within 0.001.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Returns: One for each class, `[C]`.
  /// - Throws: `PrevalenceError` where `prevalence` is no distribution over the classes.
  /// - Precondition: there are as many decisions as examples.
  public static func all(
    _ sample: LabelledProbabilities, decisions: [Int], prevalence: [Double], level: Double = 0.95
  ) throws(PrevalenceError) -> [PredictiveValues] {
    require(
      decisions.count == sample.count,
      "PredictiveValues: expected \(sample.count) decisions, got \(decisions.count)")
    let rows = sample.classes.indices.map { index in
      sample.truths.indices.filter { sample.truths[$0] == index }
    }
    return try all(sample.classes, prevalence, sample.counts, level) { truth, decided, isDecided in
      let flags = rows[truth].map { (decisions[$0] == decided) == isDecided }
      let groups = sample.groups.map { all in rows[truth].map { all[$0] } }
      return Estimated(flags, groups: groups, level: level)
    }
  }

  /// The values of every class at the prevalence of the examples themselves: rates among those that are decided for
  /// the class, and against it, with Wilson's interval, for groups where there are any.
  ///
  /// - Parameters:
  ///   - sample: Examples of known class, with their groups.
  ///   - decisions: Decided classes, `[N]`.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Returns: One for each class, `[C]`.
  /// - Precondition: there are as many decisions as examples.
  public static func sampled(
    _ sample: LabelledProbabilities, decisions: [Int], level: Double = 0.95
  ) -> [PredictiveValues] {
    require(
      decisions.count == sample.count,
      "PredictiveValues: expected \(sample.count) decisions, got \(decisions.count)")
    return sample.classes.indices.map { c in
      func rate(_ isDecided: Bool) -> Rate {
        let rows = decisions.indices.filter { (decisions[$0] == c) == isDecided }
        return Rate(
          rows.map { (sample.truths[$0] == c) == isDecided },
          groups: sample.groups.map { all in rows.map { all[$0] } }, level: level)
      }
      let (positive, negative) = (rate(true), rate(false))
      return PredictiveValues(
        name: sample.classes[c], prevalence: sample.prior[c], positive: positive.value,
        positiveInterval: positive.interval, negative: negative.value,
        negativeInterval: negative.interval)
    }
  }

  /// - Parameter rate: Part of class j decided as c, or not as c.
  private static func all(
    _ classes: [String], _ prevalence: [Double], _ support: [Int], _ level: Double,
    rate: (_ truth: Int, _ decided: Int, _ isDecided: Bool) -> Estimated
  ) throws(PrevalenceError) -> [PredictiveValues] {
    let shares = try checkedShares(prevalence, classes: classes)
    let known = classes.indices.allSatisfy { shares[$0] == 0 || support[$0] > 0 }
    return classes.indices.map { c in
      func parts(_ isDecided: Bool, _ kept: (Int) -> Bool) -> Estimated {
        Estimated(
          sum: classes.indices.filter { kept($0) && support[$0] > 0 }.map { j in
            (shares[j], rate(j, c, isDecided))
          })
      }
      let (hit, falseAlarm) = (parts(true) { $0 == c }, parts(true) { $0 != c })
      let (clear, miss) = (parts(false) { $0 != c }, parts(false) { $0 == c })
      let (flagged, passed) = (hit.value + falseAlarm.value, clear.value + miss.value)
      let (positive, negative) = (known && flagged > 0, known && passed > 0)
      return PredictiveValues(
        name: classes[c], prevalence: shares[c], positive: positive ? hit.value / flagged : nil,
        positiveInterval: positive
          ? Estimated.share(of: hit, beside: falseAlarm, level: level) : nil,
        negative: negative ? clear.value / passed : nil,
        negativeInterval: negative ? Estimated.share(of: clear, beside: miss, level: level) : nil)
    }
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(prevalence, forKey: .prevalence)
    try container.encode(positive, forKey: .positive)
    try container.encode(positiveInterval, forKey: .positiveInterval)
    try container.encode(negative, forKey: .negative)
    try container.encode(negativeInterval, forKey: .negativeInterval)
  }
}
