import Evaluation
import Files
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Comparison")
struct ComparisonTests {
  private let key = RandomKey(seed: 31)
  private let settings = IntervalSettings(resamples: 200)

  /// Two models of the same examples, the second with scores drawn anew.
  private func pair(
    count: Int = 120, classes: Int = 3, groups: Int? = nil
  ) throws -> (Predictions, Predictions) {
    let first = try drawnPredictions(count: count, classes: classes, key: key, groups: groups)
    var random = key.folding("second").source
    let second = (0..<count).flatMap { row -> [Double] in
      let mixed = first[row].map { 0.5 * $0 + random.uniform() }
      return mixed.map { $0 / mixed.reduce(0, +) }
    }
    // Rows in another order: they are matched by path.
    let order = random.shuffle(count)
    return (
      first,
      try Predictions(
        classes: first.classes, paths: order.map { first.paths[$0] },
        truths: order.map { first.truths[$0] },
        probabilities: order.flatMap { second[$0 * classes..<($0 + 1) * classes] })
    )
  }

  @Test(
    "values are each model's own; differences are second minus first and lie in their intervals")
  func values() throws {
    let (first, second) = try pair()
    let comparison = try Comparison(first, second, settings: settings)
    let (a, b) = (MetricsReport(first), MetricsReport(second))
    #expect(comparison.n == 120)
    for metric in Metric.catalogue {
      let found = try #require(comparison.metrics[metric.name])
      #expect(
        found.first == nil ? a[metric.name] == nil : close(found.first ?? 0, a[metric.name] ?? 1))
      #expect(
        found.second == nil ? b[metric.name] == nil : close(found.second ?? 0, b[metric.name] ?? 1))
      if let interval = found.interval, let difference = found.difference,
        !metric.name.hasPrefix("ece")
      {
        #expect(interval.contains(difference), "\(metric.name)")
      }
    }
    #expect(comparison.metrics["f1_macro"]?.interval != nil)
  }

  @Test("swapping the models negates differences and intervals and keeps p-values")
  func symmetry() throws {
    let (first, second) = try pair()
    let percentile = IntervalSettings(resamples: 201)
    let forth = try Comparison(first, second, settings: percentile)
    let back = try Comparison(second, first, settings: percentile)
    for metric in Metric.catalogue {
      let (there, here) = (forth.metrics[metric.name], back.metrics[metric.name])
      #expect(there?.difference == here?.difference.map { -$0 })
      let (one, other) = (there?.interval, here?.interval)
      #expect(close(one?.low ?? 0, -(other?.high ?? 0), absolute: 1e-12), "\(metric.name)")
    }
    #expect(forth.mcNemar.pValue == back.mcNemar.pValue)
    #expect(forth.mcNemar.onlyFirst == back.mcNemar.onlySecond)
    for (there, here) in zip(forth.perClass, back.perClass) {
      #expect(there.deLong == here.deLong && there.deLongAdjusted == here.deLongAdjusted)
      #expect(there.mcNemarAdjusted == here.mcNemarAdjusted)
      #expect(there.rocAUC.difference == here.rocAUC.difference.map { -$0 })
    }
  }

  @Test("a model against itself: differences 0, no interval, p = 1")
  func itself() throws {
    let (first, _) = try pair()
    let none = try Comparison(first, first, settings: settings)
    #expect(none.metrics.values.allSatisfy { $0.difference ?? 0 == 0 && $0.interval == nil })
    #expect(none.mcNemar.pValue == 1)
    #expect(none.perClass.allSatisfy { $0.deLong == 1 && $0.mcNemarAdjusted == 1 })
  }

  @Test("a paired interval is narrower than the two models' own would make it")
  func narrower() throws {
    let first = try drawnPredictions(count: 200, classes: 2, key: key)
    // The second differs in five decisions only.
    var scores = first.probabilities
    for row in 0..<5 { scores.swapAt(2 * row, 2 * row + 1) }
    let second = try Predictions(
      classes: first.classes, paths: first.paths, truths: first.truths, probabilities: scores)
    let comparison = try Comparison(first, second, settings: settings)
    let paired = try #require(comparison.metrics["balanced_accuracy"]?.interval)
    let own = try #require(Assessment(first, settings: settings).intervals["balanced_accuracy"])
    #expect(paired.high - paired.low < 0.7 * (own.high - own.low))
  }

  @Test("with groups areas are compared by a jackknife, without DeLong's p-value")
  func clustered() throws {
    let (first, second) = try pair(groups: 20)
    let comparison = try Comparison(first, second, settings: settings)
    #expect(comparison.resampling.clusters == 20)
    #expect(comparison.perClass.allSatisfy { $0.deLong == nil })
    #expect(comparison.perClass[0].rocAUC.interval?.method == .jackknife)
    // The groups may stand in either table.
    #expect(try Comparison(second, first, settings: settings).resampling.clusters == 20)
  }

  @Test("with groups an interval is Student's, with the variance of leaving each group out")
  func student() throws {
    let (first, second) = try pair(groups: 20)
    let groups = try #require(first.column("group"))
    let rows = Dictionary(uniqueKeysWithValues: second.paths.enumerated().map { ($1, $0) })
    let without = try Set(groups).map { group in
      let kept = groups.indices.filter { groups[$0] != group }
      let own = MetricsReport(try first.keeping(kept))["mcc"] ?? .nan
      let other = try second.keeping(kept.compactMap { rows[first.paths[$0]] })
      return (MetricsReport(other)["mcc"] ?? .nan) - own
    }
    let mean = without.reduce(0, +) / 20
    let variance = 19.0 / 20 * without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Satterthwaite's degrees of freedom, 2 V² over the variance of V, from its terms.
    let squares = without.map { ($0 - mean) * ($0 - mean) }
    let (sum, fourth) = (squares.reduce(0, +), squares.reduce(0) { $0 + $1 * $1 })
    let freedom = min(19, 2 * variance * variance / (19.0 / 20 * (fourth - sum * sum / 20)))
    let half = studentQuantile(0.975, freedom: freedom) * variance.squareRoot()
    let found = try #require(Comparison(first, second, settings: settings).metrics["mcc"])
    let (interval, difference) = (try #require(found.interval), try #require(found.difference))
    #expect(close(interval.low, difference - half, absolute: 1e-9))
    #expect(close(interval.high, difference + half, absolute: 1e-9))
  }

  @Test("balanced accuracy of independent examples: a discordance more on either side")
  func meanRecall() throws {
    let (first, second) = try pair()
    let found = try Comparison(first, second, settings: settings).metrics["balanced_accuracy"]
    let rows = Dictionary(uniqueKeysWithValues: second.paths.enumerated().map { ($1, $0) })
    var counts = [(examples: Int, onlyFirst: Int, onlySecond: Int)](
      repeating: (0, 0, 0), count: 3)
    for (row, truth) in first.truths.enumerated() {
      let (truth, other) = (try #require(truth), try #require(rows[first.paths[row]]))
      let rights = (first.predicted[row] == truth, second.predicted[other] == truth)
      counts[truth].examples += 1
      counts[truth].onlyFirst += rights == (true, false) ? 1 : 0
      counts[truth].onlySecond += rights == (false, true) ? 1 : 0
    }
    let expected = try #require(Interval.meanRateDifference(counts))
    #expect(found?.interval == MetricInterval(expected, method: .adjustedWald))
  }

  @Test("tests of classes are corrected together, absent classes left out")
  func holm() throws {
    let (first, second) = try pair(count: 60, classes: 8)
    let comparison = try Comparison(first, second, settings: IntervalSettings(resamples: 20))
    let raw = comparison.perClass.map { $0.support == 0 ? nil : $0.mcNemar.pValue }
    #expect(comparison.perClass.map(\.mcNemarAdjusted) == holmAdjusted(raw))
    #expect(
      comparison.perClass.map(\.deLongAdjusted) == holmAdjusted(comparison.perClass.map(\.deLong)))
  }

  @Test("same seed same bytes for one and two threads; reads back what it wrote")
  func bytes() throws {
    let (first, second) = try pair()
    let bytes = try [1, 2].map { threads in
      try JSONFile.encode(
        Comparison(
          first, second, settings: IntervalSettings(resamples: 60, threads: threads)))
    }
    #expect(bytes[0] == bytes[1])
    let again = try JSONFile.decode(Comparison.self, from: bytes[0], name: "comparison.json")
    #expect(try JSONFile.encode(again) == bytes[0])
    #expect(again == (try Comparison(first, second, settings: IntervalSettings(resamples: 60))))
  }
}
