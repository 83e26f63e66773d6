import Evaluation
import Files
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

  /// The same rows, each so often under the names of views of one study, which is its group.
  private func views(_ table: LabelPredictions, each: Int) -> LabelPredictions {
    let (width, rows) = (table.labels.count, 0..<table.count)
    func repeated<T>(_ values: (Int) -> [T]) -> [T] {
      rows.flatMap { row in (0..<each).flatMap { _ in values(row) } }
    }
    let studies = repeated { ["s\(table.paths[$0])"] }
    return LabelPredictions(
      labels: table.labels,
      paths: rows.flatMap { row in (0..<each).map { "\(table.paths[row])-\($0)" } },
      truths: repeated { Array(table.truths[$0 * width..<($0 + 1) * width]) },
      probabilities: repeated { Array(table.probabilities[$0 * width..<($0 + 1) * width]) },
      carried: CarriedColumns([
        Predictions.Column("study", studies), Predictions.Column("group", studies),
      ]))
  }

  private func compared(_ tables: [LabelPredictions], _ join: ChosenJoin) throws -> GridComparison {
    try GridComparison(
      ofTargets: tables.enumerated().map { place, table in
        TargetTrials(
          "method \(place)",
          trials: [
            try TargetTrials.Trial(
              table, by: join, thresholds: [0.4, 0.5, 0.5], groups: "group", file: "t.csv")
          ])
      }, reference: 0, ratio: 0, settings: IntervalSettings(resamples: 100))
  }

  /// Copies of a row as views of its study change no share, so what is of studies is what is of images, on every resample.
  @Test(arguments: [1, 3]) func equalViewsOfAStudyCountAsOne(_ each: Int) throws {
    let tables = [0.0, 0.2].map {
      views(LabelAssessmentTests.table(90, shift: $0), each: each)
    }
    let found = try compared(tables, ChosenJoin("study", .max))
    #expect(found.testRows == 90 * each && found.units == 90)
    #expect(found.rows.allSatisfy { $0.values["n_studies"]?.mean == 90 })
    for name in ["average_precision_macro", "f1_macro_stored", "subset_accuracy", "hamming_loss"] {
      let (images, studies) = (name, name + "_studies")
      for row in found.rows {
        #expect(
          close(
            try #require(row.values[studies]?.mean), try #require(row.values[images]?.mean),
            relative: 1e-9), "\(name)")
      }
      let one = try #require(found.rows[1].differences[images])
      let other = try #require(found.rows[1].differences[studies])
      #expect(close(try #require(one.mean), try #require(other.mean), absolute: 1e-9), "\(name)")
      #expect(
        close(
          try #require(one.standardError), try #require(other.standardError), absolute: 1e-9),
        "\(name)")
      #expect(found.rank(0, by: images) == found.rank(0, by: studies), "\(name)")
    }
  }

  /// Values are those of the assessment of the joined table.
  @Test(arguments: StudyJoin.allCases) func studiesAreJudgedAsTheirTableIs(_ join: StudyJoin) throws
  {
    let table = LabelAssessmentTests.table(90)
    let views = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: table.truths,
      probabilities: table.probabilities,
      carried: CarriedColumns([
        Predictions.Column("study", (0..<90).map { $0 < 10 ? "" : "s\($0 / 2)" })
      ]))
    let found = try compared([views], ChosenJoin("study", join))
    let joined = try views.studies(by: "study", join, file: "t.csv")
    #expect(joined.count == 50 && found.rows[0].values["n_studies"]?.mean == 50)
    let own = LabelAssessment(joined, thresholds: [0.4, 0.5, 0.5], settings: nil)
    for name in LabelAssessment.names {
      let value = found.rows[0].values[name + "_studies"]?.mean
      #expect((value == nil) == (own[name] == nil), "\(name)")
      if let value, let own = own[name] { #expect(close(value, own, relative: 1e-9), "\(name)") }
    }
    #expect(TargetComparison.isLoss("hamming_loss_studies"))
    #expect(!TargetComparison.isLoss("average_precision_macro_studies"))
    #expect(
      throws: FileError.malformed(
        path: "t.csv",
        reason: "has no column 'visit' to join the views of a study by; beside labels it has study")
    ) { try compared([views], ChosenJoin("visit", join)) }
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
