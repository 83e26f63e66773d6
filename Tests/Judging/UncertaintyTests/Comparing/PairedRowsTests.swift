import Evaluation
import Testing
import Uncertainty

@Suite("Rows of two models")
struct PairedRowsTests {
  @Test("matched by path, whatever the order; rows without truth in both are left out")
  func matching() throws {
    let first = try Predictions(
      classes: ["a", "b"], paths: ["x", "y", "z"], truths: [0, 1, nil],
      probabilities: [0.9, 0.1, 0.2, 0.8, 0.5, 0.5])
    let second = try Predictions(
      classes: ["a", "b"], paths: ["z", "y", "x"], truths: [nil, 1, 0],
      probabilities: [0.5, 0.5, 0.7, 0.3, 0.8, 0.2])
    let comparison = try Comparison(
      first, second, settings: IntervalSettings(resamples: 10))
    #expect(comparison.n == 2)
    #expect(comparison.metrics["accuracy"]?.first == 1)
    #expect(comparison.metrics["accuracy"]?.second == 0.5)
    #expect(comparison.metrics["accuracy"]?.difference == -0.5)
    #expect(comparison.mcNemar.onlyFirst == 1 && comparison.mcNemar.onlySecond == 0)
    #expect(comparison.perClass.map(\.support) == [1, 1])
    #expect(comparison.perClass[1].mcNemar.onlyFirst == 1)
  }
}
