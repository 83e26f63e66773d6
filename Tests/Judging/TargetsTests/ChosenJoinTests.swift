import Evaluation
import Files
import Targets
import TestSupport
import Testing

/// How the views of a study are joined, chosen on validation.
@Suite struct ChosenJoinTests {
  /// A table of `Goldens/Targets/studies.py`; 1, 0, and −1 where not known.
  private struct Table: Decodable {
    let studies: [String]
    let truths: [[Int]]
    let scores: [[Double]]
    let values: [String: Double]
    let best: String

    var predictions: LabelPredictions {
      LabelPredictions(
        labels: truths[0].indices.map { "l\($0)" }, paths: studies.indices.map { "\(1000 + $0)" },
        truths: truths.flatMap { $0.map { $0 < 0 ? nil : $0 == 1 } },
        probabilities: scores.flatMap(\.self),
        carried: CarriedColumns([Predictions.Column("study", studies)]))
    }
  }

  /// The three values are scikit-learn's, and the greatest is chosen.
  @Test func theGreatestMeanAveragePrecisionIsChosen() throws {
    let tables = try Golden.load("Targets/studies.json", as: [Table].self)
    #expect(Set(tables.map(\.best)) == ["mean", "max", "noisy-or"])
    for table in tables {
      let found = try ChosenJoin(on: table.predictions, by: "study", file: "t.csv")
      #expect(found.column == "study" && found.join.rawValue == table.best)
      #expect(found.studies == Set(table.studies).count)
      for (name, value) in table.values {
        #expect(TargetGoldens.agree(found.values?[name], value), "\(name)")
      }
    }
  }

  /// Where every study has one view, the ways are the same, and the first is taken.
  @Test func ofEqualsTheFirstIsTaken() throws {
    let table = LabelPredictions(
      labels: ["a"], paths: ["1", "2", "3"], truths: [true, false, true],
      probabilities: [0.9, 0.5, 0.2],
      carried: CarriedColumns([Predictions.Column("study", ["x", "y", "z"])]))
    let found = try ChosenJoin(on: table, by: "study", file: "t.csv")
    #expect(found.join == .mean)
    #expect(Set(found.values?.values.map { $0 } ?? []).count == 1)
  }

  @Test func withoutAnyLabelNothingIsChosen() throws {
    let table = LabelPredictions(
      labels: ["a"], paths: ["1", "2", "3"], truths: [false, nil, false],
      probabilities: [0.9, 0.5, 0.2],
      carried: CarriedColumns([Predictions.Column("study", ["x", "x", "z"])]))
    #expect(throws: StudyJoinError.nothingToRank("t.csv", studies: 2)) {
      try ChosenJoin(on: table, by: "study", file: "t.csv")
    }
    #expect(
      "\(StudyJoinError.nothingToRank("t.csv", studies: 2))"
        == "t.csv: none of 2 studies of validation has any label, so no average precision tells the ways of joining"
        + " views apart; name one with --study-join mean, max or noisy-or")
  }

  /// A rule keeps what it was chosen on, and rules without studies read and write as before.
  @Test func aRuleKeepsIt() throws {
    let table = LabelAssessmentTests.table(60, groups: 20)
    let join = try ChosenJoin(on: table, by: "group", file: "t.csv")
    var plan = LabelRule.Plan()
    plan.study = join
    let rule = try LabelRule(on: table.studies(by: "group", join.join, file: "t.csv"), plan)
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "rule.json")
      try JSONFile.write(rule, to: path)
      #expect(try JSONFile.read(LabelRule.self, from: path).study == join)
      try JSONFile.write(try LabelRule(on: table, LabelRule.Plan()), to: path)
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
      #expect(!text.contains("study"))
      #expect(try JSONFile.read(LabelRule.self, from: path).study == nil)
    }
  }
}
