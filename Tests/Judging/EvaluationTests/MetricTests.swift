import Evaluation
import Testing

@Suite("Metrics: the catalogue and its averages")
struct MetricTests {
  @Test("names differ, and each is found")
  func names() {
    let names = Metric.catalogue.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(Metric.named(name)?.name == name) }
    #expect(Metric.named("f2") == nil)
    #expect(
      Metric.catalogue.filter { !$0.higherIsBetter }.map(\.name)
        == ["log_loss", "brier", "ece", "ece_classwise"])
  }

  @Test("renaming the classes changes no metric but the ordered kappa, bit for bit")
  func permutedClasses() {
    for number in 1...300 {
      let table = GoldenTable(number)
      let turned = table.outcomes.map { outcome in
        Outcome(
          truth: table.classes - 1 - outcome.truth,
          predicted: table.classes - 1 - outcome.predicted,
          probabilities: ArraySlice(outcome.probabilities.reversed()))
      }
      var evidence = MetricsAccumulator(classes: table.classes)
      for outcome in turned { evidence.add(outcome) }
      let (before, after) = (table.evidence.value, evidence.value)
      for metric in Metric.catalogue where !metric.name.hasPrefix("top_") {
        // Of equals the first class is the most probable.
        if metric.name == "ece" && table.hasTiedMaximum { continue }
        // Two classes have one curve, of the second class.
        let ofOneClass = ["roc_auc_ovr", "roc_auc_ovo", "average_precision"]
        if table.classes == 2 && ofOneClass.contains(metric.name) { continue }
        #expect(metric(before) == metric(after), "table \(number): \(metric.name)")
      }
    }
  }

  @Test("every selection metric is in the report, with the same direction")
  func selection() {
    for metric in SelectionMetric.allCases where !metric.isOfLabels && !metric.isOfNumbers {
      #expect(Metric.named(metric.reportKey)?.higherIsBetter == metric.higherIsBetter)
    }
    #expect(SelectionMetric.mcc.improves(0.5, on: 0.4))
    #expect(!SelectionMetric.mcc.improves(0.4, on: 0.4))
    #expect(SelectionMetric.loss.improves(0.4, on: 0.5))
    #expect(SelectionMetric.mcc.improves(-0.5, on: nil))
    #expect(!SelectionMetric.mcc.improves(nil, on: 0.1))
    #expect(!SelectionMetric.loss.improves(.nan, on: nil))
  }
}
