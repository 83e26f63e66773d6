import Evaluation
import Files
import Targets
import TestSupport
import Testing
import Uncertainty

@Suite struct LabelAssessmentTests {
  /// Label a is seen well, b at random, c never there.
  static func table(_ count: Int, groups: Int? = nil, shift: Double = 0) -> LabelPredictions {
    LabelPredictions(
      labels: ["a", "b", "c"], paths: (0..<count).map { "\(1000 + $0)" },
      truths: (0..<count).flatMap { row -> [Bool?] in
        [row % 3 == 0, row % 5 == 1 ? nil : row % 4 == 0, false]
      },
      probabilities: (0..<count).flatMap { row in
        let noise = Double((row * 37) % 101) / 101
        return [
          min(
            1, max(0, (row % 3 == 0 ? 0.55 : 0.25) + 0.4 * noise - shift * (row % 3 == 0 ? 1 : 0))),
          Double((row * 53) % 97) / 97, 0.1 * noise,
        ]
      },
      carried: CarriedColumns(
        groups.map { groups in
          [Predictions.Column("group", (0..<count).map { "g\($0 % groups)" })]
        } ?? []))
  }

  @Test func aLabelIsJudgedAsThePositiveOfTwoClasses() throws {
    let settings = IntervalSettings(resamples: 200)
    let table = Self.table(90)
    let found = LabelAssessment(table, settings: settings)
    for (label, row) in found.perLabel.enumerated().prefix(2) {
      let one = Assessment(try #require(table.one(label)), settings: settings)
      #expect(row.averagePrecision == one.report.perClass[1].averagePrecision)
      #expect(row.rocAUC == one.report["roc_auc_ovr"])
      #expect(row.intervals["roc_auc"] == one.classIntervals[1][.rocAUC])
      #expect(row.intervals["average_precision"] == one.classIntervals[1][.averagePrecision])
    }
    #expect(found.perLabel[1].known == 72)
    #expect(
      found.perLabel[0].intervals["roc_auc"]?.method == .deLong
        || found.perLabel[0].intervals["roc_auc"]?.method == .areaScore)
  }

  /// Of twelve labels with five positives each Σ 1/n is 2.4, of nine 1.8.
  @Test func meansOverManyLabelsOfFewPositivesHaveNoInterval() throws {
    for (labels, isGiven) in [(9, true), (12, false)] {
      let rows = 120
      let table = LabelPredictions(
        labels: (0..<labels).map { "l\($0)" }, paths: (0..<rows).map { "\(1000 + $0)" },
        truths: (0..<rows).flatMap { row in (0..<labels).map { Optional(row % 24 == $0) } },
        probabilities: (0..<rows).flatMap { row -> [Double] in
          (0..<labels).map { label -> Double in
            let noise = Double((row * 37 + label * 11) % 101) / 101
            return (row % 24 == label ? 0.3 : 0) + 0.65 * noise
          }
        })
      let found = LabelAssessment(table, settings: IntervalSettings(resamples: 100))
      for name in ["average_precision_macro", "roc_auc_macro", "f1_macro"] {
        #expect(found[name] != nil && (found.intervals[name] != nil) == isGiven, "\(name)")
      }
      #expect(found.intervals["average_precision_micro"] != nil)
      #expect((found.withheld == nil) == isGiven)
      if !isGiven { #expect(found.withheld?.names.contains("roc_auc_macro") == true) }
    }
  }

  /// The example of ARCHITECTURE.md, worked by hand.
  @Test func theWorkedExample() throws {
    let table = try LabelPredictions.read(
      bytes: Array(
        "path,true_a,true_b,prob_a,prob_b\n1.png,1,1,.9,.8\n2.png,0,,.4,.7\n3.png,1,0,.3,.1\n".utf8),
      name: "t.csv")
    let found = LabelAssessment(table, settings: IntervalSettings(resamples: 20))
    let expected = [
      "average_precision_macro": 11.0 / 12, "roc_auc_macro": 0.75, "f1_macro": 5.0 / 6,
      "subset_accuracy": 2.0 / 3, "average_precision_micro": 11.0 / 12,
    ]
    for (name, value) in expected {
      #expect(close(try #require(found[name]), value), "\(name)")
    }
    #expect(found.intervals["average_precision_macro"] == nil)
    #expect(found.resampling?.withheld(images: 3)?.hasPrefix("3 images are too few") == true)
  }

  @Test func whatIsUndefinedIsNullAndLeftOutOfMeans() throws {
    let found = LabelAssessment(Self.table(60), settings: nil)
    #expect(found.perLabel[2].averagePrecision == nil && found.perLabel[2].rocAUC == nil)
    #expect(found.perLabel[2].undefinedBecause == "no example has it, of 60")
    #expect(found.labelsAveraged["roc_auc_macro"] == 2)
    let json = String(decoding: try JSONFile.encode(found), as: UTF8.self)
    #expect(
      json.contains("\"undefined_because\" : \"no example has it, of 60\"")
        || json.contains("no example has it, of 60"))
    let areas = found.perLabel.compactMap(\.rocAUC)
    #expect(close(try #require(found["roc_auc_macro"]), (areas[0] + areas[1]) / 2))
  }

