import Evaluation
import Files
import SteelyardCommand
import Targets
import TestSupport
import Testing

/// Studies of folds that join their views in the same way, and in different ways.
@Suite struct PooledStudiesTests {
  /// A table of `Goldens/Targets/mixed_studies.py`; 1, 0, and −1 where not known.
  private struct Table: Decodable {
    let ways, studies: [String]
    let folds: [Int]
    let paths: [String]
    let truths: [[Int]]
    let scores: [[Double]]
    let names: [String]
    let joinedFolds: [Int]
    let joinedTruths: [[Int]]
    let joined: [[Double]]
    let averagePrecision: Double

    var images: LabelPredictions {
      LabelPredictions(
        labels: ["a", "b"], paths: paths, truths: Self.known(truths),
        probabilities: scores.flatMap(\.self),
        carried: CarriedColumns([
          Predictions.Column("study", studies), Predictions.Column("fold", folds.map { "\($0)" }),
        ]))
    }

    var joins: [ChosenJoin?] { ways.map { ChosenJoin("study", StudyJoin(rawValue: $0) ?? .mean) } }

    static func known(_ truths: [[Int]]) -> [Bool?] {
      truths.flatMap { $0.map { $0 < 0 ? nil : $0 == 1 } }
    }
  }

  /// Probabilities, truths and average precision are those of NumPy and scikit-learn.
  @Test func eachStudyIsJoinedAsItsFoldJoins() throws {
    let tables = try Golden.load("Targets/mixed_studies.json", as: [Table].self)
    #expect(tables.count == 12 && tables.allSatisfy { Set($0.ways).count == 3 })
    for table in tables {
      let found = try #require(try PooledStudies(table.images, by: table.joins, file: "t.csv"))
      #expect(found.table.paths == table.names)
      #expect(found.table.carried.named("fold")?.values == table.joinedFolds.map { "\($0)" })
      #expect(found.table.truths == Table.known(table.joinedTruths))
      #expect(
        difference(found.table.probabilities, table.joined.flatMap(\.self), absolute: 1e-12) == nil)
      let macro = LabelAssessment(found.table, settings: nil)["average_precision_macro"]
      #expect(close(try #require(macro), table.averagePrecision, relative: 1e-12))
      #expect(found.join == nil)
    }
  }

  /// Two views of .2 and .6 in each of three folds: .4 by the mean, .6 by the greatest, .68 = 1 − .8 · .4 by noisy-or.
  private func images(_ studies: [String] = ["x", "y", "z", "x", "y", "z"]) -> LabelPredictions {
    LabelPredictions(
      labels: ["a"], paths: (1...6).map { "\($0).png" },
      truths: [true, false, nil, false, false, false],
      probabilities: [0.2, 0.2, 0.2, 0.6, 0.6, 0.6],
      carried: CarriedColumns([
        Predictions.Column("study", studies),
        Predictions.Column("fold", ["1", "2", "3", "1", "2", "3"]),
        Predictions.Column("site", ["n", "n", "s", "n", "s", "s"]),
      ]))
  }

  private func joins(_ ways: [StudyJoin]) -> [ChosenJoin?] { ways.map { ChosenJoin("study", $0) } }

  @Test func mixedWaysByHand() throws {
    let found = try #require(
      try PooledStudies(images(), by: joins([.mean, .max, .noisyOr]), file: "t.csv"))
    #expect(found.table.paths == ["x", "y", "z"])
    #expect(difference(found.table.probabilities, [0.4, 0.6, 0.68]) == nil)
    #expect(found.table.truths == [true, false, nil])
    // What the views share stays, and is empty where they differ.
    #expect(found.table.carried.named("site")?.values == ["n", "", "s"])
    #expect(
      found.statement(images: 6)
        == "3 studies (study) of 6 images; the views of a study are joined as the validation of its fold chose: mean in 1 of 3"
        + " folds, max in 1 of 3 folds, noisy-or in 1 of 3 folds")
    let other = try #require(
      try PooledStudies(images(), by: joins([.noisyOr, .mean, .noisyOr]), file: "t.csv"))
    #expect(difference(other.table.probabilities, [0.68, 0.4, 0.68]) == nil)
    #expect(
      other.statement(images: 6).hasSuffix("chose: mean in 1 of 3 folds, noisy-or in 2 of 3 folds"))
  }

  /// Where all folds join in one way, nothing is lost by joining fold by fold.
  @Test func oneWayIsThatOfTheWholeTable() throws {
    for way in StudyJoin.allCases {
      let found = try #require(
        try PooledStudies(images(), by: joins([way, way, way]), file: "t.csv"))
      let whole = try images().studies(by: "study", way, file: "t.csv")
      #expect(found.table == whole)
      #expect(found.join == ChosenJoin("study", way))
      #expect(
        found.statement(images: 6)
          == "3 studies (study) of 6 images; probabilities of the views of a study are joined by \(way.rawValue)"
      )
    }
  }

  /// A fold that judges images alone leaves nothing to pool; so does a table that does not say which fold an image is of.
  @Test func withoutAWayOfEachFoldThereAreNone() throws {
    #expect(try PooledStudies(images(), by: joins([.mean, .mean]) + [nil], file: "t.csv") == nil)
    #expect(try PooledStudies(images(), by: [], file: "t.csv") == nil)
    let bare = LabelPredictions(
      labels: ["a"], paths: ["1"], truths: [true], probabilities: [0.5],
      carried: CarriedColumns([Predictions.Column("study", ["x"])]))
    #expect(try PooledStudies(bare, by: joins([.mean]), file: "t.csv") == nil)
  }

  /// A study of two folds would be judged by a model that has seen some of its views.
  @Test func aStudyOfTwoFoldsIsRefused() throws {
    #expect(throws: CrossfitError.partedStudy("y", column: "study")) {
      try PooledStudies(
        images(["x", "y", "y", "x", "y", "z"]), by: joins([.mean, .max, .max]), file: "t.csv")
    }
    #expect(throws: FileError.self) {
      try PooledStudies(
        images(), by: (1...3).map { _ in ChosenJoin("visit", .mean) }, file: "t.csv")
    }
  }
}
