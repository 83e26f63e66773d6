public import Uncertainty

/// What a rule's decisions cost in the mean, beside those of the most probable class, at the prevalence that the rule
/// aims at: each with an interval, and their difference with a paired one.
///
/// `Σ_c π_c · mean of C_{c,decision} over the examples of class c`; where no prevalence is aimed at the mean over
/// all examples, whose class counts are a sample's. The resamples are the same for both, so what the examples
/// have in common cancels in the difference.
public struct CostComparison: Sendable, Equatable, Codable {
  /// Of the rule.
  public let rule: MetricEstimate
  /// Of the most probable class.
  public let plain: MetricEstimate
  /// The rule's less that of the most probable class: below 0 where the rule saves.
  public let difference: MetricEstimate
  /// π, `[C]`; `nil` where none is aimed at.
  public let prevalence: [Double]?

  /// The costs of two lists of decisions.
  ///
  /// - Parameters:
  ///   - costs: C.
  ///   - sample: Examples of known class, with their groups.
  ///   - decided: The rule's decisions, `[N]`.
  ///   - plain: Those of the most probable class, `[N]`.
  ///   - prevalence: π, `[C]`; `nil` takes the classes as frequent as they are among the examples.
  ///   - settings: How intervals are made.
  public init(
    _ costs: CostMatrix, on sample: LabelledProbabilities, decided: [Int], plain: [Int],
    prevalence: [Double]?, settings: IntervalSettings = IntervalSettings(resamples: 1000)
  ) {
    var settings = settings
    // A mean and a difference of means are nearly symmetric, as paired differences of metrics are.
    settings.method = .percentile
    let truths = sample.truths
    let own = [decided, plain].map { decisions in
      zip(truths, decisions).map { costs.costs[$0][$1] }
    }
    let plan = ResamplingPlan(truths: truths, groups: sample.groups, counts: settings.counts)
    let replicates = Replicates(plan, settings) { weights in
      let means = own.map { Self.mean($0, truths, weights, prevalence) }
      return means + [means[0] - means[1]]
    }
    rule = MetricEstimate(replicates, 0, settings)
    self.plain = MetricEstimate(replicates, 1, settings)
    difference = MetricEstimate(replicates, 2, settings)
    self.prevalence = prevalence
  }

  /// NaN where a class of the prevalence has no weight.
  private static func mean(
    _ costs: [Double], _ truths: [Int], _ weights: [Double], _ prevalence: [Double]?
  ) -> Double {
    guard let prevalence else {
      return zip(costs, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    var (sums, totals) = (prevalence.map { _ in 0.0 }, prevalence.map { _ in 0.0 })
    for (row, weight) in weights.enumerated() {
      sums[truths[row]] += weight * costs[row]
      totals[truths[row]] += weight
    }
    return prevalence.indices.reduce(0) { sum, index in
      prevalence[index] == 0 ? sum : sum + prevalence[index] * sums[index] / totals[index]
    }
  }
}
