import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Scores and columns under one head, against scikit-learn.
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

  @Test func oneClassAloneCannotBeFused() throws {
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
}
