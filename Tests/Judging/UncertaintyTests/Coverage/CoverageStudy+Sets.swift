import Decisions
import Evaluation
import Randomness
import Uncertainty

/// Whether sets, a risk and a class that is flagged second keep what is promised of new images.
extension CoverageStudy {
  /// Sets that are to hold the true class of 95 in 100 new images of each class: whether one holds that of a new image of
  /// the rarest. The column of the width is the mean number of classes in it.
  ///
  /// - Parameter n: Images of validation, or groups.
  func sets(_ n: Int, world: World, after calibration: CalibrationMethod) -> [CoverageRow] {
    let rarest = world.priors.indices.min { world.priors[$0] < world.priors[$1] } ?? 0
    var plan = DecisionPlan(calibration: calibration)
    plan.missRate = 0.05
    let results = repeated { [plan] random -> [(low: Double, high: Double)?] in
      let validation = LabelledProbabilities(world.predictions(n, &random)[0])
      guard let rule = try? plan.choose(on: validation) else { return [nil] }
      let set = rule.decide(Self.image(of: rarest, in: world, &random)[...]).set ?? []
      let size = Double(set.count)
      return [set.contains(rarest) ? (0, size) : (-size, 0)]
    }
    let name = "sets of 95 in 100 after \(calibration.name), the rarest class"
    let row = CoverageRow(name, "kept", n: n, truth: 0.95, world: world.name)
    return filled([row], results)
  }

  /// What the model says of a new image of a class, in a new group where there are groups.
  private static func image(
    of index: Int, in world: World, _ random: inout RandomSource
  ) -> [Double] {
    while true {
      let drawn = LabelledProbabilities(world.predictions(1, &random)[0])
      let own = drawn.truths.indices.filter { drawn.truths[$0] == index }
      if !own.isEmpty { return Array(drawn[own[random.below(own.count)]]) }
    }
  }

  /// A risk of .1 promised from `n` images, or groups: the column of the width is the mean part of the answers that is
  /// right.
  func risk(_ n: Int, world: World) -> [CoverageRow] {
    var plan = DecisionPlan(calibration: .temperature)
    plan.abstention = .risk(atMost: 0.1)
    plan.promisesRisk = true
    let fresh = Self.fresh(world)
    let results = repeated { [plan] random -> [(low: Double, high: Double)?] in
      let validation = LabelledProbabilities(world.predictions(n, &random)[0])
      guard let rule = try? plan.choose(on: validation) else { return [nil] }
      var (answered, right) = (0.0, 0.0)
      for row in 0..<fresh.count {
        let decision = rule.decide(fresh[row])
        guard !decision.abstains else { continue }
        answered += 1
        right += decision.decided == fresh.truths[row] ? 1 : 0
      }
      return [answered == 0 ? nil : (0, right / answered)]
    }
    let row = CoverageRow(
      "promised risk .1, right among the answers", "kept", n: n, truth: 0.9, world: world.name)
    return filled([row], results)
  }

  /// A sensitivity of .5 promised of the rarest class from `n` images, where the class before it is flagged first.
  func second(_ n: Int, world: World) -> [CoverageRow] {
    let (earlier, own) = (world.classes[1], world.classes[2])
    var plan = DecisionPlan(calibration: .temperature)
    plan.points = [
      .init(earlier, .sensitivity(atLeast: 0.6), promised: true),
      .init(own, .sensitivity(atLeast: 0.5), promised: true),
    ]
    let fresh = Self.fresh(world)
    let rows = fresh.truths.indices.filter { fresh.truths[$0] == 2 }
    let results = repeated { [plan] random -> [(low: Double, high: Double)?] in
      let validation = LabelledProbabilities(world.predictions(n, &random)[0])
      guard let rule = try? plan.choose(on: validation) else { return [nil] }
      let found = rows.count { rule.decide(fresh[$0]).flagged == 2 }
      return [(0, Double(found) / Double(rows.count))]
    }
    let row = CoverageRow(
      "promised sensitivity .5 of the class flagged second", "kept", n: n, truth: 0.5,
      world: world.name)
    return filled([row], results)
  }

  private static func fresh(_ world: World) -> LabelledProbabilities {
    var random = RandomKey(seed: 7).source
    let sizes = world.groups?.sizes ?? [1]
    let units = 6000 * sizes.count / sizes.reduce(0, +)
    return LabelledProbabilities(world.predictions(units, &random)[0])
  }
}
