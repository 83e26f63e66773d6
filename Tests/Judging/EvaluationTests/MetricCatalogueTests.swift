import Evaluation
import TestSupport
import Testing

@Suite("Metrics: names that files depend on, and what guessing gives")
struct MetricCatalogueTests {
  @Test("the names and their order")
  func names() {
    #expect(
      Metric.catalogue.map(\.name) == [
        "accuracy", "balanced_accuracy", "g_mean", "mcc", "cohen_kappa", "cohen_kappa_linear",
        "cohen_kappa_quadratic", "kendall_tau", "f1_macro", "f1_weighted", "precision_macro",
        "precision_weighted", "recall_macro", "recall_weighted", "specificity_macro",
        "roc_auc_ovr", "roc_auc_ovo", "average_precision", "log_loss", "brier", "ece",
        "ece_classwise", "top_3_accuracy", "top_5_accuracy", "recall_many", "recall_medium",
        "recall_few",
      ])
  }

  @Test("every metric says in a few words what it is")
  func summaries() {
    for metric in Metric.catalogue {
      #expect((8...80).contains(metric.summary.count), "\(metric.name)")
      #expect(!metric.summary.hasSuffix("."), "\(metric.name)")
    }
    // Balanced accuracy and macro recall are one number under two names.
    #expect(Set(Metric.catalogue.map(\.summary)).count == Metric.catalogue.count - 1)
  }

  /// 60, 30 and 10 of a hundred; scores and decisions without regard to the truth.
  private func guess(_ decisions: (Int) -> Int) -> MetricInputs {
    var evidence = MetricsAccumulator(classes: 3)
    for (truth, support) in [60, 30, 10].enumerated() {
      for index in 0..<support {
        let scores = [0.5, 0.3, 0.2]
        evidence.add(
          Outcome(truth: truth, predicted: decisions(index), probabilities: scores[...]))
      }
    }
    return evidence.value
  }

  @Test("constant scores reach exactly what is called no skill")
  func constant() {
    let inputs = guess { _ in 0 }
    for name in ["roc_auc_ovr", "roc_auc_ovo", "average_precision", "balanced_accuracy", "mcc"] {
      let metric = Metric.named(name)
      let (value, chance) = (metric?(inputs).value, metric?.noSkill(inputs))
      #expect(close(value ?? -1, chance ?? -2), "\(name)")
    }
    #expect(Metric.named("average_precision")?.noSkill(inputs).map { close($0, 1.0 / 3) } == true)
  }

  @Test("decisions in the same proportions for every class agree by chance only")
  func proportional() {
    // Each class is decided 0 in 6 of 10, 1 in 3, 2 in 1.
    let inputs = guess { $0 % 10 < 6 ? 0 : $0 % 10 < 9 ? 1 : 2 }
    for name in [
      "mcc", "cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic", "kendall_tau",
      "balanced_accuracy",
    ] {
      let metric = Metric.named(name)
      let (value, chance) = (metric?(inputs).value, metric?.noSkill(inputs))
      #expect(close(value ?? -1, chance ?? -2, absolute: 1e-12), "\(name)")
    }
  }

  @Test("two classes: no skill of the average precision is the prevalence of the second")
  func binary() {
    var evidence = MetricsAccumulator(classes: 2)
    for truth in [0, 0, 0, 1] { evidence.add(Outcome(truth: truth, probabilities: [0.4, 0.6])) }
    let metric = Metric.named("average_precision")
    #expect(metric?.noSkill(evidence.value) == 0.25)
    #expect(metric?(evidence.value).value == 0.25)
  }
}
