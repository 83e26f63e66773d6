import Decisions
import Randomness
import TestSupport
import Testing

@Suite("Prior correction")
struct PriorCorrectionTests {
  @Test("is p·q/π, undone by the way back, nothing where nothing changes")
  func formula() throws {
    let names = ["a", "b", "c"]
    let there = try PriorCorrection(
      from: [0.5, 0.25, 0.25], to: [0.8, 0.1, 0.1], classes: names)
    let row = [0.2, 0.3, 0.5]
    let sum = 0.2 * 1.6 + 0.3 * 0.4 + 0.5 * 0.4
    let expected = [0.2 * 1.6 / sum, 0.3 * 0.4 / sum, 0.5 * 0.4 / sum]
    #expect(difference(there(row[...]), expected) == nil)
    let back = try PriorCorrection(from: there.target, to: there.source, classes: names)
    #expect(difference(back(there(row[...])[...]), row) == nil)
    let same = try PriorCorrection(from: there.source, to: there.source, classes: names)
    #expect(difference(same(row[...]), row) == nil)
    let excluded = try PriorCorrection(from: there.source, to: [1, 0, 0], classes: names)
    #expect(excluded(row[...]) == [1, 0, 0] && excluded([0, 1, 0][...]) == [1, 0, 0])
  }

  @Test("turns the posterior of a balanced sampler into the exact one")
  func sampler() throws {
    var random = RandomKey(seed: 41).source
    let natural = [0.7, 0.2, 0.1]
    let balanced = [Double](repeating: 1.0 / 3, count: 3)
    let correction = try PriorCorrection(from: balanced, to: natural, classes: ["a", "b", "c"])
    let drawn = GaussianClasses(prior: balanced, apart: 1).sample(
      30_000, from: natural, using: &random)
    let before = CalibrationQuality(drawn)
    let after = CalibrationQuality(drawn.mapping(correction.callAsFunction))
    #expect((after.calibrationError ?? 1) < 0.012)
    #expect((after.meanClassCalibrationError ?? 1) < 0.2 * (before.meanClassCalibrationError ?? 0))
    #expect((after.logLoss ?? 9) < (before.logLoss ?? 0))
  }

  @Test("says what is wrong with a prevalence")
  func errors() {
    func message(_ source: [Double], _ target: [Double]) -> String {
      do throws(PrevalenceError) {
        _ = try PriorCorrection(from: source, to: target, classes: ["a", "b"])
        return "none"
      } catch { return error.description }
    }
    #expect(
      message([0.5, 0.5], [1])
        == "got 1 prevalences for 2 classes ('a', 'b'); give one for each class")
    #expect(
      message([0.5, 0.5], [1.5, -0.5])
        == "the prevalence of 'a' is 1.5; expected a number from 0 to 1")
    #expect(message([0.5, 0.5], [.nan, 0.5]).contains("'a' is nan"))
    #expect(
      message([0.5, 0.5], [0.5, 0.25])
        == "expected prevalences that sum to 1, got a sum of 0.75")
    #expect(
      message([1, 0], [0.75, 0.25])
        == "class 'b' has no example where the probabilities come from, so they cannot be carried over "
        + "to a prevalence of 0.25; give it 0, or use data that has the class")
    #expect(message([1, 0], [1, 0]) == "none")
  }
}
