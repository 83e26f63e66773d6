import Decisions
import Evaluation
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// What each part of a fusion adds, and whom it is judged by.
@Suite struct FusionReportTests {
  private let key = RandomKey(seed: 2)

  /// 240 rows in 120 groups: the scores tell something, `good` tells more, `noise` nothing.
  private func rows(seed: UInt64) throws -> FusionRows {
    var source = RandomKey(seed: seed).source
    var (truths, probabilities): ([Int?], [Double]) = ([], [])
    var cells: [[String]] = [[], []]
    for row in 0..<240 {
      let truth = (row / 2) % 3 == 0 ? 1 : 0
      let z = source.normal() + (truth == 1 ? 0.7 : -0.7)
      let p = 1 / (1 + exp(-z))
      truths.append(truth)
      probabilities += [1 - p, p]
      cells[0].append(source.below(10) < 8 ? "w\(truth)" : "w\(1 - truth)")
      cells[1].append("\(source.below(100))")
    }
    let predictions = try Predictions(
      classes: ["a", "b"], paths: (0..<240).map { "\(seed)-\($0).png" }, truths: truths,
      probabilities: probabilities,
      columns: [.init("group", (0..<240).map { "\(seed)-g\($0 / 2)" })])
    return FusionRows(predictions, names: ["good", "noise"], cells: cells)
  }

  @Test(arguments: [true, false])
  func leavingOutSaysWhatAPartAdds(hasOthers: Bool) throws {
    var settings = IntervalSettings()
    settings.resamples = 200
    let report = try FusionReport(
      rows(seed: 1), judged: hasOthers ? rows(seed: 2) : nil, names: ["good", "noise"],
      categories: [], folds: 4, key: key, settings: settings)
    #expect(report.folds == (hasOthers ? nil : 4))
    #expect(
      report.parts.map(\.name) == [
        FusionReport.allColumns, FusionReport.scores, "good", "noise",
      ])
    #expect(report.fused.paths[0] == (hasOthers ? "2-0.png" : "1-0.png"))
    func gain(_ part: Int) throws -> Difference {
      try #require(report.parts[part].comparison.metrics["roc_auc_ovr"])
    }
    for part in 0..<3 { #expect(try #require(gain(part).difference) > 0.005, "\(part)") }
    #expect(abs(try #require(gain(3).difference)) < 0.03)
    #expect(try #require(gain(2).difference) > (try #require(gain(3).difference)))
    // The first side of the first row is the model as it is.
    let own = try (hasOthers ? rows(seed: 2) : rows(seed: 1)).predictions
    let alone = Assessment(own, settings: settings).report
    #expect(
      close(
        try #require(gain(0).first), try #require(alone["roc_auc_ovr"]), relative: 1e-12))
  }

  /// A column that is words in all rows is words in each fold, also where a fold's rows have more numbers: a fold that took it for
  /// numbers would read words as missing, or refuse them.
  @Test func aColumnIsReadAlikeInEveryFold() throws {
    var settings = IntervalSettings()
    settings.resamples = 10
    let rows = try rows(seed: 1)
    let mixed = rows.cells[0].enumerated().map { row, cell in
      // By groups, of which a fold has more of one kind.
      row % 4 < 2 ? "\(row / 4 % 3)" : cell
    }
    func said(_ categories: Set<String>) throws -> FusionReport {
      try FusionReport(
        FusionRows(rows.predictions, names: ["mixed"], cells: [mixed]), judged: nil,
        names: ["mixed"], categories: categories, folds: 7, key: key, settings: settings)
    }
    #expect(try said([]).fused.probabilities == said(["mixed"]).fused.probabilities)
  }

  /// A group with rows on both sides is named; rows without a group are of none.
  @Test func groupsOfTheFitDoNotJudge() throws {
    var settings = IntervalSettings()
    settings.resamples = 10
    func named(_ groups: (Int) -> String) throws -> FusionRows {
      let rows = try rows(seed: 2)
      let said = try Predictions(
        classes: rows.predictions.classes, paths: rows.predictions.paths,
        truths: rows.predictions.truths, probabilities: rows.predictions.probabilities,
        columns: [.init("group", (0..<240).map(groups))])
      return FusionRows(said, names: rows.names, cells: rows.cells)
    }
    func report(_ judged: FusionRows) throws -> FusionReport {
      try FusionReport(
        rows(seed: 1), judged: judged, names: ["good"], categories: [], key: key,
        settings: settings)
    }
    #expect(throws: FusionError.sharedGroups(count: 2, example: "1-g7")) {
      try report(named { $0 < 3 ? "1-g\($0 / 2 + 7)" : "other \($0)" })
    }
    #expect(try report(named { $0 < 3 ? "" : "other \($0)" }).folds == nil)
    #expect(
      FusionError.sharedGroups(count: 2, example: "p").description
        == "2 groups have rows of the fit and rows that judge it, 'p' among them, so the head would be judged by what it has"
        + " seen; keep a group in one part")
  }

  @Test func aColumnThatIsTheTruthIsRefused() throws {
    var settings = IntervalSettings()
    settings.resamples = 10
    let plain = try rows(seed: 1)
    let truth = plain.predictions.truths.map { $0.map { plain.predictions.classes[$0] } ?? "" }
    let told = FusionRows(
      plain.predictions, names: ["good", "dx"], cells: [plain.cells[0], truth])
    let error = #expect(throws: FusionError.truth("dx")) {
      try FusionReport(
        told, judged: nil, names: ["good", "dx"], categories: [], key: key, settings: settings)
    }
    #expect(
      error?.description
        == "column 'dx': says the class of each row that the head is fitted to, so nothing is left to find; leave it out"
    )
  }

  @Test func theSameKeyGivesTheSameProbabilities() throws {
    var settings = IntervalSettings()
    settings.resamples = 10
    func fused() throws -> [Double] {
      try FusionReport(
        rows(seed: 1), judged: nil, names: ["good"], categories: [], key: key, settings: settings
      ).fused.probabilities
    }
    #expect(try fused() == fused())
  }
}
