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
}
