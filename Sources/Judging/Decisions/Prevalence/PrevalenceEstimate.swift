public import Evaluation
public import Randomness
import Requirements
import Uncertainty

/// A prevalence estimated from unlabelled examples, with intervals.
///
/// ```swift
/// let estimate = try PrevalenceEstimate.saerens(
///   hospital, validation: validation, calibration: .vector(), key: RandomKey(seed: 1))
/// ```
public struct PrevalenceEstimate: Sendable, Equatable, Codable {
  /// `saerens`, `bbse` or `bbse-soft`.
  public let method: String
  /// Class names, `[C]`.
  public let classes: [String]
  /// Estimated prevalence, `[C]`, summing to 1.
  public let prior: [Double]
  /// Percentile bootstrap interval of each, `[C]`, its tails made smaller by Student's quantile where validation has few
  /// examples of a class; `nil` for a class of fewer than ``fewestExamples`` in validation, or of fewer than ten groups,
  /// and where the class is all but everything. Empty where fewer than half of the resamples determine the prevalence, all
  /// validation examples of some class are of one group, which resampling cannot vary, or there are fewer than ten
  /// examples or groups.
  public let intervals: [Interval?]
  /// Unlabelled examples it comes from.
  public let examples: Int
  /// Resamples the intervals come from; fewer than asked for where some had a singular confusion.
  public let resamples: Int
  /// Steps of EM; `nil` for another method.
  public let iterations: Int?
  /// Condition number of the confusion matrix; `nil` for another method.
  public let condition: Double?

  /// Validation examples of a class, and of the others together, from which on it gets an interval: with nine of them a
  /// 95 % interval held the truth in 79 to 86 % of samples.
  public static let fewestExamples = 20

  /// By ``SaerensEM`` on calibrated probabilities; resamples draw the unlabelled and the validation examples, and
  /// fit the calibration anew on those of validation.
  ///
  /// The prevalence of validation and what calibrates are estimates too, mostly less certain than the unlabelled
  /// examples: an interval that took them as known would be far too short where 100 rows of validation speak for
  /// 2,000. A draw that lacks a class of validation says nothing.
  ///
  /// - Parameters:
  ///   - probabilities: The model's own, `[N, C]` flat.
  ///   - validation: Examples of known class, with the model's own probabilities and their groups.
  ///   - calibration: How they are calibrated.
  ///   - correction: What the calibrated probabilities go through.
  ///   - groups: What belongs together among the unlabelled, `[N]`; drawn whole.
  ///   - resamples: At least 1.
  ///   - level: Coverage, between 0 and 1.
  ///   - key: Where the draws come from.
  /// - Throws: `PrevalenceError` for no examples, `CalibrationError` for a validation of one class.
  /// - Precondition: the lengths agree; `resamples` is positive; `level` lies between 0 and 1.
  public static func saerens(
    _ probabilities: [Double], validation: LabelledProbabilities, calibration: CalibrationMethod,
    before correction: PriorCorrection? = nil, groups: [String]? = nil, resamples: Int = 200,
    level: Double = 0.95, key: RandomKey
  ) throws -> PrevalenceEstimate {
    let classes = validation.classes
    let fit = try Fit(validation, calibration, correction)
    let plan = try plan(probabilities, classes, groups)
    let best = SaerensEM(fit.applied(to: probabilities), from: fit.prior)
    let drawn = ResamplingPlan(truths: validation.truths, groups: validation.groups)
    let draws = (0..<resamples).compactMap { index -> [Double]? in
      var random = key.folding(index).source
      let weights = drawn.weights(using: &random)
      let rows = weights.enumerated().flatMap { row, weight in
        repeatElement(row, count: Int(weight))
      }
      let sample = validation.selecting(rows)
      guard zip(sample.counts, validation.counts).allSatisfy({ $0 > 0 || $1 == 0 }),
        let again = try? Fit(sample, calibration, correction)
      else { return nil }
      // Near the answer, but with no class at 0, from where EM cannot return.
      let start = zip(best.prior, again.prior).map { 0.99 * $0 + 0.01 * $1 }
      return SaerensEM(
        again.applied(to: probabilities), from: again.prior,
        weights: plan.weights(using: &random), start: start
      ).prior
    }
    let isFew = [drawn, plan].contains { $0.units < Replicates.fewestUnits }
    return PrevalenceEstimate(
      method: "saerens", classes: classes, prior: best.prior,
      intervals: isFew || 2 * draws.count < resamples
        ? [] : percentiles(draws, level, validation, drawn),
      examples: probabilities.count / classes.count, resamples: draws.count,
      iterations: best.iterations, condition: nil)
  }

  /// What validation says of probabilities: how they are calibrated, and under which prevalence.
  private struct Fit {
    let prior: [Double]
    private let calibration: Calibration
    private let correction: PriorCorrection?

    init(
      _ validation: LabelledProbabilities, _ method: CalibrationMethod,
      _ correction: PriorCorrection?
    ) throws(CalibrationError) {
      calibration = try method.fit(validation, before: correction)
      self.correction = correction
      prior = validation.prior
    }

    func applied(to probabilities: [Double]) -> [Double] {
      stride(from: 0, to: probabilities.count, by: prior.count).flatMap { start in
        let row = calibration(probabilities[start..<start + prior.count])
        return correction.map { $0(row[...]) } ?? row
      }
    }
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
    let isFew = [validationPlan, plan].contains { $0.units < Replicates.fewestUnits }
    return PrevalenceEstimate(
      method: softly ? "bbse-soft" : "bbse", classes: classes, prior: prior,
      intervals: isFixed || isFew || 2 * draws.count < resamples
        ? [] : percentiles(draws, level, validation, validationPlan),
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

  /// The interval of each class that has enough examples for one.
  private static func percentiles(
    _ draws: [[Double]], _ level: Double, _ validation: LabelledProbabilities,
    _ plan: ResamplingPlan
  ) -> [Interval?] {
    require(
      !draws.isEmpty && level > 0 && level < 1,
      "PrevalenceEstimate: expected resamples and a level between 0 and 1, got \(draws.count) and "
        + "\(level)")
    let rows = validation.classes.indices.map { index in
      validation.truths.indices.filter { validation.truths[$0] == index }
    }
    let units = rows.map(plan.units(of:))
    // The rarest class decides how sure the rest is.
    let freedom = Double(max(1, (units.filter { $0 > 0 }.min() ?? 2) - 1))
    let tail = expandedTail((1 - level) / 2, freedom: freedom)
    return draws[0].indices.map { index in
      let fewer = min(rows[index].count, validation.count - rows[index].count)
      guard fewer >= fewestExamples, units[index] >= Replicates.fewestUnits else { return nil }
      let sorted = draws.map { $0[index] }.sorted()
      return Interval(
        low: quantile(sorted, tail), high: quantile(sorted, 1 - tail), level: level)
    }
  }
}
