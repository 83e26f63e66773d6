import Evaluation
import Randomness
import Uncertainty

/// Intervals over whole images.
extension CoverageStudy {
  /// Mean sensitivity over 1/8 to 8 false marks per image, of `n` images.
  func detection(_ n: Int) -> [CoverageRow] {
    var random = RandomKey(seed: 77).source
    let truth = DetectorWorld.set(20_000, &random).curve.score() ?? .nan
    return bootstrapped("froc", n, truth: truth) { random, settings in
      DetectionAssessment(DetectorWorld.set(n, &random), settings: settings).score
    }
  }

  /// SeK of `n` images.
  func change(_ n: Int) -> [CoverageRow] {
    var random = RandomKey(seed: 78).source
    let truth = ChangeMetrics(ChangeWorld.table(20_000, skill: 0.7, &random).total)
    return bootstrapped("sek", n, truth: truth.separatedKappaCoefficient) { random, settings in
      ChangeAssessment(ChangeWorld.table(n, skill: 0.7, &random), settings: settings)
        .metrics["sek"]
    }
  }

  private func bootstrapped(
    _ name: String, _ n: Int, truth: Double,
    _ made: @Sendable (inout RandomSource, IntervalSettings) -> MetricEstimate?
  ) -> [CoverageRow] {
    let methods = BootstrapMethod.allCases.filter { $0 != .basic }
    let results = repeated { random in
      let key = random.next()
      return methods.map { method -> (low: Double, high: Double)? in
        // Each method meets the same images.
        var source = RandomKey(seed: key).source
        let settings = IntervalSettings(
          resamples: resamples, seed: key, method: method, threads: 1)
        return made(&source, settings)?.interval.map { ($0.low, $0.high) }
      }
    }
    return filled(
      methods.map { CoverageRow(name, $0.rawValue, n: n, truth: truth) }, results)
  }
}
