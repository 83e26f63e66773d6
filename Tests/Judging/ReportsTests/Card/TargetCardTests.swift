import Reports
import Runs
import Targets
import Testing

/// The heads of cards of labels and numbers.
@Suite struct TargetCardTests {
  /// A number below 0 has a hyphen, which YAML knows, and not the minus of pages.
  @Test func `numbers of the head are numbers to YAML`() throws {
    let table = "path,y_true,y_pred\na,0,2\nb,1,1\nc,2,0\n"
    let predictions = try NumberPredictions.read(bytes: Array(table.utf8), name: "t.csv")
    let facts = NumberRunFacts(
      name: "x", config: ConfigRecord([]), data: nil, history: [],
      evaluations: [
        .init(part: "test", found: NumberAssessment(predictions, settings: nil))
      ])
    let card = facts.card(version: "1")
    // r² = 1 − (4 + 0 + 4) / (1 + 0 + 1), Pearson's r of opposite orders is −1.
    #expect(
      card.contains(
        """
          - task:
              type: image-regression
              name: Regression
            dataset:
              name: "data"
              type: "data"
              split: "test"
            metrics:
            - type: mae
              name: mae
              value: 1.3333
        """), "\(card)")
    #expect(card.contains("    - type: r_squared\n      name: r2\n      value: -3.0\n"))
    #expect(card.contains("    - type: pearsonr\n      name: pearson\n      value: -1.0\n"))
    #expect(card.hasPrefix("---\nlibrary_name: steelyard\ntags:\n- image-regression\n"))
  }
}
