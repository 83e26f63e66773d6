import Evaluation
import TestSupport
import Testing

@Suite("Metrics against prevalence")
struct ImbalanceImpactTests {
  @Test("sensitivity, specificity and AUROC are flat; precision falls with prevalence")
  func flat() throws {
    for number in 1...200 {
      let impact = ImbalanceImpact(try GoldenTable(number).predictions(), of: 0)
      for name in ["recall", "specificity", "balanced_accuracy", "roc_auc"] {
        #expect(Set(impact.curve.map { $0.values[name] }).count == 1, "\(number): \(name)")
        if let loss = impact.impact(on: name) { #expect(abs(loss) < 1e-12) }
      }
      for name in ["precision", "average_precision"] {
        let values = impact.curve.compactMap { $0.values[name] }
        let falls = zip(values, values.dropFirst()).allSatisfy { $0 >= $1 - 1e-12 }
        #expect(falls, "\(number): \(name) \(values)")
      }
    }
  }

  @Test("at the natural prevalence they are the plain metrics")
  func natural() throws {
    for number in 1...200 {
      let predictions = try GoldenTable(number).predictions()
      let ranking = predictions.ranking(of: 0)
      let natural = try #require(ImbalanceImpact(predictions, of: 0).natural)
      #expect(natural.prevalence == ranking.prevalence)
      #expect(natural.values["roc_auc"] == ranking.rocAUC)
      guard ranking.negatives > 0, ranking.positives > 0 else { continue }
      var binary = ConfusionMatrix(classes: 2)
      for (truth, decided) in zip(predictions.truths, predictions.predicted) {
        binary.add(truth: truth == 0 ? 1 : 0, predicted: decided == 0 ? 1 : 0)
      }
      let expected = [
        "recall": binary.recall[1], "precision": binary.precision[1], "f1": binary.f1[1],
        "accuracy": binary.accuracy, "mcc": binary.matthewsCorrelation,
        "average_precision": ranking.averagePrecision, "specificity": binary.specificity[1],
      ]
      for (name, value) in expected {
        let ours = natural.values[name]
        #expect((ours == nil) == (value == nil), "table \(number): \(name)")
        #expect(close(ours ?? 0, value ?? 0, relative: 1e-9, absolute: 1e-12), "\(number): \(name)")
      }
    }
  }

  @Test("repeating the positives gives the same as weighing them")
  func repeated() throws {
    let table = GoldenTable(6)
    let base = ImbalanceImpact(try table.predictions(), of: 0, prevalences: [0.25])
    // n₁ positives k times over against n₀ negatives: weigh to the prevalence this gives.
    var more = table
    for _ in 0..<3 {
      for row in table.truths.indices where table.truths[row] == 0 {
        more.truths.append(0)
        more.decisions.append(table.decisions[row])
        more.scores += table.scores[row * table.classes..<(row + 1) * table.classes]
      }
    }
    let repeated = try #require(ImbalanceImpact(try more.predictions(), of: 0).natural)
    let weighed = ImbalanceImpact(
      try table.predictions(), of: 0, prevalences: [repeated.prevalence])
    for name in ImbalanceImpact.metrics {
      let (one, other) = (weighed.curve[0].values[name], repeated.values[name])
      #expect(close(one ?? -1, other ?? -1, relative: 1e-12), "\(name)")
    }
    #expect(base.curve.count == 1)
  }

  /// Over all orders alike, `E[AP] = (H_N + (n − 1) (N − H_N) / (N − 1)) / N`, which tends to n / N.
  /// Source: Bestgen, "Exact expected average precision of the random baseline for system evaluation", 2015.
  @Test("a random order has the average precision of theory")
  func randomOrders() throws {
    var values: [Double] = []
    let scores = (0..<6).map { 0.9 - 0.1 * Double($0) }
    for first in 0..<6 {
      for second in first + 1..<6 {
        let truths: [Int?] = (0..<6).map { $0 == first || $0 == second ? 0 : 1 }
        let predictions = try Predictions(
          classes: ["ill", "well"], paths: (0..<6).map { "\($0)" }, truths: truths,
          probabilities: scores.flatMap { [$0, 1 - $0] })
        let natural = try #require(ImbalanceImpact(predictions, of: 0).natural)
        values.append(try #require(natural.values["average_precision"]))
      }
    }
    let harmonic = (1...6).reduce(0.0) { $0 + 1 / Double($1) }
    let expected = (harmonic + (6 - harmonic) / 5) / 6
    #expect(values.count == 15)
    #expect(close(values.reduce(0, +) / 15, expected, relative: 1e-12))
  }

  @Test("the impact is what is lost against balance")
  func impact() throws {
    let well: [Double] = (0..<10).map { Double($0) / 10 }
    let truths: [Int?] = [0] + [Int?](repeating: 1, count: 9)
    let decided: [Int] = [0, 0] + [Int](repeating: 1, count: 8)
    let predictions = try Predictions(
      classes: ["ill", "well"], paths: (0..<10).map { "\($0)" }, truths: truths,
      predicted: decided, probabilities: well.flatMap { [1 - $0, $0] })
    let impact = ImbalanceImpact(predictions, of: 0)
    #expect(impact.name == "ill")
    #expect(impact.curve.map(\.prevalence) == ImbalanceImpact.prevalences)
    // Precision .5 of .9 at balance.
    #expect(close(impact.impact(on: "precision") ?? 0, (0.9 - 0.5) / 0.9))
    #expect(impact.impact(on: "nonsense") == nil)
    let unlabelled = try Predictions(classes: ["a"], paths: ["x"], probabilities: [1.0])
    #expect(ImbalanceImpact(unlabelled, of: 0).natural == nil)
  }

  @Test("a prevalence of 0 traps")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      _ = ImbalanceImpact(try PredictionsTests.make(), of: 0, prevalences: [0])
    }
  }
}
