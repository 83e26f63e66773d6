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
    let confusions = (0..<40).map { image in
      ConfusionMatrix(rows: [
        [380, 0, 0], [0, image == 0 ? 10 : 20, 0], [0, 0, image == 0 ? 10 : 0],
      ])
    }
    let table = ChangeTable(
      classes: ["same", "built", "felled"], images: (0..<40).map { "\($0)" },
      groups: (0..<40).map { "g\($0 / 2)" }, groupColumn: "scene", confusions: confusions)
    let made = ChangeAssessment(table, settings: IntervalSettings(resamples: 400))
    let sek = try #require(made.metrics["sek"])
    #expect(sek.value == 1)
    #expect(sek.interval.map { $0.low > 0.9 } ?? true, "\(String(describing: sek.interval))")
    #expect(made.resampling.clusters == 20 && made.resampling.clusterColumn == "scene")
  }
}
