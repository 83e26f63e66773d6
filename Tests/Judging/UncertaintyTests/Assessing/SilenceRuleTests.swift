import Evaluation
import Randomness
import Testing
import Uncertainty

/// What has no interval though there are images enough, and what is said of it.
@Suite struct SilenceRuleTests {
  private func assessment(
    _ counts: [Int], missing: Set<Int> = [], groupsOf rows: Int? = nil
  ) throws -> Assessment {
    var random = RandomKey(seed: 5).source
    let truths = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let probabilities = truths.flatMap { truth -> [Double] in
      let weights = counts.indices.map { index in
        let isOwn = index == truth && !missing.contains(truth)
        return (isOwn ? 1.5 : missing.contains(index) ? 0.001 : 0.5) * random.uniform() + 0.001
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
    let made = try Predictions(
      classes: counts.indices.map { "c\($0)" }, paths: truths.indices.map { "\($0)" },
      truths: truths, probabilities: probabilities,
      columns: rows.map { rows in
        [Predictions.Column("group", truths.indices.map { "g\($0 / rows)" })]
      } ?? [])
    return Assessment(made, settings: IntervalSettings(resamples: 100))
  }

  /// Eleven classes of five images have a Σ 1/n of 2.2, two of them of 25 make it 1.88.
  @Test func meansOverManyClassesOfFewImages() throws {
    let many = [Int](repeating: 5, count: 11)
    let means = ["f1_macro", "precision_macro", "roc_auc_ovo", "roc_auc_ovr", "average_precision"]
    for (counts, isGiven) in [
      (many, false), ([25, 25] + many.dropFirst(2), true), ([9, 30], true),
    ] {
      let found = try assessment(counts)
      for name in means {
        #expect(found.report[name] != nil)
        #expect((found.intervals[name] != nil) == isGiven, "\(name)")
      }
      for name in ["accuracy", "balanced_accuracy", "mcc", "log_loss"] {
        #expect(found.intervals[name] != nil, "\(name)")
      }
      let reasons = found.withheld.filter { $0.reason.contains("do not cancel in the mean") }
      #expect(reasons.flatMap(\.names).sorted() == (isGiven ? [] : means.sorted()))
    }
  }

  /// Twelve classes of twenty images are common (Σ 1/n = .6), in two groups each they are not (6), in ten each they are
  /// (1.2).
  @Test func ofGroupsTheGroupsCount() throws {
    let counts = [Int](repeating: 20, count: 12)
    for (rows, isGiven) in [(nil, true), (10, false), (2, true)] as [(Int?, Bool)] {
      let found = try assessment(counts, groupsOf: rows)
      #expect((found.resampling.clusters == nil) == (rows == nil))
      for name in ["f1_macro", "roc_auc_ovr", "average_precision"] {
        #expect((found.intervals[name] != nil) == isGiven, "\(name), \(rows ?? 0)")
      }
      #expect(found.intervals["accuracy"] != nil && found.intervals["balanced_accuracy"] != nil)
      let reasons = found.withheld.filter { $0.reason.contains("do not cancel in the mean") }
      #expect(reasons.isEmpty == isGiven)
    }
  }

  /// Of two classes, and in the geometric mean, nothing found is nothing found in any resample.
  @Test func whatIsNotFound() throws {
    let two = try assessment([30, 30], missing: [1])
    #expect(two.report["mcc"] != nil && two.intervals["mcc"] == nil)
    #expect(two.intervals["roc_auc_ovr"] != nil)
    let said = try #require(two.withheld.first { $0.names.contains("mcc") })
    #expect(said.reason == "nothing of a class is found" && said.names.contains("f1_macro"))
    let three = try assessment([30, 30, 30], missing: [2])
    #expect(three.withheld.first { $0.names == ["g_mean"] }?.reason == said.reason)
    // Of two classes of one image one is lacking in more than half of the resamples.
    let lone = try assessment([30, 30, 1, 1])
    #expect(lone.intervals["g_mean"] == nil && lone.intervals["mcc"] != nil)
    let reason = try #require(lone.withheld.first { $0.names.contains("g_mean") }?.reason)
    #expect(
      ["nothing of a class is found", "many resamples lack some of the classes"].contains(reason))
  }

  @Test func nothingIsSaidOfFewImagesTwice() throws {
    let few = try assessment([3, 3])
    #expect(few.withheld.isEmpty && few.resampling.withheld(images: 6) != nil)
    #expect(try assessment([40, 40, 40]).withheld.isEmpty)
  }
}
