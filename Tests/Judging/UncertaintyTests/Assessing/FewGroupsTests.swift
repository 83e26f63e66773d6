import Evaluation
import Testing
import Uncertainty

@Suite("Classes in few groups")
struct FewGroupsTests {
  /// Class `b` occurs in `groups` patients of 20, five examples each; a third of the decisions are wrong.
  private func assessment(rareIn groups: Int) throws -> Assessment {
    let rows = 0..<100
    let truths = rows.map { $0 / 5 < groups ? 1 : 0 }
    let predictions = try Predictions(
      classes: ["a", "b"], paths: rows.map(String.init), truths: truths,
      probabilities: rows.flatMap { row -> [Double] in
        let right = row % 3 != 0
        return (truths[row] == 1) == right ? [0.2, 0.8] : [0.7, 0.3]
      }, columns: [.init("group", rows.map { "p\($0 / 5)" })])
    return Assessment(predictions, settings: IntervalSettings(resamples: 200))
  }

  @Test("nine patients give no interval, ten do; the common class has its own either way")
  func threshold() throws {
    let nine = try assessment(rareIn: 9)
    #expect(nine.resampling.clusters == 20 && nine.resampling.withheld(images: 100) == nil)
    #expect(nine.classIntervals[1].intervals.isEmpty)
    #expect(
      nine.thresholdMetrics[1].netBenefit.allSatisfy { $0.value != nil && $0.interval == nil })
    #expect(nine.classIntervals[0][.recall] != nil)
    #expect(nine.intervals["mcc"] != nil)
    let ten = try assessment(rareIn: 10)
    #expect(ten.classIntervals[1][.recall] != nil)
    #expect(ten.thresholdMetrics[1].netBenefit.contains { $0.interval != nil })
  }

  @Test(
    "nine groups or images in all give nothing that is resampled, and why is said",
    arguments: [9, 10])
  func all(units: Int) throws {
    for size in [1, 5] {
      let truths = (0..<units * size).map { $0 % 2 }
      let predictions = try Predictions(
        classes: ["a", "b"], paths: truths.indices.map { "\($0)" }, truths: truths,
        probabilities: truths.enumerated().flatMap { place, truth -> [Double] in
          (truth == 1) == (place % 3 > 0) ? [0.2, 0.8] : [0.7, 0.3]
        }, columns: [.init("patient_id", truths.indices.map { "\($0 / size)" })])
      let found = Assessment(predictions, settings: IntervalSettings(resamples: 100))
      let reason = found.resampling.withheld(images: units * size)
      #expect((found.intervals["mcc"] == nil) == (units < 10))
      #expect((reason == nil) == (units == 10))
      #expect(size == 5 || found.intervals["accuracy"]?.method == .wilson)
      if units < 10 {
        let what = size == 1 ? "9 images" : "9 groups (patient_id)"
        #expect(
          reason == "\(what) are too few for intervals from resamples: at least 10 are needed")
      }
    }
  }
}
