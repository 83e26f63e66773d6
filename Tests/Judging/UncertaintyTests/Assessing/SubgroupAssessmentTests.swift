import Evaluation
import Files
import Randomness
import Testing
import Uncertainty

@Suite("Subgroups")
struct SubgroupAssessmentTests {
  private let settings = IntervalSettings(resamples: 50)

  /// Sites A (20 rows, half right), B (20 rows, all right) and C (4 rows, none right).
  private func predictions() throws -> Predictions {
    var (truths, scores, sites): ([Int], [Double], [String]) = ([], [], [])
    for (site, count, right) in [("A", 20, 10), ("B", 20, 20), ("C", 4, 0)] {
      for place in 0..<count {
        let truth = place % 2
        let decided = place < right ? truth : 1 - truth
        truths.append(truth)
        scores += decided == 0 ? [0.8, 0.2] : [0.3, 0.7]
        sites.append(site)
      }
    }
    return try Predictions(
      classes: ["well", "ill"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: scores, columns: [.init("site", sites)])
  }

  @Test("one assessment a value; the worst of the groups that are large enough is named")
  func worst() throws {
    let subgroups = try SubgroupAssessment(
      predictions(), column: "site", settings: settings)
    #expect(subgroups.groups.map(\.value) == ["A", "B", "C"])
    #expect(subgroups.groups.map(\.n) == [20, 20, 4])
    #expect(subgroups.groups.map(\.isSmall) == [false, false, true])
    #expect(subgroups.groups[0].assessment.report["accuracy"] == 0.5)
    // C has none right, but four examples are too few to be called the worst.
    #expect(subgroups.worst == "A")
    #expect(subgroups.metric == "balanced_accuracy")
  }

  @Test("a metric that is better small is ranked the other way round")
  func lowerIsBetter() throws {
    let subgroups = try SubgroupAssessment(
      predictions(), column: "site", metric: "log_loss", settings: settings)
    #expect(subgroups.worst == "A")
  }

  @Test("a group's assessment is that of its rows alone")
  func alone() throws {
    let all = try predictions()
    let rows = 20..<40
    let alone = try Predictions(
      classes: all.classes, paths: rows.map { all.paths[$0] }, truths: rows.map { all.truths[$0] },
      probabilities: rows.flatMap { all[$0] })
    let subgroups = try SubgroupAssessment(all, column: "site", settings: settings)
    let (group, whole) = (
      subgroups.groups[1].assessment, Assessment(alone, settings: settings)
    )
    #expect(group.report == whole.report && group.intervals == whole.intervals)
    #expect(group.classIntervals == whole.classIntervals)
    #expect(group.resampling == whole.resampling && group.smallSamples == whole.smallSamples)
  }

  @Test("one group has no worst")
  func single() throws {
    let one = try Predictions(
      classes: ["a", "b"], paths: ["x", "y"], truths: [0, 1], probabilities: [0.9, 0.1, 0.2, 0.8],
      columns: [.init("site", ["A", "A"])])
    #expect(try SubgroupAssessment(one, column: "site", settings: settings).worst == nil)
  }

  @Test("reads back what it wrote")
  func roundTrip() throws {
    let subgroups = try SubgroupAssessment(predictions(), column: "site", settings: settings)
    let bytes = try JSONFile.encode(subgroups)
    #expect(
      try JSONFile.decode(SubgroupAssessment.self, from: bytes, name: "x") == subgroups)
  }

  @Test("an unknown column or metric is named, with what there is")
  func errors() throws {
    let predictions = try predictions()
    let column = #expect(throws: SubgroupError.self) {
      try SubgroupAssessment(predictions, column: "sex")
    }
    #expect(
      column?.description == "the predictions have no column 'sex'; columns to group by: site")
    let metric = #expect(throws: SubgroupError.self) {
      try SubgroupAssessment(predictions, column: "site", metric: "mmc")
    }
    #expect(metric?.description == "unknown metric 'mmc'; did you mean 'mcc'?")
  }
}
