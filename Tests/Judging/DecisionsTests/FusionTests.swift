import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Scores and columns under one head, against scikit-learn, and what leaving a part out says.
@Suite struct FusionTests {
  private struct GoldenFile: Decodable {
    struct Case: Decodable {
      var name: String, classes: Int, c: Double, parts: [String]
      var probabilities: [Double], labels: [Int], age: [String], site: [String]
      var testProbabilities: [Double], testAge: [String], testSite: [String]
      var fused: [Double]
      var names: [String] { (0..<classes).map { "c\($0)" } }
      var columns: [String] { parts.filter { $0 != "scores" } }
      func cells(_ name: String, test: Bool) -> [String] {
        name == "age" ? test ? testAge : age : test ? testSite : site
      }
      var sample: FusionSample {
        FusionSample(
          LabelledProbabilities(classes: names, truths: labels, probabilities: probabilities),
          names: columns, cells: columns.map { cells($0, test: false) })
      }
    }
    var cases: [Case]
  }

  private let golden: [GoldenFile.Case]
  private let key = RandomKey(seed: 2)

  init() throws {
    golden = try Golden.load("Decisions/fusion.json", as: GoldenFile.self).cases
  }

  @Test func probabilitiesAreThoseOfScikitLearn() throws {
    for one in golden {
      let head = try FusionHead(
        one.sample, usesScores: one.parts.contains("scores"), c: one.c, key: key)
      #expect(head.c == one.c)
      var fused: [Double] = []
      for row in one.testAge.indices {
        let scores = one.testProbabilities[row * one.classes..<(row + 1) * one.classes]
        fused += head(scores, cells: one.columns.map { one.cells($0, test: true)[row] })
      }
      #expect(
        difference(fused, one.fused, relative: 1e-5, absolute: 1e-6) == nil, "\(one.name)")
      // What is stored says the same.
      let bytes = try JSONFile.encode(head)
      let again = try JSONFile.decode(FusionHead.self, from: bytes, name: "fusion.json")
      #expect(again == head)
    }
  }

  @Test func cIsChosenOnHeldOutRows() throws {
    let one = golden[0]
    let (first, second) = (
      try FusionHead(one.sample, key: key), try FusionHead(one.sample, key: key)
    )
    #expect(first == second && FusionHead.path.contains(first.c))
    // Labels that nothing tells want a strong penalty.
    var source = key.source
    let noise = FusionSample(
      LabelledProbabilities(
        classes: one.names, truths: one.labels.indices.map { _ in source.below(3) },
        probabilities: one.probabilities),
      names: one.columns, cells: one.columns.map { one.cells($0, test: false) })
    #expect(try FusionHead(noise, key: key).c < 1)
  }

  @Test func columnsAreKnownByTheirCells() throws {
    let numbers = try FusionColumn("age", fitting: ["1", "3", "NA", "-2.5e0"])
    #expect(numbers.kind == .number(mean: 0.5, hasMissing: true) && numbers.width == 2)
    #expect(numbers.encoded("3") == [3, 0] && numbers.encoded("") == [0.5, 1])
    #expect(numbers.knows("") && numbers.knows("7") && !numbers.knows("old"))
    let words = try FusionColumn("sex", fitting: ["f", "m", "f", ""])
    #expect(words.kind == .category(["", "f", "m"]))
    #expect(words.encoded("m") == [0, 0, 1] && words.encoded("x") == [0, 0, 0])
    #expect(words.encoded("nan") == [1, 0, 0] && !words.knows("x"))
    let codes = try FusionColumn("site", fitting: ["1", "2", "1"], isCategory: true)
    #expect(codes.kind == .category(["1", "2"]))
    let plain = try FusionColumn("x", fitting: ["1", "2"])
    #expect(plain.width == 1 && !plain.knows("") && plain.encoded("") == [1.5])
  }

  @Test func whatCannotBeFusedIsSaid() throws {
    func message(_ cells: [String]) -> String {
      do throws(FusionError) {
        return "no error: \(try FusionColumn("a", fitting: cells).width)"
      } catch {
        return error.description
      }
    }
    #expect(
      message(["1", "1"])
        == "column 'a': has one value in all rows that the head is fitted to, so it tells nothing; leave it out"
    )
    #expect(
      message((0..<51).map { "p\($0)" })
        == "column 'a': has 51 different words, expected at most 50; a column that names rows or patients is no property of"
        + " them, so leave it out")
    let one = golden[0]
    let same = FusionSample(
      LabelledProbabilities(
        classes: one.names, truths: one.labels.map { _ in 1 }, probabilities: one.probabilities),
      names: [], cells: [])
    #expect(throws: FusionError.tooFewClasses(1)) { try FusionHead(same, key: key) }
  }

  /// A class without rows keeps what the model gave it.
  @Test func anAbsentClassKeepsItsProbability() throws {
    let one = golden[4]
    let kept = one.labels.indices.filter { one.labels[$0] != 3 }
    let head = try FusionHead(one.sample.selecting(kept), c: 1, key: key)
    for row in 0..<12 {
      let scores = one.testProbabilities[row * 4..<row * 4 + 4]
      let said = head(scores, cells: [one.testAge[row]])
      #expect(close(said[3], scores[row * 4 + 3], relative: 1e-12))
      #expect(close(said.reduce(0, +), 1, relative: 1e-9))
    }
  }

  @Test func aDamagedHeadIsRefused() throws {
    let head = try FusionHead(golden[0].sample, c: 1, key: key)
    let text = String(decoding: try JSONFile.encode(head), as: UTF8.self)
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    object["weights"] = [1.0, 2.0]
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: object))
    #expect(throws: FileError.self) {
      try JSONFile.decode(FusionHead.self, from: bytes, name: "fusion.json")
    }
  }

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
      try #require(report.parts[part].comparison.metrics["roc_auc_macro"])
    }
    for part in 0..<3 { #expect(try #require(gain(part).difference) > 0.005, "\(part)") }
    #expect(abs(try #require(gain(3).difference)) < 0.03)
    #expect(try #require(gain(2).difference) > (try #require(gain(3).difference)))
    // The first side of the first row is the model as it is.
    let own = try (hasOthers ? rows(seed: 2) : rows(seed: 1)).predictions
    let alone = Assessment(own, settings: settings).report
    #expect(
      close(
        try #require(gain(0).first), try #require(alone["roc_auc_macro"]), relative: 1e-12))
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