  @Test func whatIsUnknownChangesNoNumber() {
    let table = Self.table(60)
    var other = table.probabilities
    for entry in table.truths.indices where table.truths[entry] == nil {
      other[entry] = 1 - other[entry]
    }
    let changed = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: table.truths, probabilities: other)
    let settings = IntervalSettings(resamples: 50)
    #expect(
      LabelAssessment(table, settings: settings) == LabelAssessment(changed, settings: settings))
  }

  @Test func groupsAndShots() {
    let shots = ShotGroups(trainingCounts: [500, 50, 3])
    let found = LabelAssessment(
      Self.table(120, groups: 24), thresholds: [0.5, 0.9, 0.5], shots: shots,
      settings: IntervalSettings(resamples: 100))
    #expect(found.resampling?.clusters == 24)
    #expect(found["average_precision_many"] == found.perLabel[0].averagePrecision)
    #expect(found["average_precision_medium"] == found.perLabel[1].averagePrecision)
    #expect(found["average_precision_few"] == nil)
    #expect(found.perLabel[1].threshold == 0.9)
    #expect(found.perLabel[0].storedF1 == found.perLabel[0].f1)
    #expect(found.perLabel[1].storedF1 != found.perLabel[1].f1)
    #expect(found.intervals["subset_accuracy"]?.method != .wilson)
  }

  @Test func independentExamplesGiveTheRateOfWholeRowsWilsonsInterval() throws {
    let found = LabelAssessment(Self.table(50), settings: IntervalSettings(resamples: 50))
    let interval = try #require(found.intervals["subset_accuracy"])
    let right = Int((try #require(found["subset_accuracy"]) * 50).rounded())
    #expect(interval.method == .wilson)
    #expect(interval.low == Interval.wilson(right, of: 50)?.low)
  }

  @Test func coOccurrenceCountsPairs() {
    let table = LabelPredictions(
      labels: ["a", "b"], paths: ["x", "y", "z", "w"],
      truths: [true, true, true, false, nil, true, false, false],
      probabilities: [Double](repeating: 0.5, count: 8))
    let found = CoOccurrence(table)
    #expect(found.counts == [[2, 1], [1, 2]])
    #expect(found.cardinality == [1, 1, 1])
  }

  @Test func theOrderOfRowsChangesNoByte() throws {
    let settings = IntervalSettings(resamples: 50)
    let table = Self.table(40, groups: 12)
    let turned = table.keeping(Array((0..<40).reversed()))
    #expect(
      try JSONFile.encode(LabelAssessment(table, settings: settings))
        == JSONFile.encode(LabelAssessment(turned, settings: settings)))
  }
}

@Suite struct StudyTests {
  private let table = LabelPredictions(
    labels: ["a", "b"], paths: ["1", "2", "3", "4"],
    truths: [true, nil, false, false, false, false, false, nil],
    probabilities: [0.5, 0.1, 0.5, 0.3, 0.2, 0.4, 1, 0],
    carried: CarriedColumns([
      Predictions.Column("study", ["s", "s", "", "t"]),
      Predictions.Column("patient_id", ["p", "p", "q", "r"]),
      Predictions.Column("view", ["front", "side", "front", "front"]),
    ]))

  @Test(arguments: [
    (StudyJoin.mean, [0.5, 0.2]), (.max, [0.5, 0.3]), (.noisyOr, [0.75, 0.37]),
  ]) func viewsAreJoined(_ join: StudyJoin, _ expected: [Double]) throws {
    let found = try table.studies(by: "study", join, file: "t.csv")
    #expect(found.paths == ["s", "3", "t"])
    #expect(difference(Array(found.probabilities.prefix(2)), expected) == nil)
    #expect(found.truths == [true, nil, false, false, false, nil])
    #expect(found.carried.named("patient_id")?.values == ["p", "q", "r"])
    #expect(found.carried.named("view")?.values == ["", "front", "front"])
  }

  @Test func aColumnThatIsNotThereIsNamed() {
    #expect(
      throws: FileError.malformed(
        path: "t.csv",
        reason:
          "has no column 'visit' to join the views of a study by; beside labels it has study, patient_id, view"
      )
    ) { try table.studies(by: "visit", .mean, file: "t.csv") }
  }
}
