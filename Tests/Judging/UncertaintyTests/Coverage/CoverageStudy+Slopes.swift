import Decisions
import Evaluation
import Randomness
import Uncertainty

/// Slope and intercept of stated probabilities.
extension CoverageStudy {
  /// Of the rarest class, and the mean slope over classes, of `n` examples (groups).
  func slopes(_ n: Int, world: World) -> [CoverageRow] {
    let rarest = world.priors.indices.min { world.priors[$0] < world.priors[$1] } ?? 0
    let results = repeated { random -> [(low: Double, high: Double)?] in
      let sample = LabelledProbabilities(world.predictions(n, &random)[0])
      let found = CalibrationSlopes(sample, level: 0.95)
      return [
        found.classes[rarest].slopeInterval, found.classes[rarest].interceptInterval,
        found.meanSlopeInterval,
      ].map { interval in interval.map { ($0.low, $0.high) } }
    }
    var random = RandomKey(seed: 98).source
    let sizes = world.groups?.sizes ?? [1]
    let units = 200_000 * sizes.count / sizes.reduce(0, +)
    let truth = CalibrationSlopes(LabelledProbabilities(world.predictions(units, &random)[0]))
    let names = [
      ("slope of the rarest class", truth.classes[rarest].slope),
      ("intercept of the rarest class", truth.classes[rarest].intercept),
      ("mean slope", truth.meanSlope),
    ]
    let kinds = world.groups == nil ? ["likelihood", "likelihood", "jackknife"] : ["jackknife"]
    return filled(
      names.enumerated().map { place, name in
        CoverageRow(
          name.0, kinds[min(place, kinds.count - 1)], n: n, truth: name.1 ?? .nan,
          world: world.name)
      }, results)
  }
}
