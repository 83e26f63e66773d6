import Evaluation
import Reports
import Runs
import Targets
import Testing

/// The heads of cards of labels, grades and numbers.
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

  /// By hand: of a the ranks are 1, 0, 1 (precision 5/6, area 1/2), of b 1, 0 (both 1); F1 of a is 2/3, of b 1.
  @Test func `labels have means over labels, under names that Hugging Face knows`() throws {
    let table =
      "path,true_a,true_b,prob_a,prob_b\n1.png,1,1,.9,.8\n2.png,0,,.4,.7\n3.png,1,0,.3,.1\n"
    let predictions = try LabelPredictions.read(bytes: Array(table.utf8), name: "t.csv")
    let facts = LabelRunFacts(
      name: "x", config: ConfigRecord([]), data: nil, history: [],
      evaluations: [
        .init(part: "test", found: LabelAssessment(predictions, settings: nil))
      ])
    let card = facts.card(version: "1")
    #expect(
      card.hasPrefix(
        """
        ---
        pipeline_tag: image-classification
        library_name: steelyard
        tags:
        - image-classification
        - multi-label
        - imbalanced-data
        - steelyard
        metrics:
        - average_precision
        - roc_auc
        - f1
        model-index:
        """), "\(card)")
    #expect(card.contains("      name: Multi-label classification\n"))
    for (type, name, value) in [
      ("average_precision", "average_precision_macro", "0.916667"),
      ("roc_auc", "roc_auc_macro", "0.75"), ("f1", "f1_macro", "0.833333"),
    ] {
      let digits = value.prefix(5)
      #expect(
        card.contains("    - type: \(type)\n      name: \(name)\n      value: \(digits)"),
        "\(name): \(card)")
    }
    #expect(card.ranges(of: "      args:\n        average: macro\n").count == 3)
  }

  /// Grades have the metrics of their order as well; classes without an order have none of them.
  @Test func `grades have the kappa of their order`() throws {
    var predictions = try Predictions(
      classes: ["none", "mild", "severe"], paths: ["1", "2", "3", "4"], truths: [0, 1, 2, 2],
      probabilities: [0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.1, 0.1, 0.8, 0.1, 0.8, 0.1])
    func head(_ predictions: Predictions) throws -> String {
      let card = ReportDocument([
        RunContents(
          name: "x",
          evaluations: [
            .init(
              split: "test", predictions: predictions,
              judgement: .plain(MetricsReport(predictions, shots: nil)))
          ])
      ]).modelCard()
      return try #require(card.split(separator: "\n---\n").first.map(String.init))
    }
    let plain = try head(predictions)
    #expect(!plain.contains("kappa") && !plain.contains("kendall"), "\(plain)")
    predictions.areOrdered = true
    // One of four is a step off: 1 − Σ w O / Σ w E with w = (i − j)², 1 · 1 against (1 · (2 + 4 · 1) + 1 · (1 + 1)
    // + 2 · (4 · 1 + 2)) / 4 = 5.
    let ordered = try head(predictions)
    #expect(
      ordered.contains(
        "    - type: cohen_kappa\n      name: \"Cohen's κ, quadratic weights\"\n      value: 0.8\n"
          + "      args:\n        weights: quadratic\n"), "\(ordered)")
    #expect(ordered.contains("- cohen_kappa\n") && ordered.contains("- kendall_tau\n"))
  }
}
