import Evaluation
import Targets
import TestSupport
import Testing

/// Every metric against scikit-learn and SciPy.
@Suite struct GoldenTests {
  private func check(
    _ values: (String) -> Double?, _ golden: [String: TargetGoldens.Values], _ what: String
  ) {
    for (name, expected) in golden {
      guard case .one(let number) = expected else { continue }
      #expect(
        TargetGoldens.agree(values(name), number),
        "\(what) \(name): \(String(describing: values(name))) against \(String(describing: number))"
      )
    }
  }

  /// A table as it is, and with its rows repeated.
  private func cases(
    _ once: [String: TargetGoldens.Values], _ weighted: [String: TargetGoldens.Values],
    _ weights: [Int]
  ) -> [(golden: [String: TargetGoldens.Values], weights: [Int]?)] {
    [(once, nil), (weighted, weights)]
  }

  @Test func labels() throws {
    let tables = try Golden.load("Targets/labels.json", as: [TargetGoldens.Labels].self)
    #expect(tables.count == 300)
    for (number, table) in tables.enumerated() {
      for (golden, weights) in cases(table.once, table.weighted, table.weights) {
        let found = LabelAssessment(table.predictions(weights), settings: nil)
        check({ found[$0] }, golden, "table \(number)")
        let own: [String: (LabelRow) -> Double?] = [
          "average_precision": \.averagePrecision, "roc_auc": \.rocAUC, "f1": \.f1,
          "precision": \.precision, "recall": \.recall,
        ]
        for (name, value) in own {
          guard case .each(let each)? = golden["per_label_" + name] else {
            Issue.record("no per_label_\(name)")
            continue
          }
          for (row, expected) in zip(found.perLabel, each) {
            #expect(
              TargetGoldens.agree(value(row), expected),
              "table \(number) \(row.name) \(name): \(String(describing: value(row)))")
          }
        }
      }
    }
  }

  @Test func undefinedIsNullWithTheReason() throws {
    let tables = try Golden.load("Targets/labels.json", as: [TargetGoldens.Labels].self)
    var undefined = 0
    for table in tables {
      let found = LabelAssessment(table.predictions(), settings: nil)
      for row in found.perLabel where row.rocAUC == nil {
        #expect(row.undefinedBecause != nil)
        undefined += 1
      }
      let areas = found.perLabel.compactMap(\.rocAUC)
      #expect(found.labelsAveraged["roc_auc_macro"] == areas.count)
      #expect((found["roc_auc_macro"] == nil) == areas.isEmpty)
    }
    #expect(undefined > 100)
  }

  @Test func numbers() throws {
    let tables = try Golden.load("Targets/numbers.json", as: [TargetGoldens.Numbers].self)
    #expect(tables.count == 200)
    for (number, table) in tables.enumerated() {
      for (golden, weights) in cases(table.once, table.weighted, table.weights) {
        let found = NumberAssessment(table.predictions(weights), settings: nil)
        check({ found[$0] }, golden, "table \(number)")
        #expect(found.bins.reduce(0) { $0 + $1.n } == found.n)
      }
    }
  }

  @Test func grades() throws {
    let tables = try Golden.load("Targets/grades.json", as: [TargetGoldens.Grades].self)
    #expect(tables.count == 100)
    for (number, table) in tables.enumerated() {
      let found = GradeAssessment(try table.predictions(), settings: nil)
      let values = [
        "mae": found.mae.value, "mae_macro": found.maeMacro.value,
        "cohen_kappa_quadratic": found.classes["cohen_kappa_quadratic"],
        "kendall_tau": found.classes["kendall_tau"],
      ]
      // A table of one class on a side has no kappa in scikit-learn's sense; the house says 0 or nothing.
      let isOneSided = Set(table.truths).count < 2 || Set(table.decided).count < 2
      let golden = table.values.filter { !isOneSided || $0.key.hasPrefix("mae") }
      check({ values[$0] ?? nil }, golden, "table \(number)")
      guard case .each(let each)? = table.values["mae_per_grade"] else {
        Issue.record("no mae_per_grade")
        continue
      }
      #expect(zip(found.grades, each).allSatisfy { TargetGoldens.agree($0.mae, $1) })
    }
  }

  /// What a resample sees: rows that count as often as their weight say the same as rows that stand there as often.
  @Test func weightsAreRepetitions() throws {
    let tables = try Golden.load("Targets/labels.json", as: [TargetGoldens.Labels].self)
    for (number, table) in tables.enumerated() {
      let metrics = LabelMetrics(table.predictions(), thresholds: nil, shots: nil)
      let values = metrics.values(table.weights.map(Double.init))
      check(
        { name in
          LabelMetrics.names.firstIndex(of: name).map { values[$0] }.flatMap { $0.isNaN ? nil : $0 }
        }, table.weighted, "table \(number)")
    }
    let numbers = try Golden.load("Targets/numbers.json", as: [TargetGoldens.Numbers].self)
    for (number, table) in numbers.enumerated() {
      let metrics = NumberMetrics(table.predictions(), bins: NumberBins(of: table.truths))
      let values = metrics.values(table.weights.map(Double.init))
      check(
        { name in
          NumberMetrics.names.firstIndex(of: name).map { values[$0] }.flatMap {
            $0.isNaN ? nil : $0
          }
        }, table.weighted, "table \(number)")
    }
  }
}
