import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Reliability")
struct ReliabilityTests {
  @Test("bins hold their high end, the first its low end too")
  func edges() {
    let curve = ReliabilityCurve([0, 1.0 / 15, 0.5, 1], [false, true, true, true])
    #expect(curve.bins.map(\.count) == [2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    #expect(curve.bins[14].high == 1 && curve.bins[0].low == 0)
    #expect(curve.bins[2].rate == nil && curve.bins[2].interval == nil)
    #expect(curve.bins[7].interval == Interval.wilson(1, of: 1))
  }

  @Test("rates that are the probabilities have error 0; the surest mistake has 1")
  func extremes() {
    let fair = ReliabilityCurve([0.25, 0.25, 0.25, 0.25], [true, false, false, false])
    #expect(fair.calibrationError == 0)
    #expect(ReliabilityCurve([1, 1], [false, false]).calibrationError == 1)
    #expect(ReliabilityCurve([], []).calibrationError == nil)
  }

  @Test("gives the errors of the metrics")
  func metrics() {
    var random = RandomKey(seed: 40).source
    let sample = GaussianClasses(prior: [0.6, 0.3, 0.1], apart: 1).sample(
      200, sharpness: 2, using: &random)
    var accumulator = CalibrationAccumulator(classes: 3)
    for row in 0..<200 {
      accumulator.add(Outcome(truth: sample.truths[row], probabilities: sample[row]))
    }
    let quality = CalibrationQuality(sample)
    #expect(close(quality.calibrationError ?? 9, accumulator.value.top ?? 8))
    #expect(
      difference(
        quality.classCalibrationError.map { $0 ?? 9 }, accumulator.value.classes.map { $0 ?? 8 })
        == nil)
  }

  @Test("doubling every row changes no error")
  func duplicates() {
    let probabilities = (0..<50).map { Double($0) / 50 }
    let answers = probabilities.map { Int($0 * 100) % 3 == 0 }
    let once = ReliabilityCurve(probabilities, answers).calibrationError ?? .nan
    let twice = ReliabilityCurve(
      probabilities + probabilities, answers + answers
    ).calibrationError
    #expect(abs(once - (twice ?? 9)) < 1e-15)
  }

  @Test("intervals are of the level, and of as many examples as the groups are worth")
  func groupsAndLevel() throws {
    var random = RandomKey(seed: 3).source
    let answers = (0..<60).map { _ in random.uniform() < 0.7 }
    let groups = (0..<60).map { "\($0 / 5)" }
    let stated = answers.map { _ in 0.7 }
    let bin = CalibrationAccumulator.bin(of: 0.7)
    let plain = ReliabilityCurve(stated, answers, level: 0.8).bins[bin]
    let grouped = ReliabilityCurve(stated, answers, groups: groups, level: 0.8).bins[bin]
    #expect(plain.interval == .wilson(answers.count { $0 }, of: 60, level: 0.8))
    #expect(grouped.interval == .wilson(answers, groups: groups, level: 0.8))
    #expect(plain.rate == grouped.rate && plain.interval != grouped.interval)
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: answers.map { $0 ? 0 : 1 },
      probabilities: stated.flatMap { [$0, 1 - $0] }, groups: groups)
    let quality = CalibrationQuality(sample, level: 0.8)
    #expect(quality.reliability.topLabel.bins[bin] == grouped)
    #expect(quality.reliability.classes[0].curve?.bins[bin] == grouped)
  }

  @Test("writes undefined values as null, and reads what it wrote")
  func coding() throws {
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 1], probabilities: [0.9, 0.1, 0, 0.6, 0.3, 0.1])
    let quality = CalibrationQuality(sample)
    let bytes = try JSONFile.encode(quality)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"rate\" : null") && text.contains("\"mean_probability\" : null"))
    #expect(try JSONFile.decode(CalibrationQuality.self, from: bytes, name: "q") == quality)
    let none = CalibrationQuality(
      LabelledProbabilities(classes: ["a"], truths: [], probabilities: []))
    #expect(none.logLoss == nil && none.brier == nil && none.calibrationError == nil)
    #expect(none.meanClassCalibrationError == nil)
    #expect(String(decoding: try JSONFile.encode(none), as: UTF8.self).contains("\"brier\" : null"))
  }
}
