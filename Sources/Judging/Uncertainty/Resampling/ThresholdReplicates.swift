package import Evaluation
import Parallel
package import Randomness

/// What `ThresholdMetrics` holds, on each resample: those that the other metrics met.
package struct ThresholdReplicates: Sendable {
  /// Specificities at which the sensitivity is read, and the other way round.
  package static let rates = [0.9, 0.95]
  /// Images that somebody will look at, beside as many as there are positives.
  package static let top = 10
  /// Probabilities from which somebody acts.
  package static let actions = [0.05, 0.1, 0.2, 0.5]
  /// Statistics of a class.
  package static let count = 2 * rates.count + 2 + actions.count

  private let table: ExampleTable
  private let ladders: [RankLadder]
  /// Examples with a score of at least each threshold of action, `[C][4]`.
  private let acting: [[Int]]

  /// What is the same in every resample.
  ///
  /// - Parameters:
  ///   - table: The predictions.
  ///   - rankings: Each class against the rest, of the same examples, `[C]`.
  package init(_ table: ExampleTable, rankings: [ScoreRanking]) {
    self.table = table
    ladders = table.orders.enumerated().map { RankLadder($1, positive: $0) }
    acting = rankings.map { ranking in
      Self.actions.map {
        let point = ranking.point(atThreshold: $0)
        return point.truePositives + point.falsePositives
      }
    }
  }

  /// The statistics of resamples, `[B][C * count]`, classes one after the other; NaN where undefined.
  ///
  /// - Parameters:
  ///   - plan: What is drawn.
  ///   - resamples: `B`, at least 1.
  ///   - key: Where draws come from; that of ``Replicates`` gives its draws.
  ///   - threads: At least 1; the result does not depend on it.
  package func resampled(
    _ plan: ResamplingPlan, resamples: Int, key: RandomKey, threads: Int
  ) -> [[Double]] {
    let (lanes, key) = (WeightBlock.lanes, key.folding("resample"))
    let blocks = inParallel((resamples + lanes - 1) / lanes, threads: threads) { block in
      let places = block * lanes..<min((block + 1) * lanes, resamples)
      var weights = WeightBlock(count: plan.count)
      for place in places {
        var source = key.folding(place).source
        plan.draw(using: &source, into: &weights, lane: place - places.lowerBound)
      }
      return Array(values(weights).prefix(places.count))
    }
    return blocks.flatMap { $0 }
  }

  /// The statistics under sixteen sets of weights, `[16][C * count]`.
  package func values(_ weights: WeightBlock) -> [[Double]] {
    var lists = [[Double]](repeating: [], count: WeightBlock.lanes)
    for (index, ladder) in ladders.enumerated() {
      let sums = LaneLadder(ladder, weights)
      let acted = acting[index].map { sums.above($0) }
      for lane in lists.indices {
        lists[lane] += ThresholdStatistics(sums, lane: lane, acted: acted.map { $0[lane] }).values
      }
    }
    return lists
  }
}

/// The statistics of one class in one resample, each as `ScoreRanking` defines it.
private struct ThresholdStatistics {
  let sums: LaneLadder
  let lane: Int
  let acted: [LaneLadder.Sums]
  let total: LaneLadder.Sums

  init(_ sums: LaneLadder, lane: Int, acted: [LaneLadder.Sums]) {
    (self.sums, self.lane, self.acted) = (sums, lane, acted)
    total = sums.total(lane: lane)
  }

  var values: [Double] {
    ThresholdReplicates.rates.map(sensitivity) + ThresholdReplicates.rates.map(specificity)
      + [precision(total.hits), precision(ThresholdReplicates.top)]
      + zip(ThresholdReplicates.actions, acted).map(worth)
  }

  private func sensitivity(at specificity: Double) -> Double {
    guard total.hits > 0, total.alarms > 0 else { return .nan }
    let allowed = total.alarms - Self.least(specificity, of: total.alarms)
    let step = sums.step({ $0.alarms }, reaching: allowed + 1, lane: lane)
    return Double((step?.before ?? total).hits) / Double(total.hits)
  }

  private func specificity(at sensitivity: Double) -> Double {
    let wanted = total.hits == 0 ? 0 : Self.least(sensitivity, of: total.hits)
    guard total.alarms > 0, let step = sums.step({ $0.hits }, reaching: wanted, lane: lane)
    else { return .nan }
    return Double(total.alarms - step.after.alarms) / Double(total.alarms)
  }

  private func precision(_ k: Int) -> Double {
    guard let (before, after) = sums.step({ $0.seen }, reaching: k, lane: lane) else {
      return .nan
    }
    let (hits, run) = (after.hits - before.hits, after.seen - before.seen)
    let share = Double(k - before.seen) * Double(hits) / Double(run)
    return (Double(before.hits) + share) / Double(k)
  }

  private func worth(at threshold: Double, _ acted: LaneLadder.Sums) -> Double {
    let odds = threshold / (1 - threshold)
    return (Double(acted.hits) - Double(acted.alarms) * odds) / Double(total.seen)
  }

  /// The smallest count that is at least a part of `total`, as division has it.
  private static func least(_ part: Double, of total: Int) -> Int {
    var count = max(0, Int(part * Double(total)) - 1)
    while Double(count) / Double(total) < part { count += 1 }
    return count
  }
}
