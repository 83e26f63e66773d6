import Evaluation
import Randomness
import Targets
import TestSupport
import Testing
import Uncertainty

/// Several methods that tell labels or numbers, compared.
@Suite struct TargetGridTests {
  private static let settings = IntervalSettings(resamples: 2000)

  /// 80 numbers, predicted with an error of a size, the same noise for every call of a seed.
  private func numbers(_ size: Double, seed: UInt64 = 1, first: Int = 0) -> NumberPredictions {
    var source = RandomSource(seed: seed)
    let truths = (0..<80).map { Double(first + $0) / 4 }
    return NumberPredictions(
      paths: (0..<80).map { "\(1000 + first + $0)" }, truths: truths,
      predicted: truths.map { $0 + size * source.normal() })
  }

  private func row(_ label: String, _ tables: [NumberPredictions?]) -> TargetTrials {
    TargetTrials(
      label,
      trials: tables.map {
        $0.map { TargetTrials.Trial($0, groups: "group", values: ["seconds": 2]) }
      })
  }

  @Test func valuesAreThoseOfTheAssessmentsAndLessErrorRanksFirst() throws {
    let tables = [[numbers(2), numbers(2, seed: 5)], [numbers(1), numbers(1, seed: 5)]]
    let found = try GridComparison(
      ofTargets: [row("wide", tables[0]), row("narrow", tables[1])], reference: 0, ratio: 0,
      settings: Self.settings)
    #expect(found.design == .shared && found.testRows == 80 && found.classes.isEmpty)
    for (row, tables) in zip(found.rows, tables) {
      for (training, table) in tables.enumerated() {
        let own = NumberAssessment(table, settings: nil)
        for name in ["mae", "rmse", "r2", "pearson"] {
          #expect(
            close(try #require(row.values[name]?.values[training]), try #require(own[name])),
            "\(name)")
        }
      }
      #expect(row.values["seconds"]?.mean == 2 && row.trainings == 2)
    }
    #expect(found.rank(0, by: "mae") == 2 && found.rank(1, by: "mae") == 1)
    #expect(found.rank(0, by: "r2") == 2 && found.rank(1, by: "r2") == 1)
    let difference = try #require(found.rows[1].differences["mae"])
    #expect(try #require(difference.mean) < 0 && found.rows[0].differences.isEmpty)
    let adjusted = [found].adjusted()[0].rows[1].differences
    #expect(adjusted["mae"]?.adjusted == difference.pValue && adjusted["rmse"]?.adjusted != nil)
  }

  /// Of one training the error of a difference of means is that of paired rows: s / √n.
  @Test func theErrorOfADifferenceIsThatOfPairedRows() throws {
    let (first, second) = (numbers(2), numbers(1, seed: 9))
    let found = try GridComparison(
      ofTargets: [row("a", [first]), row("b", [second])], reference: 0, ratio: 0,
      settings: Self.settings)
    #expect(found.design == .single)
    let differences = (0..<80).map { row in
      abs(second.predicted[row] - (second.truths[row] ?? 0))
        - abs(first.predicted[row] - (first.truths[row] ?? 0))
    }
    let mean = differences.reduce(0, +) / 80
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 79
    let one = try #require(found.rows[1].differences["mae"])
    #expect(close(try #require(one.mean), mean, relative: 1e-9))
    let error = (variance / 80).squareRoot()
    #expect(abs(try #require(one.standardError) - error) < 0.1 * error)
  }

  @Test func labelsHaveTheirThresholdsAndGroups() throws {
    let tables = [0.0, 0.2].map { LabelAssessmentTests.table(90, groups: 30, shift: $0) }
    let thresholds = [0.4, 0.5, 0.5]
    let trials = tables.enumerated().map { place, table in
      TargetTrials(
        "method \(place)",
        trials: [TargetTrials.Trial(table, thresholds: thresholds, groups: "group")])
    }
    let found = try GridComparison(
      ofTargets: trials, reference: 0, ratio: 0, settings: IntervalSettings(resamples: 100))
    #expect(found.classes == ["a", "b", "c"] && found.units == 30 && found.groupColumn == "group")
    for (row, table) in zip(found.rows, tables) {
      let own = LabelAssessment(table, thresholds: thresholds, settings: nil)
      for name in ["average_precision_macro", "f1_macro_stored", "hamming_loss"] {
        #expect(close(try #require(row.values[name]?.mean), try #require(own[name])), "\(name)")
      }
    }
  }

  /// Labels are grouped by how many training examples they had.
  @Test func groupsOfLabelsAreHandedOn() throws {
    let table = LabelAssessmentTests.table(90)
    let shots = ShotGroups(trainingCounts: [200, 50, 3])
    let found = try GridComparison(
      ofTargets: [
        TargetTrials(
          "a",
          trials: [TargetTrials.Trial(table, thresholds: nil, shots: shots, groups: "group")])
      ], reference: nil, ratio: 0, settings: IntervalSettings(resamples: 20))
    let own = LabelAssessment(table, shots: shots, settings: nil)
    for name in ["average_precision_many", "average_precision_medium"] {
      #expect(
        close(try #require(found.rows[0].values[name]?.mean), try #require(own[name])), "\(name)")
    }
  }

  /// Folds have test rows of their own; a training without an end is left out of the means.
  @Test func foldsAndMissingTrainings() throws {
    let folds = [numbers(2), numbers(2, seed: 2, first: 80), nil]
    let found = try GridComparison(
      ofTargets: [row("a", folds), row("b", [numbers(1), numbers(1, seed: 2, first: 80), nil])],
      reference: 0, ratio: 0.5, settings: Self.settings)
    #expect(found.design == .own(ratio: 0.5))
    #expect(found.rows.map(\.trainings) == [2, 2])
    let one = try #require(found.rows[1].differences["mae"])
    #expect(one.differences.count == 3 && one.differences[2] == nil)
    // V = s² (1/2 + q), of two differences.
    let known = one.differences.compactMap(\.self)
    let spread = (known[0] - known[1]) * (known[0] - known[1]) / 2
    #expect(close(try #require(one.standardError), spread.squareRoot(), relative: 1e-9))
  }

  @Test func otherRowsAreRefused() throws {
    func compare(_ other: NumberPredictions) throws -> GridComparison {
      try GridComparison(
        ofTargets: [row("a", [numbers(1)]), row("b", [other])], reference: 0, ratio: 0,
        settings: Self.settings)
    }
    #expect(
      throws: ComparisonError.missingExamples(
        from: "the second predictions", count: 1, firstPaths: ["1000"])
    ) { try compare(numbers(1).keeping(Array(1..<80))) }
    #expect(
      throws: ComparisonError.missingExamples(
        from: "the first predictions", count: 1, firstPaths: ["x"])
    ) {
      let table = numbers(1)
      _ = try compare(
        NumberPredictions(
          paths: table.paths + ["x"], truths: table.truths + [1], predicted: table.predicted + [1]))
    }
    let table = numbers(1)
    var truths = table.truths
    truths[3] = 99
    #expect(
      throws: ComparisonError.differentTruth(path: "1003", first: "0.75", second: "99.0")
    ) {
      try compare(NumberPredictions(paths: table.paths, truths: truths, predicted: table.predicted))
    }
  }
}
