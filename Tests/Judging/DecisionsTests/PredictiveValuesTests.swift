import Decisions
import Evaluation
import Files
import Randomness
import TestSupport
import Testing

@Suite("Predictive values")
struct PredictiveValuesTests {
  @Test("at the test set's own prevalence are precision; at another they follow Bayes")
  func limits() throws {
    let confusion = ConfusionMatrix(rows: [[80, 20], [10, 90]])
    let own = try PredictiveValues.all(
      confusion, classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(close(own[1].positive ?? 0, confusion.precision[1] ?? 1))
    let rare = try PredictiveValues.all(
      confusion, classes: ["a", "b"], prevalence: [0.99, 0.01])
    #expect(close(rare[1].positive ?? 0, 0.9 * 0.01 / (0.9 * 0.01 + 0.2 * 0.99)))
    #expect(close(rare[1].negative ?? 0, 0.8 * 0.99 / (0.8 * 0.99 + 0.1 * 0.01)))
    #expect(rare[0].positive == rare[1].negative)
  }

  @Test("undefined is null: a class never decided, or one of positive prevalence without examples")
  func undefined() throws {
    let never = try PredictiveValues.all(
      ConfusionMatrix(rows: [[5, 0], [3, 0]]), classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(never[1].positive == nil && never[1].positiveInterval == nil)
    #expect(never[0].negative == nil && never[0].positive == 0.5)
    let absent = ConfusionMatrix(rows: [[5, 1], [0, 0]])
    let unknown = try PredictiveValues.all(
      absent, classes: ["a", "b"], prevalence: [0.5, 0.5])
    #expect(unknown.allSatisfy { $0.positive == nil && $0.negative == nil })
    let excluded = try PredictiveValues.all(absent, classes: ["a", "b"], prevalence: [1, 0])
    #expect(excluded[0].positive == 1 && excluded[1].positive == 0)
    let text = String(decoding: try JSONFile.encode(unknown), as: UTF8.self)
    #expect(text.contains("\"ppv\" : null") && text.contains("\"npv_interval\" : null"))
  }

  @Test("intervals cover the true value at small counts, also near 0 and 1")
  func coverage() throws {
    var random = RandomKey(seed: 24).source
    for (sensitivity, specificity, positives) in [(0.9, 0.8, 20), (0.95, 0.97, 30), (0.6, 0.99, 8)]
    {
      let truth = sensitivity * 0.05 / (sensitivity * 0.05 + (1 - specificity) * 0.95)
      var covered = 0
      for _ in 0..<1000 {
        let hits = (0..<positives).filter { _ in random.uniform() < sensitivity }.count
        let alarms = (0..<100).filter { _ in random.uniform() >= specificity }.count
        let value = try PredictiveValues.all(
          ConfusionMatrix(rows: [[100 - alarms, alarms], [positives - hits, hits]]),
          classes: ["a", "b"], prevalence: [0.95, 0.05])[1]
        // Nothing flagged: no claim, so nothing missed.
        guard let interval = value.positiveInterval else { covered += 1; continue }
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0
      }
      #expect(covered >= 935, "\(sensitivity), \(specificity): \(covered) of 1000")
    }
  }
}
