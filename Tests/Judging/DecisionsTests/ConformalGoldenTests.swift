import Decisions
import Files
import TestSupport
import Testing

@Suite("Sets by cumulated probability")
struct ConformalGoldenTests {
  private struct Case: Decodable {
    let alpha: Double
    let truth: [Int]
    let p: [[Double]]
    let u: [Double]
    let fresh: [[Double]]
    let v: [Double]
    let sets: [[Int]]
  }

  private func sample(_ truths: [Int], _ p: [[Double]], names: Bool = true)
    -> LabelledProbabilities
  {
    LabelledProbabilities(
      classes: p[0].indices.map { "c\($0)" }, truths: truths, probabilities: p.flatMap { $0 },
      names: names ? truths.indices.map { "\($0).png" } : nil)
  }

  @Test("equal crepes' sets on Romano's scores for the same draws")
  func golden() throws {
    let cases: [Case] = try Golden.load("Decisions/conformal.json")
    for golden in cases {
      let sets = ConformalSets(
        fitting: sample(golden.truth, golden.p), missRate: golden.alpha, score: .cumulative,
        seed: 0, draws: golden.u)
      for (row, expected) in golden.sets.enumerated() {
        #expect(
          sets.set(of: golden.fresh[row][...], draw: golden.v[row]) == expected, "row \(row)")
      }
    }
  }

  @Test(
    "certain and right: sets of one class, with zeros or nearly so", arguments: [0, 1e-9, 1e-5])
  func saturated(rest: Double) {
    let truths = (0..<90).map { $0 % 3 }
    let p = truths.enumerated().map { row, truth in
      // Not all equally certain.
      let rest = rest * Double(row % 7 + 1)
      return (0..<3).map { $0 == truth ? 1 - 2 * rest : rest }
    }
    for names in [true, false] {
      let sets = ConformalSets(
        fitting: sample(truths, p, names: names), missRate: 0.1, score: .cumulative)
      for (row, truth) in truths.enumerated() {
        #expect(sets(p[row][...], of: names ? "test \(row)" : nil) == [truth])
      }
    }
  }

  /// A fifth of class 0 is certain and wrong, so one image in ten must have it where it has no mass.
  @Test("classes beyond a cumulated 1 come in as often as the promise needs, by the draw")
  func beyond() {
    func table(_ count: Int, _ name: String) -> LabelledProbabilities {
      let truths = (0..<count).map { $0 % 2 }
      let p = truths.enumerated().map { row, truth in
        let decided = truth == 0 && row / 2 % 5 == 0 ? 1 : truth
        return (0..<2).map { $0 == decided ? 1.0 : 0 }
      }
      return LabelledProbabilities(
        classes: ["a", "b"], truths: truths, probabilities: p.flatMap { $0 },
        names: truths.indices.map { "\(name)\($0)" })
    }
    let sets = ConformalSets(fitting: table(4000, "v"), missRate: 0.1, score: .cumulative)
    let coverage = ConformalCoverage(sets, on: table(4000, "t"))
    let covered = coverage.classes.map { $0.sets.covered.value ?? 0 }
    #expect(abs(covered[0] - 0.9) < 0.03, "\(covered)")
    #expect(covered[1] == 1)
    #expect(coverage.overall.empty.count == 0)
    // Half of the images that look like b have a beside it; before, all had.
    #expect(abs((coverage.classes[1].sets.meanSize ?? 0) - 1.5) < 0.1)
  }

  @Test("the same seed and name give the same set; another seed another draw")
  func draws() throws {
    let row = [0.5, 0.3, 0.2]
    let truths = (0..<60).map { $0 % 3 }
    let p = truths.map { truth in (0..<3).map { $0 == truth ? 0.6 : 0.2 } }
    let one = ConformalSets(fitting: sample(truths, p), missRate: 0.2, score: .cumulative)
    let other = ConformalSets(
      fitting: sample(truths, p), missRate: 0.2, score: .cumulative, seed: 1)
    let names = (0..<200).map { "\($0)" }
    #expect(names.allSatisfy { one(row[...], of: $0) == one(row[...], of: $0) })
    #expect(Set(names.map { one(row[...], of: $0) }).count > 1)
    #expect(names.contains { one(row[...], of: $0) != other(row[...], of: $0) })
  }

  @Test("a rule from before keeps its sets; a new one cannot be read by what knows version 1 alone")
  func old() throws {
    let old = #"{"alpha":0.1,"score":"aps","thresholds":[1,1],"examples":[20,20]}"#
    let sets = try JSONFile.decode(ConformalSets.self, from: Array(old.utf8), name: "s")
    #expect(sets.seed == nil && sets([1, 0][...]) == [0, 1])
    var rule = DecisionRule(classes: ["a", "b"])
    func version(_ rule: DecisionRule) throws -> String {
      let text = String(decoding: try JSONFile.encode(rule), as: UTF8.self)
      return String(text.split(separator: "\n").first { $0.contains("\"version\"") } ?? "")
    }
    rule.conformal = sets
    #expect(try version(rule).contains("1"))
    rule.conformal = ConformalSets(
      fitting: sample([0, 1], [[1, 0], [0, 1]]), score: .cumulative)
    #expect(try version(rule).contains("2"))
  }
}
