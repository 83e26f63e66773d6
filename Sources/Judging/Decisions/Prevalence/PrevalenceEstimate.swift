public import Evaluation
public import Randomness
import Requirements
import Uncertainty

/// A prevalence estimated from unlabelled examples, with intervals.
///
/// ```swift
/// let estimate = try PrevalenceEstimate.saerens(
///   hospital, classes: classes, prior: validation.prior, key: RandomKey(seed: 1))
/// ```
public struct PrevalenceEstimate: Sendable, Equatable, Codable {
  /// `saerens`, `bbse` or `bbse-soft`.
  public let method: String
  /// Class names, `[C]`.
  public let classes: [String]
  /// Estimated prevalence, `[C]`, summing to 1.
  public let prior: [Double]
  /// Percentile bootstrap interval of each, `[C]`; empty where fewer than half of the resamples determine
  /// the prevalence, or all validation examples of some class are of one group, which resampling cannot vary.
  public let intervals: [Interval]
  /// Unlabelled examples it comes from.
  public let examples: Int
  /// Resamples the intervals come from; fewer than asked for where some had a singular confusion.
  public let resamples: Int
  /// Steps of EM; `nil` for another method.
  public let iterations: Int?
  /// Condition number of the confusion matrix; `nil` for another method.
  public let condition: Double?

  /// By ``SaerensEM``; resamples draw the unlabelled examples.
  ///
  /// - Parameters:
  ///   - probabilities: Posteriors under `prior`, `[N, C]` flat.
  ///   - classes: Names, `[C]`.
  ///   - prior: π, under which the probabilities were learned, `[C]`.
  ///   - groups: What belongs together, `[N]`; drawn whole.
  ///   - resamples: At least 1.
  ///   - level: Coverage, between 0 and 1.
  ///   - key: Where the draws come from.
  /// - Throws: `PrevalenceError` for no examples or a `prior` that is no distribution.
  /// - Precondition: the lengths agree; `resamples` is positive; `level` lies between 0 and 1.
  public static func saerens(
    _ probabilities: [Double], classes: [String], prior: [Double], groups: [String]? = nil,
    resamples: Int = 200, level: Double = 0.95, key: RandomKey
  ) throws(PrevalenceError) -> PrevalenceEstimate {
    let source = try checkedShares(prior, classes: classes)
    let plan = try plan(probabilities, classes, groups)
    let best = SaerensEM(probabilities, from: source)
    // Near the answer, but with no class at 0, from where EM cannot return.
    let start = zip(best.prior, source).map { 0.99 * $0 + 0.01 * $1 }
    let draws = (0..<resamples).map { index in
      var random = key.folding(index).source
      return SaerensEM(
        probabilities, from: source, weights: plan.weights(using: &random), start: start
      ).prior
    }
    return PrevalenceEstimate(
      method: "saerens", classes: classes, prior: best.prior,
      intervals: percentiles(draws, level), examples: probabilities.count / classes.count,
      resamples: resamples, iterations: best.iterations, condition: nil)
  }

  /// By ``BlackBoxShift``; resamples draw the unlabelled and the validation examples.
  ///
  /// - Parameters:
  ///   - probabilities: What the model says, `[N, C]` flat.
  ///   - validation: Examples of known class, with their groups.
  ///   - softly: Whether to count probabilities in place of decisions.
  ///   - groups: What belongs together among the unlabelled, `[N]`; drawn whole.
  ///   - resamples: At least 1.
  ///   - level: Coverage, between 0 and 1.
  ///   - key: Where the draws come from.
  /// - Throws: `PrevalenceError` for no examples or a singular confusion matrix.
  /// - Precondition: the lengths agree; `resamples` is positive; `level` lies between 0 and 1.
  public static func blackBox(
    _ probabilities: [Double], validation: LabelledProbabilities, softly: Bool = false,
    groups: [String]? = nil, resamples: Int = 200, level: Double = 0.95, key: RandomKey
  ) throws(PrevalenceError) -> PrevalenceEstimate {
    let classes = validation.classes
    let plan = try plan(probabilities, classes, groups)
    let solver = try BlackBoxShift(validation, softly: softly)
    let validationPlan = ResamplingPlan(
      truths: validation.truths, groups: validation.groups, keepsEveryClass: true)
    let isFixed =
      validationPlan.isClustered
      && classes.indices.contains { index in
        let rows = validation.truths.indices.filter { validation.truths[$0] == index }
        return !rows.isEmpty && validationPlan.units(of: rows) < 2
      }
    var draws: [[Double]] = []
    for index in 0..<resamples {
      var random = key.folding(index).source
      let weights = validationPlan.weights(using: &random)
      guard let again = try? BlackBoxShift(validation, weights: weights, softly: softly) else {
        continue
      }
      draws.append(again.prior(of: probabilities, weights: plan.weights(using: &random)))
    }
    let prior = solver.prior(of: probabilities)
    return PrevalenceEstimate(
      method: softly ? "bbse-soft" : "bbse", classes: classes, prior: prior,
      intervals: isFixed || 2 * draws.count < resamples ? [] : percentiles(draws, level),
      examples: probabilities.count / classes.count, resamples: draws.count, iterations: nil,
      condition: solver.condition)
  }

  private static func plan(
    _ probabilities: [Double], _ classes: [String], _ groups: [String]?
  ) throws(PrevalenceError) -> ResamplingPlan {
    let rows = probabilities.count / max(classes.count, 1)
    require(
      rows * classes.count == probabilities.count && groups?.count ?? rows == rows,
      "PrevalenceEstimate: expected rows of \(classes.count) probabilities and as many groups, got "
        + "\(probabilities.count) probabilities and \(groups?.count ?? rows) groups")
    guard rows > 0 else { throw .noExamples }
    // Of no known class: one stratum.
    return ResamplingPlan(truths: [Int](repeating: 0, count: rows), groups: groups)
  }

  private static func percentiles(_ draws: [[Double]], _ level: Double) -> [Interval] {
    require(
      !draws.isEmpty && level > 0 && level < 1,
      "PrevalenceEstimate: expected resamples and a level between 0 and 1, got \(draws.count) and "
        + "\(level)")
    return draws[0].indices.map { index in
      let sorted = draws.map { $0[index] }.sorted()
      return Interval(
        low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2),
        level: level)
    }
  }
}
