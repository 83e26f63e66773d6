import Evaluation
import Files
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Metrics of change with intervals")
struct ChangeAssessmentTests {
  @Test("values are those of the summed table, each in its interval; it reads back")
  func values() throws {
    var random = RandomKey(seed: 2).source
    let table = ChangeWorld.table(30, skill: 0.8, &random)
    let made = ChangeAssessment(table, settings: IntervalSettings(resamples: 200))
    let expected = ChangeMetrics(table.total)
    #expect(made.metrics["sek"]?.value == expected.separatedKappaCoefficient)
    #expect(made.metrics["f1"]?.value == expected.f1)
    #expect(made.metrics["mean_iou"]?.value == expected.meanIoU)
    for name in ChangeAssessment.names {
      let metric = try #require(made.metrics[name])
      #expect(metric.interval?.contains(metric.value ?? -9) ?? false, "\(name)")
    }
    let bytes = try JSONFile.encode(made)
    #expect(try JSONFile.decode(ChangeAssessment.self, from: bytes, name: "x") == made)
  }

  @Test(
    "a kind of change in one image only: resamples without it say nothing, and are not called 0")
  func rareKind() throws {
    func table(rare: [Int]) -> ChangeTable {
      let confusions = (0..<40).map { image in
        let felled = rare.contains(image) ? 10 : 0
        return ConfusionMatrix(rows: [
          [380, image % 5, 0], [image % 3, 20, 0], [0, felled > 0 ? 1 : 0, felled],
        ])
      }
      return ChangeTable(
        classes: ["same", "built", "felled"], images: (0..<40).map { "\($0)" },
        groups: (0..<40).map { "g\($0 / 2)" }, groupColumn: "scene", confusions: confusions)
    }
    let settings = IntervalSettings(resamples: 400)
    let made = ChangeAssessment(table(rare: [0]), settings: settings)
    let sek = try #require(made.metrics["sek"])
    let interval = try #require(sek.interval)
    #expect(interval.low > 0 && interval.contains(sek.value ?? 0), "\(interval)")
    // About 36 of 100 resamples of 20 scenes lack the one of them.
    #expect((100...190).contains(interval.undefined ?? 0), "\(interval)")
    #expect(made.resampling.clusters == 20 && made.resampling.clusterColumn == "scene")
  }
}
