import Boosting
import Foundation
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// What the boosters of one head draw: each of its own, and the same from the same key.
@Suite struct BoosterDrawsTests {
  private static let isInstalled = (try? LightGBM.library()) != nil

  private final class Tools: EditTools {
    let classes: ClassCounts
    let training: LabelledFeatures
    let seed: UInt64
    var generator: Generator { Generator(seed: seed) }

    init(_ counts: [Int], _ training: LabelledFeatures, seed: UInt64) throws {
      classes = try ClassCounts(counts)
      (self.training, self.seed) = (training, seed)
    }

    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  @Test func everyBoosterHasASeedOfItsOwn() {
    let keys = (0..<20).map { RandomKey(seed: $0) }
    for key in keys {
      let seeds = (0..<50).map { BoostedTrees.seed(ofBooster: $0, key) }
      #expect(Set(seeds).count == 50 && seeds.allSatisfy { $0 >= 0 })
      #expect(seeds == (0..<50).map { BoostedTrees.seed(ofBooster: $0, key) })
    }
    for place in [0, 1, 7] {
      #expect(Set(keys.map { BoostedTrees.seed(ofBooster: place, $0) }).count == 20)
    }
  }

  /// 160 rows of six numbers; three labels that are the same, so that nothing but draws tells their boosters apart.
  private func head(_ rowPart: Double, _ featurePart: Double, seed: UInt64) throws -> BoostersHead {
    var source = RandomSource(seed: 8)
    let numbers = (0..<160 * 6).map { _ in Float(source.normal()) }
    let entries = (0..<160).flatMap { row -> [Bool?] in
      let sum = numbers[6 * row..<6 * row + 6].reduce(0, +)
      return [sum > 1, sum > 1, sum > 1]
    }
    let table = LabelTable(entries, width: 3)
    var settings = BoostingSettings()
    (settings.rounds, settings.leaves, settings.leastRows) = (6, 4, 5)
    (settings.rowPart, settings.featurePart) = (rowPart, featurePart)
    let tools = try Tools(
      table.present,
      LabelledFeatures(
        features: Tensor(numbers, shape: [160, 6]), labels: [], labelTable: table), seed: seed)
    let network = try Architectures.named("linear").build(
      classes: 3, inputs: 6, form: NetworkForm(decoding: .labels), using: Generator(seed: 6))
    let edited = try BoostedTrees(settings).edited(network, with: tools)
    return try #require(edited.heads[0] as? BoostersHead)
  }

  /// The trees of each booster, without the parameters that stand behind them, of which the seed is one.
  private func trees(_ head: BoostersHead) throws -> [String] {
    try head.texts().map { text in
      let text = String(decoding: try #require(text), as: UTF8.self)
      let end = try #require(text.range(of: "end of trees"))
      return String(text[..<end.lowerBound])
    }
  }

  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: [(0.5, 1.0), (1.0, 0.5), (0.6, 0.7)])
  func twoBoostersDrawOtherRowsAndFeatures(_ rowPart: Double, _ featurePart: Double) throws {
    let first = try head(rowPart, featurePart, seed: 1)
    #expect(Set(try trees(first)).count == 3)
    // The same key gives the same bytes, parameters and seeds among them.
    let again = try head(rowPart, featurePart, seed: 1)
    #expect(
      first.text.scalars(as: UInt8.self) == again.text.scalars(as: UInt8.self))
    // Another gives other trees in each booster.
    let other = try head(rowPart, featurePart, seed: 2)
    for (one, another) in zip(try trees(first), try trees(other)) { #expect(one != another) }
  }

  /// Where nothing is drawn, boosters of one question are one, whatever the key.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func withoutDrawsNothingTellsThemApart() throws {
    let all = try [1, 2].flatMap { try trees(head(1, 1, seed: $0)) }
    #expect(all.count == 6 && Set(all).count == 1)
  }
}
