import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Losses of several labels on mixtures of rows that know different entries, against PyTorch.
@Suite struct LabelLossTests {
  private struct GoldenFile: Decodable {
    struct Weights: Decodable { let absent: [Double], present: [Double] }
    struct Case: Decodable { let values: [Double], mean: Double, gradient: [Double] }
    let table: [Int], width: Int, weights: [String: Weights], mix: Double
    let mixedWeights: [Double], mixedValues: [Double], outputs: [Double]
    let plain: Case, weighted: [String: Case]
  }
  private let golden: GoldenFile
  private let table: LabelTable

  init() throws {
    golden = try Golden.load("Losses/labels.json")
    table = LabelTable(golden.table.map { $0 < 0 ? nil : $0 == 1 }, width: golden.width)
  }

  /// Rows 0…7 met by rows 8…15.
  private var mixed: Target {
    let (first, second) = (Array(0..<8), Array(8..<16))
    return Target(Target.Entries(table, rows: first))
      .mixed(with: Target(Target.Entries(table, rows: second)), weight: golden.mix)
  }

  private var rules: [String: LabelWeights] {
    [
      "inverse": .inverse(table), "root": .inverse(table, power: 0.5),
      "effective": .effectiveNumber(table, beta: 0.99),
    ]
  }

  @Test func weightsAreThoseOfTwoClasses() throws {
    for (name, weights) in rules {
      let expected = try #require(golden.weights[name])
      #expect(difference(weights.present, expected.present, relative: 1e-9) == nil, "\(name)")
      #expect(difference(weights.absent, expected.absent, relative: 1e-9) == nil, "\(name)")
    }
    // By hand: 20 of 1,000 have it. m / n is 49, and the effective number of β = .9999 makes it 46.7.
    let rare = LabelTable((0..<1000).map { $0 < 20 }, width: 1)
    let (inverse, effective) = (
      LabelWeights.inverse(rare), LabelWeights.effectiveNumber(rare, beta: 0.9999)
    )
    #expect(close(inverse.present[0] / inverse.absent[0], 49, relative: 1e-12))
    #expect(close(inverse.present[0], 25, relative: 1e-12))
    #expect(close(effective.present[0] / effective.absent[0], 46.722, relative: 1e-4))
    let nothing = LabelWeights.inverse(rare, power: 0)
    #expect(close(nothing.present[0], 1) && close(nothing.absent[0], 1))
  }

  @Test func whatOneRowAloneKnowsKeepsItsShare() throws {
    let entries = try #require(mixed.entries)
    #expect(difference(entries.weights, golden.mixedWeights, relative: 1e-6) == nil)
    #expect(
      difference(entries.values, golden.mixedValues, relative: 1e-6, absolute: 1e-7) == nil)
  }

  private func check(_ loss: some Loss, _ expected: GoldenFile.Case, _ words: String) {
    let leaf = Tensor(golden.outputs, shape: [8, golden.width]).requiringGrad()
    let rows = loss(leaf, mixed)
    #expect(
      difference(
        rows.values.scalars(as: Double.self), expected.values, relative: 1e-5, absolute: 1e-6)
        == nil, "\(words)")
    #expect(close(rows.mean.item(), expected.mean, relative: 1e-5), "\(words)")
    let slopes = rows.mean.gradient(at: leaf).scalars(as: Double.self)
    #expect(
      difference(slopes, expected.gradient, relative: 1e-4, absolute: 1e-7) == nil, "\(words)")
  }

  @Test func valuesAndGradientsAreTorchs() throws {
    check(SigmoidCrossEntropy(), golden.plain, "plain")
    for (name, weights) in rules {
      check(
        WeightedEntries(SigmoidCrossEntropy(), weights: weights),
        try #require(golden.weighted[name]), name)
    }
  }

  /// What stands in an unknown entry of the outputs, be it infinite, changes no number.
  @Test func unknownEntriesChangeNothing() throws {
    let loss = WeightedEntries(SigmoidCrossEntropy(focus: 1), weights: .inverse(table))
    let rows = Array(0..<8)
    let target = Target(Target.Entries(table, rows: rows))
    func result(_ strange: Double) -> [[Double]] {
      let outputs = zip(golden.outputs, rows.flatMap { Array(table[$0]) }).map {
        $1 == nil ? strange : $0
      }
      let leaf = Tensor(outputs, shape: [8, golden.width]).requiringGrad()
      let values = loss(leaf, target)
      return [
        values.values.scalars(), [values.denominator, values.mean.item()],
        values.mean.gradient(at: leaf).scalars(as: Double.self),
      ]
    }
    let plain = result(0)
    #expect(plain[1][0] == Double(table.entries.prefix(8 * golden.width).count { $0 != nil }))
    for strange in [7, -200, Double.infinity] { #expect(result(strange) == plain, "\(strange)") }
  }

  /// Weights of 1 change nothing, and those of classes are not asked for.
  @Test func weightsOfOne() {
    let ones = [Double](repeating: 1, count: golden.width)
    let loss = WeightedEntries(
      AsymmetricLoss(), weights: LabelWeights(present: ones, absent: ones))
    let outputs = Tensor(golden.outputs, shape: [8, golden.width])
    let (weighted, plain) = (loss(outputs, mixed), AsymmetricLoss()(outputs, mixed))
    #expect(
      difference(
        weighted.values.scalars(as: Double.self), plain.values.scalars(as: Double.self),
        relative: 1e-9, absolute: 1e-12) == nil)
    #expect(!loss.takesClassWeights)
  }
}
