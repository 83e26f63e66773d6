import Parallel
import Randomness

extension Replicates {
  /// The replicates of any statistics that are functions of how often each example counts.
  ///
  /// - Parameters:
  ///   - plan: What is drawn.
  ///   - settings: How many resamples, from which seed, on how many threads.
  ///   - statistic: Weights, `[N]`, to values, `[K]`, NaN where undefined.
  package init(
    _ plan: ResamplingPlan, _ settings: IntervalSettings,
    of statistic: @escaping @Sendable ([Double]) -> [Double]
  ) {
    let key = settings.key
    let jackknife = Jackknife(plan, key: key)
    let omitted = jackknife.omitted.flatMap { $0 }
    let all = [Double](repeating: 1, count: plan.count)
    estimate = statistic(all)
    jackknifed = inParallel(omitted.count, threads: settings.threads) { part in
      var weights = all
      for unit in omitted[part] { for row in plan.examples(of: unit) { weights[row] = 0 } }
      return statistic(weights)
    }
    resampled = inParallel(settings.resamples, threads: settings.threads) { index in
      var source = key.folding("resample").folding(index).source
      return statistic(plan.weights(using: &source))
    }
    self.jackknife = jackknife
  }
}
