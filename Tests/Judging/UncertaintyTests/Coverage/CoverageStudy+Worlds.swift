import Evaluation
import Randomness
import Uncertainty

/// What is offered for the metrics of a world, and how often it holds.
extension CoverageStudy {
  private func settings(_ world: World, _ random: inout RandomSource) -> IntervalSettings {
    IntervalSettings(resamples: resamples, seed: random.next(), counts: world.counts, threads: 1)
  }

  /// The intervals that a report of `n` examples (groups) shows of these metrics; `ap[CLASS]` and
  /// `auc[CLASS]` are the areas of a class.
  func metrics(_ names: [String], _ n: Int, world: World) -> [CoverageRow] {
    let results = repeated { random -> [MetricInterval?] in
      let predictions = world.predictions(n, &random)[0]
      let found = Assessment(metricsOf: predictions, settings: settings(world, &random))
      return names.map { found.intervals[$0] }
    }
    return rows(zip(names, world.truths(names)).map { ($0, $1) }, results, n, world)
  }

  /// Paired differences of two models.
  func differences(_ names: [String], _ n: Int, world: World) -> [CoverageRow] {
    let results = repeated { random -> [MetricInterval?] in
      let pair = world.predictions(n, &random)
      let found = try? Comparison(pair[0], pair[1], settings: settings(world, &random))
      return names.map { found?.metrics[$0]?.interval }
    }
    let truths = zip(names, world.truths(names)).map { ($0 + ", difference", $1) }
    return rows(truths, results, n, world)
  }

  /// How often a gate rules a requirement out, and lets it pass, whose bound is the true difference: 2.5 % each
  /// are allowed.
  func gate(_ metric: String, _ n: Int, world: World) -> GateRow {
    let bound = world.truths([metric])[0]
    let bounded =
      world.second?.lifts == world.lifts && world.second?.isBalanced == false ? 0 : bound
    let outcomes = repeated { random -> Verdict.Outcome? in
      let pair = world.predictions(n, &random)
      guard let requirement = try? Requirement(parsing: "\(metric) >= \(bounded)"),
        let found = try? Comparison(pair[0], pair[1], settings: settings(world, &random))
      else { return nil }
      return (try? Verdict(requirement, found))?.outcome
    }
    return GateRow(world: world.name, metric: metric, n: n, outcomes: outcomes)
  }

  /// How often a gate with several requirements of equal models rules any out.
  func gate(_ metrics: [String], _ n: Int, world: World) -> GateRow {
    gate(metrics, n, world: world, sharedBy: metrics.count, name: "any of \(metrics.count)")
  }

  /// How often all of several metrics are shown not to be worse by more than the true difference.
  func nonInferiority(_ metrics: [String], _ n: Int, world: World) -> GateRow {
    gate(metrics, n, world: world, sharedBy: 1, name: "all of \(metrics.count) shown, margin 0")
  }

  private func gate(
    _ metrics: [String], _ n: Int, world: World, sharedBy share: Int, name: String
  ) -> GateRow {
    let outcomes = repeated { random -> Verdict.Outcome? in
      let pair = world.predictions(n, &random)
      let settings = settings(world, &random).shared(by: share)
      guard let found = try? Comparison(pair[0], pair[1], settings: settings) else { return nil }
      let verdicts = metrics.compactMap { metric in
        (try? Requirement(parsing: "\(metric) \(Self.isLoss(metric) ? "<=" : ">=") 0"))
          .flatMap { try? Verdict($0, found) }
      }
      return verdicts.contains { $0.outcome == .ruledOut }
        ? .ruledOut : verdicts.allSatisfy { $0.outcome == .passes } ? .passes : .undecided
    }
    return GateRow(world: world.name, metric: name, n: n, outcomes: outcomes)
  }

  private static func isLoss(_ metric: String) -> Bool {
    Metric.named(metric)?.higherIsBetter == false
  }

  /// A row for each quantity, from what each repetition gave.
  func rows(
    _ truths: [(name: String, value: Double)], _ results: [[MetricInterval?]], _ n: Int,
    _ world: World
  ) -> [CoverageRow] {
    truths.enumerated().map { place, truth in
      var row = CoverageRow(truth.name, "", n: n, truth: truth.value, world: world.name)
      for result in results {
        row.add(result[place].map { ($0.low, $0.high) }, result[place]?.method.rawValue)
      }
      return row
    }
  }
}

/// How a gate decided.
struct GateRow: Sendable, Codable {
  let world: String
  let metric: String
  let n: Int
  private var counts: [Verdict.Outcome: Int]
  private var repetitions: Int

  init(world: String, metric: String, n: Int, outcomes: [Verdict.Outcome?]) {
    (self.world, self.metric, self.n, repetitions) = (world, metric, n, outcomes.count)
    counts = outcomes.compactMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// Takes in the repetitions of another batch.
  mutating func merge(_ other: GateRow) {
    counts.merge(other.counts, uniquingKeysWith: +)
    repetitions += other.repetitions
  }

  /// Part of the repetitions with this outcome.
  func part(_ outcome: Verdict.Outcome) -> Double {
    Double(counts[outcome] ?? 0) / Double(max(1, repetitions))
  }

  var line: String {
    let cells = [
      world, metric, "\(n)", rounded(100 * part(.ruledOut), 1), rounded(100 * part(.passes), 1),
      "\(repetitions)",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  static let header = """
    | world | metric | n | ruled out, % | passed, % | repetitions |
    |---|---|--:|--:|--:|--:|
    """
}
