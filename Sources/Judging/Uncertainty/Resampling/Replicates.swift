package import Evaluation
import Parallel
package import Randomness
import Requirements

/// Every statistic on the set itself, on each resample, and without each part of the jackknife.
///
/// All statistics of one resample come from the same draw. What is drawn depends on the key, the truths
/// and the groups alone, not on the predictions: two models on the same examples meet the same
/// resamples, so their difference, resample by resample, is the paired bootstrap.
package struct Replicates: Sendable {
  /// On the set itself, `[K]`; NaN where undefined.
  package let estimate: [Double]
  /// On each resample, `[B][K]`.
  package let resampled: [[Double]]
  /// Without each part, `[G][K]`.
  package let jackknifed: [[Double]]
  /// What the parts are.
  package let jackknife: Jackknife

  /// The replicates of a table.
  ///
  /// - Parameters:
  ///   - table: The predictions.
  ///   - plan: What is drawn.
  ///   - resamples: `B`, at least 1.
  ///   - shots: Classes grouped by training examples, where known.
  ///   - key: Where draws come from.
  ///   - threads: At least 1; the result does not depend on it.
  package init(
    _ table: ExampleTable, plan: ResamplingPlan, resamples: Int, shots: ShotGroups?,
    key: RandomKey, threads: Int
  ) {
    let jackknife = Jackknife(plan, key: key)
    let omitted = jackknife.omitted.flatMap { $0 }
    let (lanes, list) = (WeightBlock.lanes, StatisticList(classes: table.classes))
    // Place 0 is the set itself, then the jackknife, then the resamples.
    let total = 1 + omitted.count + resamples
    let blocks = inParallel((total + lanes - 1) / lanes, threads: threads) { block in
      let places = block * lanes..<min((block + 1) * lanes, total)
      let weights = Self.weights(places, plan, omitted, key.folding("resample"))
      let inputs = LaneMetricInputs(table, weights, shots: shots)
      return places.indices.map { list.values(inputs[$0 - places.lowerBound]) }
    }
    let all = blocks.flatMap { $0 }
    estimate = all[0]
    jackknifed = Array(all[1..<(1 + omitted.count)])
    resampled = Array(all[(1 + omitted.count)...])
    self.jackknife = jackknife
  }

  private init(
    estimate: [Double], resampled: [[Double]], jackknifed: [[Double]], jackknife: Jackknife
  ) {
    self.estimate = estimate
    self.resampled = resampled
    self.jackknifed = jackknifed
    self.jackknife = jackknife
  }

  private static func weights(
    _ places: Range<Int>, _ plan: ResamplingPlan, _ omitted: [[Int]], _ key: RandomKey
  ) -> WeightBlock {
    var block = WeightBlock(count: plan.count)
    for place in places {
      let lane = place - places.lowerBound
      if place > omitted.count {
        var source = key.folding(place - omitted.count - 1).source
        plan.draw(using: &source, into: &block, lane: lane)
      } else {
        block.fill(lane: lane)
        for unit in place == 0 ? [] : omitted[place - 1] {
          for row in plan.examples(of: unit) { block.leaveOut(row, lane: lane) }
        }
      }
    }
    return block
  }

  /// `self − other`, number by number.
  ///
  /// - Precondition: both were made with the same plan, key and number of resamples.
  package func minus(_ other: Replicates) -> Replicates {
    func difference(_ left: [Double], _ right: [Double]) -> [Double] { zip(left, right).map(-) }
    return Replicates(
      estimate: difference(estimate, other.estimate),
      resampled: zip(resampled, other.resampled).map(difference),
      jackknifed: zip(jackknifed, other.jackknifed).map(difference), jackknife: jackknife)
  }

  /// With fewer units than this no interval is made of resamples.
  ///
  /// From ten groups on the intervals of a level of 95 % hold the truth in about 90 of 100 cases or more
  /// (`Results/coverage.md`); fewer vary too little for that.
  package static let fewestUnits = 10

  /// The interval of the statistic at `place`; `nil` where it is undefined, where the resamples say nothing
  /// about it, and with fewer units than ``fewestUnits``.
  ///
  /// - Parameter share: part of the degrees of freedom that counts, above 0 and up to 1: fewer than 1 where a few values decide
  ///   that mostly are not among few units, so that their own kurtosis is taken for too small.
  package func interval(
    _ place: Int, method: BootstrapMethod, level: Double, freedom share: Double = 1
  ) -> MetricInterval? {
    guard jackknife.units >= Self.fewestUnits else { return nil }
    let without = jackknifed.map { $0[place] }
    return bootstrapInterval(
      estimate: estimate[place], resampled: resampled.map { $0[place] },
      acceleration: method == .bca ? jackknife.acceleration(without) : 0,
      freedom: max(1, share * jackknife.freedom(without)), method: method, level: level)
  }

  /// Student's interval with the jackknife's variance, `θ ± t_ν √((G − 1)/G Σ (θ_(g) − θ̄)²)`; `nil` where the statistic
  /// is undefined, on the set or without some part, never changes, and with fewer units than ``fewestUnits``.
  ///
  /// For the difference of two models, whose resamples of few groups are far too alike where the models differ in
  /// few of them: with twelve groups percentiles hold the truth in 84 of 100 cases, this in 95 (`Results/coverage.md`).
  ///
  /// Source: Efron and Tibshirani, "An introduction to the bootstrap", 1993, section 11.5; of clusters as CV3 has it,
  /// MacKinnon, Nielsen and Webb, "Cluster-robust inference: a guide to empirical practice", Journal of Econometrics 232,
  /// 2023; ν is ``Jackknife/freedom(_:)``, for groups of very unequal sizes and classes in few of them.
  package func studentInterval(_ place: Int, level: Double) -> MetricInterval? {
    let (value, without) = (estimate[place], jackknifed.map { $0[place] })
    guard jackknife.units >= Self.fewestUnits, !value.isNaN,
      let variance = jackknife.variance(without), variance > 1e-24
    else { return nil }
    let freedom = jackknife.freedom(without)
    let half = studentQuantile((1 + level) / 2, freedom: freedom) * variance.squareRoot()
    return MetricInterval(low: value - half, high: value + half, level: level, method: .jackknife)
  }

  /// The part that an interval of this statistic leaves out on a side.
  func tail(_ place: Int, level: Double) -> Double {
    expandedTail((1 - level) / 2, freedom: jackknife.freedom(jackknifed.map { $0[place] }))
  }

  /// Standard deviation over the resamples that define the statistic.
  func deviation(_ place: Int) -> Double {
    let values = resampled.map { $0[place] }.filter { !$0.isNaN }
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(1, values.count - 1))).squareRoot()
  }
}
