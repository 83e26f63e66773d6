import Evaluation
import Randomness
import Uncertainty

/// Intervals over whole images.
extension CoverageStudy {
  /// Mean sensitivity over 1/8 to 8 false marks per image, of `n` images.
  func detection(_ n: Int) -> [CoverageRow] {
    let truth = KnownTruths.shared("froc") {
      var random = RandomKey(seed: 77).source
      return [DetectorWorld.set(20_000, &random).curve.score() ?? .nan]
    }[0]
    return bootstrapped("froc", n, truth: truth) { random, settings in
      DetectionAssessment(DetectorWorld.set(n, &random), settings: settings).score
    }
  }

  /// SeK of `n` images.
  func change(_ n: Int) -> [CoverageRow] {
    let truth = KnownTruths.shared("sek") {
      var random = RandomKey(seed: 78).source
      let total = ChangeWorld.table(20_000, skill: 0.7, &random).total
      return [ChangeMetrics(total).separatedKappaCoefficient]
    }[0]
    return bootstrapped("sek", n, truth: truth) { random, settings in
      ChangeAssessment(ChangeWorld.table(n, skill: 0.7, &random), settings: settings)
        .metrics["sek"]
    }
  }

  private func bootstrapped(
    _ name: String, _ n: Int, truth: Double,
    _ made: @Sendable (inout RandomSource, IntervalSettings) -> MetricEstimate?
  ) -> [CoverageRow] {
    let results = repeated { random -> MetricInterval? in
      let key = random.next()
      var source = RandomKey(seed: key).source
      let settings = IntervalSettings(resamples: resamples, seed: key, threads: 1)
      return made(&source, settings)?.interval
    }
    var row = CoverageRow(name, "", n: n, truth: truth)
    for interval in results {
      row.add(interval.map { ($0.low, $0.high) }, interval?.method.rawValue)
    }
    return [row]
  }
}
