import Decisions
import Evaluation
import Files
import Randomness
import Targets
import TestSupport
import Testing

/// Conformal answers of single labels.
@Suite struct LabelSetsTests {
  /// A table of `Goldens/Targets/sets.py`; 1, 0, and −1 where not known.
  private struct Table: Decodable {
    let alpha: Double
    let truths: [[Int]]
    let scores: [[Double]]
    let fresh: [[Double]]
    let answers: [[String]?]
    let counts: [[Int]]
    let needed: Int

    func predictions(_ scores: [[Double]], _ truths: [[Int]]? = nil) -> LabelPredictions {
      LabelPredictions(
        labels: ["a", "b", "c"], paths: scores.indices.map { "\(1000 + $0)" },
        truths: truths?.flatMap { $0.map { $0 < 0 ? nil : $0 == 1 } }
          ?? scores.flatMap { $0.map { _ in nil } },
        probabilities: scores.flatMap(\.self))
    }
  }

  private func rule(_ validation: LabelPredictions, _ missRate: Double) throws -> LabelRule {
    var plan = LabelRule.Plan()
    plan.missRate = missRate
    return try LabelRule(on: validation, plan)
  }

  /// The answers are those of the definition, and labels with too few examples are refused with the number that it takes.
  @Test func theAnswersAreThoseOfTheDefinition() throws {
    let tables = try Golden.load("Targets/sets.json", as: [Table].self)
    #expect(tables.count == 6)
    for table in tables {
      let rule = try rule(table.predictions(table.scores, table.truths), table.alpha)
      let answers = try rule.answers(to: table.predictions(table.fresh))
      for (label, expected) in table.answers.enumerated() {
        let own = table.fresh.indices.map { answers[3 * $0 + label]?.rawValue }
        let part = rule.parts[label]
        guard let expected else {
          #expect(own.allSatisfy { $0 == nil } && part.rule?.conformal == nil)
          #expect(
            part.withoutSets
              == "\(table.needed) examples that have it are needed, and there are \(table.counts[label][0]) examples"
          )
          continue
        }
        #expect(own == expected.map { $0 } && part.withoutSets == nil)
      }
    }
  }

  /// Over many draws at least 1 − α of those that have a rare label are not answered no, and of the others not yes.
  @Test func whatIsPromisedIsKept() throws {
    var source = RandomSource(seed: 8)
    func draw(_ count: Int, _ rare: Int) -> LabelPredictions {
      LabelPredictions(
        labels: ["a"], paths: (0..<count).map { "\($0)" },
        truths: (0..<count).map { $0 < rare },
        probabilities: (0..<count).map { row in
          min(1, max(0, 0.5 + 0.15 * source.normal() + (row < rare ? 0.1 : -0.1)))
        })
    }
    var (there, absent) = (0.0, 0.0)
    let rounds = 200
    for _ in 0..<rounds {
      let rule = try rule(draw(60, 12), 0.2)
      let sets = try #require(try LabelSets.all(rule, on: draw(100, 50)).first)
      there += (sets.present.value ?? 0) / Double(rounds)
      absent += (sets.absent.value ?? 0) / Double(rounds)
    }
    // ⌈13 · .8⌉ = 11 of 13 and ⌈49 · .8⌉ = 40 of 49 in the mean; each round is off by a tenth or so.
    #expect(there > 0.8 && abs(there - 11.0 / 13) < 0.04, "\(there)")
    #expect(absent > 0.78 && abs(absent - 40.0 / 49) < 0.04, "\(absent)")
  }

  /// A row a label, counted by hand; a label without sets has none.
  @Test func whatSetsDidIsCounted() throws {
    let validation = LabelAssessmentTests.table(120)
    let rule = try rule(validation, 0.1)
    #expect(rule.parts[2].withoutSets == "validation has no example of both kinds")
    let fresh = LabelAssessmentTests.table(90, groups: 30)
    let (answers, found) = (try rule.answers(to: fresh), try LabelSets.all(rule, on: fresh))
    #expect(found.map(\.label) == ["a", "b"])
    for (label, row) in found.enumerated() {
      let rows = fresh.known(label)
      let has = rows.filter { fresh.truths[3 * $0 + label] == true }
      #expect(row.present.trials == has.count && row.absent.trials == rows.count - has.count)
      #expect(row.present.count == has.count { answers[3 * $0 + label] != .no })
      #expect(row.unsure.count == rows.count { answers[3 * $0 + label] == .unsure })
    }
  }

  /// Groups count once each.
  @Test func groupsAreCounted() throws {
    let table = LabelAssessmentTests.table(60, groups: 6)
    let error = #expect(throws: LabelRuleError.self) { try rule(table, 0.05) }
    #expect(
      error?.description.contains(
        "a: 19 groups of examples that have it are needed, and there are 2 groups")
        == true, "\(error?.description ?? "")")
    #expect(
      error?.description.hasPrefix(
        "no label has examples enough for sets that miss at most 0.05: a: 19 groups")
        == true)
    #expect(
      error?.description.hasSuffix(
        "c: validation has no example of both kinds; allow more misses, or choose on more examples")
        == true)
  }

  /// Where the calibration takes a half of validation, the shortage is that of the other half.
  @Test func theHalfThatSetsAreMadeFromIsNamed() throws {
    var plan = LabelRule.Plan()
    (plan.calibration, plan.missRate) = (try #require(CalibrationMethod.named("isotonic")), 0.01)
    let error = #expect(throws: LabelRuleError.self) {
      try LabelRule(on: LabelAssessmentTests.table(120), plan)
    }
    #expect(
      error?.description.contains("a: 99 examples that have it are needed, and there are ") == true
        && error?.description.contains(
          " examples in the half of validation that sets are made from")
          == true,
      "\(error?.description ?? "")")
  }

  /// A label that validation cannot be halved for has no sets, and the others keep theirs; a promise of it is refused by its name.
  @Test func aPoorLabelEndsNothing() throws {
    let whole = LabelAssessmentTests.table(120, groups: 30)
    // Label b is known of one group alone.
    let table = LabelPredictions(
      labels: whole.labels, paths: whole.paths,
      truths: whole.truths.enumerated().map { entry, truth in
        entry % 3 != 1 ? truth : entry / 3 % 30 == 0 ? entry / 3 % 60 == 0 : nil
      }, probabilities: whole.probabilities, carried: whole.carried)
    var plan = LabelRule.Plan()
    (plan.calibration, plan.missRate) = (try #require(CalibrationMethod.named("isotonic")), 0.3)
    let rule = try LabelRule(on: table, plan)
    let short = CalibrationError.tooFewGroups(1, folds: 2)
    #expect(rule.parts[0].withoutSets == nil && rule.parts[0].rule?.conformal != nil)
    #expect(rule.parts[1].withoutSets == short.description)
    #expect(rule.parts[1].rule != nil && rule.parts[1].rule?.conformal == nil)
    (plan.missRate, plan.promised) = (nil, true)
    plan.constraints["b"] = .sensitivity(atLeast: 0.5)
    let error = #expect(throws: LabelRuleError.notCalibrated("b", short)) {
      try LabelRule(on: table, plan)
    }
    #expect(
      error?.description.hasPrefix("'b' cannot be calibrated where something is promised, ") == true
    )
  }

  /// Rules with sets come back, and what a table says of answers stands in columns of its own.
  @Test func setsAreStoredAndWritten() throws {
    let table = LabelAssessmentTests.table(120)
    let rule = try rule(table, 0.2)
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "rule.json")
      try JSONFile.write(rule, to: path)
      #expect(try JSONFile.read(LabelRule.self, from: path) == rule)
      try JSONFile.write(try LabelRule(on: table, LabelRule.Plan()), to: path)
      #expect(
        !String(decoding: try FileBytes.read(path), as: UTF8.self).contains("without_sets"))
    }
    let answers = try rule.answers(to: table)
    let (columns, rows) = table.table(
      deciding: rule.thresholds, showingTruth: false, answers: answers)
    #expect(columns == ["path", "prob_a", "prob_b", "prob_c", "y_pred", "set_a", "set_b"])
    for row in [0, 7, 119] {
      #expect(rows[row][5] == answers[3 * row]?.rawValue)
      #expect(rows[row][6] == answers[3 * row + 1]?.rawValue)
    }
  }
}
