import Evaluation
import Randomness
import Targets
import TestSupport
import Testing

/// Metrics of several labels by their definitions, and what names, order and repetition may not change.
@Suite struct LabelDefinitionTests {
  private func table(_ seed: UInt64, unknown: Bool = true) -> LabelPredictions {
    var random = RandomKey(seed: seed).folding("labels").source
    return LabelPredictions(
      labels: ["a", "b", "c", "d"], paths: (0..<24).map { "\(100 + $0)" },
      truths: (0..<96).map { _ -> Bool? in
        unknown && random.below(6) == 0 ? nil : random.below(3) == 0
      },
      probabilities: (0..<96).map { _ in Double(random.below(9)) / 8 })
  }

  private func values(_ predictions: LabelPredictions) -> [String: Double] {
    LabelAssessment(predictions, settings: nil).values
  }

  private func agree(_ found: [String: Double], _ expected: [String: Double]) {
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, value) in expected {
      #expect(close(found[name] ?? .nan, value, relative: 1e-9, absolute: 1e-12), "\(name)")
    }
  }

  /// Decisions, rankings and pooled counts, entry by entry.
  @Test(arguments: 1...12) func entryByEntry(seed: UInt64) throws {
    let table = table(seed)
    let found = values(table)
    var (right, wrong, hits, said, there) = (0, 0, 0, 0, 0)
    var (whole, rows, loss, coverage, precision) = (0, 0, 0.0, 0.0, 0.0)
    for row in 0..<24 {
      let entries = (row * 4..<row * 4 + 4).filter { table.truths[$0] != nil }
      guard !entries.isEmpty else { continue }
      rows += 1
      var isWhole = true
      for entry in entries {
        let (truth, decided) = (table.truths[entry] == true, table.probabilities[entry] >= 0.5)
        if truth == decided { right += 1 } else { wrong += 1 }
        if truth != decided { isWhole = false }
        if truth && decided { hits += 1 }
        if decided { said += 1 }
        if truth { there += 1 }
      }
      if isWhole { whole += 1 }
      let own = entries.filter { table.truths[$0] == true }.map { table.probabilities[$0] }
      let others = entries.filter { table.truths[$0] == false }.map { table.probabilities[$0] }
      // How far down the list the last of its labels stands.
      let all = own + others
      coverage += own.map { score in Double(all.count { $0 >= score }) }.max() ?? 0
      if own.isEmpty || others.isEmpty {
        precision += 1
        continue
      }
      var pairs = 0
      for mine in own { for other in others where other >= mine { pairs += 1 } }
      loss += Double(pairs) / Double(own.count * others.count)
      var sum = 0.0
      for mine in own {
        sum += Double(own.count { $0 >= mine }) / Double(all.count { $0 >= mine })
      }
      precision += sum / Double(own.count)
    }
    let expected: [String: Double] = [
      "subset_accuracy": Double(whole) / Double(rows),
      "hamming_loss": Double(wrong) / Double(right + wrong),
      "precision_micro": Double(hits) / Double(said), "recall_micro": Double(hits) / Double(there),
      "f1_micro": 2 * Double(hits) / Double(said + there),
      "label_ranking_loss": loss / Double(rows), "coverage_error": coverage / Double(rows),
      "label_ranking_average_precision": precision / Double(rows),
    ]
    for (name, value) in expected {
      #expect(close(try #require(found[name]), value, relative: 1e-9, absolute: 1e-12), "\(name)")
    }
  }

  @Test(arguments: 1...8) func labelsInAnotherOrder(seed: UInt64) {
    let table = table(seed)
    var random = RandomKey(seed: seed).folding("order").source
    let order = random.shuffle(4)
    func moved<T>(_ entries: [T]) -> [T] {
      (0..<24).flatMap { row in order.map { entries[row * 4 + $0] } }
    }
    let turned = LabelPredictions(
      labels: order.map { table.labels[$0] }, paths: table.paths, truths: moved(table.truths),
      probabilities: moved(table.probabilities))
    agree(values(turned), values(table))
    let (own, other) = (
      LabelAssessment(table, settings: nil).perLabel,
      LabelAssessment(turned, settings: nil).perLabel
    )
    for (place, label) in order.enumerated() {
      #expect(other[place].name == own[label].name && other[place].rocAUC == own[label].rocAUC)
      #expect(other[place].averagePrecision == own[label].averagePrecision)
      #expect(other[place].f1 == own[label].f1 && other[place].positives == own[label].positives)
    }
  }

  /// Every row twice is the same set seen twice.
  @Test(arguments: 1...4) func everyRowTwice(seed: UInt64) {
    let table = table(seed)
    let twice = LabelPredictions(
      labels: table.labels, paths: table.paths + table.paths.map { "z\($0)" },
      truths: table.truths + table.truths, probabilities: table.probabilities + table.probabilities)
    agree(values(twice), values(table))
  }

  /// A label of which nothing is known, and rows of which nothing is known, change no number.
  @Test(arguments: 1...4) func whatIsNotKnownIsInNothing(seed: UInt64) {
    let table = table(seed)
    var (truths, probabilities): ([Bool?], [Double]) = ([], [])
    for row in 0..<24 {
      truths += Array(table.truths[row * 4..<row * 4 + 4])
      truths.append(nil)
      probabilities += Array(table.probabilities[row * 4..<row * 4 + 4])
      probabilities.append(1)
    }
    truths += [Bool?](repeating: nil, count: 5)
    probabilities += [1, 0, 1, 0, 1]
    let wider = LabelPredictions(
      labels: table.labels + ["e"], paths: table.paths + ["zz"], truths: truths,
      probabilities: probabilities)
    agree(values(wider), values(table))
  }

  /// One label alone, always known, is the positive of two classes in every metric that both have.
  @Test func oneLabelIsTwoClasses() throws {
    let table = table(3, unknown: false)
    let one = LabelPredictions(
      labels: ["a"], paths: table.paths, truths: (0..<24).map { table.truths[$0 * 4] },
      probabilities: (0..<24).map { table.probabilities[$0 * 4] })
    let (found, report) = (values(one), MetricsReport(try #require(one.one(0))))
    let row = report.perClass[1]
    #expect(found["average_precision_macro"] == found["average_precision_micro"])
    #expect(close(try #require(found["average_precision_macro"]), row.averagePrecision ?? .nan))
    #expect(close(try #require(found["roc_auc_macro"]), row.rocAUC ?? .nan))
    #expect(close(try #require(found["f1_macro"]), row.f1 ?? .nan))
    #expect(close(try #require(found["recall_micro"]), row.recall ?? .nan))
    #expect(close(try #require(found["subset_accuracy"]), report["accuracy"] ?? .nan))
    #expect(
      close(try #require(found["hamming_loss"]), 1 - (report["accuracy"] ?? .nan), absolute: 1e-12))
  }
}
