import Evaluation
import Files
import Foundation
import Targets
import TestSupport
import Testing
import Uncertainty

/// What answers come to that look at no example.
@Suite struct LabelBaselinesTests {
  /// A table of `Goldens/Targets/baselines.py`; 1, 0, and −1 where not known.
  private struct Table: Decodable {
    let truths: [[Int]]
    let prior, none, all: [String: Double?]

    /// What a model says is not looked at.
    var predictions: LabelPredictions {
      LabelPredictions(
        labels: truths[0].indices.map { "l\($0)" }, paths: truths.indices.map { "\(1000 + $0)" },
        truths: truths.flatMap { $0.map { $0 < 0 ? nil : $0 == 1 } },
        probabilities: truths.indices.flatMap { row in
          truths[row].indices.map { Double((row * 7 + $0 * 3) % 11) / 11 }
        })
    }
  }

  @Test func theyAreThoseOfScikitLearn() throws {
    let tables = try Golden.load("Targets/baselines.json", as: [Table].self)
    #expect(tables.count == 60)
    for (number, table) in tables.enumerated() {
      let found = LabelBaselines(table.predictions)
      for (kind, golden) in [
        (LabelBaselines.Kind.prior, table.prior), (.none, table.none), (.all, table.all),
      ] {
        #expect(golden.count == 9)
        for (name, value) in golden {
          #expect(
            TargetGoldens.agree(found[kind][name], value),
            "table \(number) \(kind) \(name): \(String(describing: found[kind][name])) against \(String(describing: value))"
          )
        }
      }
    }
  }

  /// Ten images, of which 1 has a, 4 have b and 10 have c; one has none but c.
  private let table = LabelPredictions(
    labels: ["a", "b", "c"], paths: (0..<10).map { "\($0)" },
    truths: (0..<10).flatMap { [$0 == 0, $0 < 4, true] as [Bool?] },
    probabilities: [Double](repeating: 0.3, count: 30))

  @Test func byHand() throws {
    let found = LabelBaselines(table)
    // Shares .1, .4 and 1: average precision is their mean; of c, which all have, there is no area.
    let prior = found[.prior]
    #expect(close(try #require(prior["average_precision_macro"]), 0.5, relative: 1e-12))
    #expect(close(try #require(prior["roc_auc_macro"]), 0.5, relative: 1e-12))
    // Only c is said, and rightly: F1 0, 0 and 1; six images have nothing but c.
    #expect(close(try #require(prior["f1_macro"]), 1.0 / 3, relative: 1e-12))
    #expect(close(try #require(prior["subset_accuracy"]), 0.6, relative: 1e-12))
    #expect(close(try #require(prior["hamming_loss"]), 5.0 / 30, relative: 1e-12))
    #expect(found[.none]["f1_macro"] == 0 && found[.none]["subset_accuracy"] == 0)
    #expect(found[.none]["precision_macro"] == nil && found[.none]["recall_macro"] == 0)
    #expect(close(try #require(found[.none]["hamming_loss"]), 0.5, relative: 1e-12))
    // 2 π / (1 + π): .2 / 1.1, .8 / 1.4 and 1.
    #expect(
      close(try #require(found[.all]["f1_macro"]), (2.0 / 11 + 4.0 / 7 + 1) / 3, relative: 1e-12))
    #expect(found[.all]["recall_macro"] == 1)
    #expect(close(try #require(found[.all]["subset_accuracy"]), 0.1, relative: 1e-12))
  }

  /// A model that says the shares is the baseline, and one that knows is above it.
  @Test func anAssessmentHasThemBesideItsOwn() throws {
    let shares = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: table.truths,
      probabilities: (0..<10).flatMap { _ in [0.1, 0.4, 1] })
    let found = LabelAssessment(shares, settings: nil)
    let prior = try #require(found.baselines)[.prior]
    for name in LabelAssessment.names { #expect(found[name] == prior[name], "\(name)") }
    #expect(LabelAssessment(shares, settings: nil, besideBaselines: false).baselines == nil)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(found))
    let kinds = try #require((json as? [String: Any])?["baselines"] as? [String: [String: Any]])
    #expect(Set(kinds.keys) == ["prior", "none", "all"])
    #expect(
      close(
        try #require(kinds["prior"]?["average_precision_macro"] as? Double),
        try #require(prior["average_precision_macro"])))
  }

  /// Label a is seen well, b at random, c is never there: of b alone chance is not excluded.
  @Test func labelsThatAreNotAboveChanceAreNamed() {
    let found = LabelAssessment(
      LabelAssessmentTests.table(90), settings: IntervalSettings(resamples: 50))
    #expect(found.notAboveChance == ["b"])
    #expect(LabelAssessment(LabelAssessmentTests.table(90), settings: nil).notAboveChance == [])
  }
}
