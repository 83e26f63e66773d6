import Evaluation
import SteelyardCommand
import Testing
import Uncertainty

@Suite struct ReportTextTests {
  @Test func absentClassIsNotCountedAndTheMeansSayOverHowMany() throws {
    let predictions = try Predictions(
      classes: ["a", "b", "c"], paths: ["1", "2", "3"], truths: [0, 0, 1],
      probabilities: [0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.1, 0.8, 0.1])
    let text = ReportText.text(MetricsReport(predictions, trainingCounts: [200, 30, 5]))
    #expect(
      text == """
        class  train  n  correct  recall  95 % interval  precision     F1  AUROC
        ─────  ─────  ─  ───────  ──────  ─────────────  ─────────  ─────  ─────
        a        200  2        1  1 of 2      0.09–0.91      1.000  0.667  1.000
        b         30  1        1  1 of 1      0.21–1.00      0.500  0.667  1.000
        c          5  0        0     n/a            n/a        n/a    n/a    n/a

        mcc 0.500
        balanced_accuracy 0.750 (mean over 2 of 3 classes)
        f1_macro 0.667 (mean over 2 of 3 classes)
        roc_auc_ovr 1.000 (mean over 2 of 3 classes)
        average_precision 1.000 (mean over 2 of 3 classes)
        accuracy 0.667
        recall_many 0.500 (mean over 1 of 3 classes)
        recall_medium 1.000 (mean over 1 of 3 classes)

        """)
  }

  /// A method is named once, with all that it made; what has no interval is in none.
  @Test func intervalsSayHowTheyWereMadeOnce() throws {
    let predictions = try Predictions(
      classes: ["a", "b", "c"], paths: (0..<60).map { "\($0)" }, truths: (0..<60).map { $0 % 3 },
      probabilities: (0..<60).flatMap { row -> [Double] in
        let right = row % 4 == 0 ? (row + 1) % 3 : row % 3
        return (0..<3).map {
          $0 == right ? 0.6 + 0.005 * Double(row) / 2 : 0.2 - 0.00125 * Double(row)
        }
      })
    let settings = IntervalSettings(resamples: 50)
    let text = ReportText.text(
      MetricsReport(predictions), intervals: Assessment(predictions, settings: settings))
    let line = text.split(separator: "\n").first { $0.hasPrefix("made by: ") }
    #expect(
      line?.hasPrefix("made by: wilson of recall and accuracy; bca of mcc, ") == true, "\(text)")
    for name in ["wilson", "bca"] { #expect(text.ranges(of: name).count == 1, "\(text)") }
    #expect(line?.hasSuffix("; jackknife of calibration_slope") == true, "\(text)")
    #expect(text.contains("\ncalibration_slope ") && text.contains("(mean over 3 of 3 classes)"))
  }

  @Test func twoClassesHaveOneCurve() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["1", "2", "3"], truths: [0, 0, 1],
      probabilities: [0.8, 0.2, 0.2, 0.8, 0.3, 0.7])
    let text = ReportText.text(MetricsReport(predictions))
    #expect(text.contains("roc_auc_ovr 0.500 (b against a)\n"), "\(text)")
    #expect(text.contains("f1_macro 0.667 (mean over 2 of 2 classes)\n"), "\(text)")
  }
}
