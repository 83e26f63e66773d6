import Decisions
import Evaluation
import Randomness
import Uncertainty

/// Slope and intercept of stated probabilities.
extension CoverageStudy {
  /// Of the rarest class, and the mean slope over classes, of `n` examples (groups).
  func slopes(_ n: Int, world: World) -> [CoverageRow] {
    let rarest = world.priors.indices.min { world.priors[$0] < world.priors[$1] } ?? 0
    let results = repeated { random -> [MetricInterval?] in
      let sample = LabelledProbabilities(world.predictions(n, &random)[0])
      let found = CalibrationSlopes(sample, level: 0.95)
      return (found.named(of: rarest) + found.named(of: nil)).map(\.interval)
    }
    let truths = KnownTruths.shared("slopes, \(world.name)") {
      var random = RandomKey(seed: 98).source
      let sizes = world.groups?.sizes ?? [1]
      let units = 200_000 * sizes.count / sizes.reduce(0, +)
      let truth = CalibrationSlopes(LabelledProbabilities(world.predictions(units, &random)[0]))
      return [truth.classes[rarest].slope, truth.classes[rarest].intercept, truth.meanSlope].map {
        $0 ?? .nan
      }
    }
    let names = ["slope of the rarest class", "intercept of the rarest class", "mean slope"]
    return rows(zip(names, truths).map { ($0, $1) }, results, n, world)
  }
}
