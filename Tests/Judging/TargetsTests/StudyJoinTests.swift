import Evaluation
import Files
import Randomness
import Targets
import TestSupport
import Testing

/// Views of one study become one row: properties of every way of joining.
@Suite struct StudyJoinTests {
  /// 30 views of 12 studies, some of them without a study.
  private func table(_ seed: UInt64) -> LabelPredictions {
    var random = RandomKey(seed: seed).folding("views").source
    let studies = (0..<30).map { _ in random.below(6) == 0 ? "" : "s\(random.below(12))" }
    let truths = (0..<60).map { _ -> Bool? in [true, false, false, nil][random.below(4)] }
    return LabelPredictions(
      labels: ["a", "b"], paths: (0..<30).map { "\($0).png" }, truths: truths,
      probabilities: (0..<60).map { _ in Double(random.below(11)) / 10 },
      carried: CarriedColumns([
        .init("study", studies), .init("site", studies.map { $0.isEmpty ? "x" : "of \($0)" }),
        .init("view", (0..<30).map { "v\($0 % 3)" }),
      ]))
  }

  private func members(_ table: LabelPredictions) -> [[Int]] {
    let names = table.carried.named("study")?.values ?? []
    var found: [[Int]] = []
    for (row, name) in names.enumerated() {
      if !name.isEmpty, let place = found.firstIndex(where: { names[$0[0]] == name }) {
        found[place].append(row)
      } else {
        found.append([row])
      }
    }
    return found
  }

  @Test(arguments: 1...8) func everyWayIsItsDefinition(seed: UInt64) throws {
    let table = table(seed)
    let members = members(table)
    for join in StudyJoin.allCases {
      let found = try table.studies(by: "study", join, file: "t.csv")
      #expect(found.count == members.count)
      for (study, rows) in members.enumerated() {
        for label in 0..<2 {
          let values = rows.map { table.probabilities[$0 * 2 + label] }
          let expected =
            switch join {
            case .mean: values.reduce(0, +) / Double(values.count)
            case .max: values.max() ?? .nan
            case .noisyOr: 1 - values.map { 1 - $0 }.reduce(1, *)
            }
          #expect(close(found.probabilities[study * 2 + label], expected, absolute: 1e-12))
          // Who has it in one view has it; who has it in none, all known, has it not.
          let known = rows.map { table.truths[$0 * 2 + label] }
          let truth = found.truths[study * 2 + label]
          if known.contains(true) {
            #expect(truth == true)
          } else if known.allSatisfy({ $0 == false }) {
            #expect(truth == false)
          } else {
            #expect(truth == nil)
          }
        }
      }
    }
  }

  @Test(arguments: 1...8) func meanIsBelowMaxIsBelowNoisyOr(seed: UInt64) throws {
    let table = table(seed)
    let (mean, most, or) = (
      try table.studies(by: "study", .mean, file: "t").probabilities,
      try table.studies(by: "study", .max, file: "t").probabilities,
      try table.studies(by: "study", .noisyOr, file: "t").probabilities
    )
    for place in mean.indices {
      #expect(mean[place] <= most[place] + 1e-12 && most[place] <= or[place] + 1e-12)
      #expect(or[place] >= 0 && or[place] <= 1)
    }
  }

  @Test func columnsKeepWhatAllViewsShare() throws {
    let table = table(3)
    let members = members(table)
    let found = try table.studies(by: "study", .mean, file: "t.csv")
    let (site, view) = (
      try #require(found.carried.named("site")).values,
      try #require(found.carried.named("view")).values
    )
    let views = try #require(table.carried.named("view")).values
    for (study, rows) in members.enumerated() {
      #expect(!site[study].isEmpty)
      let own = Set(rows.map { views[$0] })
      #expect(view[study] == (own.count == 1 ? own.first : ""))
    }
  }

  @Test func aViewAloneIsItself() throws {
    let table = table(5)
    let alone = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: table.truths,
      probabilities: table.probabilities,
      carried: CarriedColumns([.init("study", table.paths.map { "of \($0)" })]))
    for join in StudyJoin.allCases {
      let found = try alone.studies(by: "study", join, file: "t.csv")
      #expect(found.paths == alone.paths.map { "of \($0)" } && found.truths == alone.truths)
      #expect(
        difference(found.probabilities, alone.probabilities, relative: 0, absolute: 1e-15) == nil)
    }
  }

  /// An image without a study is a study of its own name, which no other may have.
  @Test func aNameOfTwoStudiesIsRefused() {
    let table = LabelPredictions(
      labels: ["a"], paths: ["s1", "2.png"], truths: [true, false], probabilities: [0.5, 0.5],
      carried: CarriedColumns([.init("study", ["", "s1"])]))
    let error = #expect(throws: FileError.self) {
      try table.studies(by: "study", .mean, file: "t.csv")
    }
    #expect(
      error?.description
        == "t.csv: an image without a study in 'study' is named as a study is; name its study")
    let lacking = #expect(throws: FileError.self) {
      try table.studies(by: "exam", .max, file: "t.csv")
    }
    #expect(
      lacking?.description
        == "t.csv: has no column 'exam' to join the views of a study by; beside labels it has study"
    )
  }
}
