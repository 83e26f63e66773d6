import Batches
import Foundation
import Losses
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Distribution-balanced loss and margins of labels, against PyTorch; limits and directions.
@Suite struct BalancedLabelTests {
  private struct GoldenFile: Decodable {
    struct Balanced: Decodable {
      let settings: [Double], weights: [Double], values: [Double], mean: Double
      let gradient: [Double]
    }
    struct Margins: Decodable {
      let margin: Double, scale: Double, weights: [Double], values: [Double], mean: Double
      let gradient: [Double]
    }
    let table: [Int], width: Int, rows: [Int], outputs: [Double]
    let balanced: [Balanced], margins: [Margins]
  }
  private let golden: GoldenFile
  private let table: LabelTable

  init() throws {
    golden = try Golden.load("Losses/balanced_labels.json")
    table = LabelTable(golden.table.map { $0 < 0 ? nil : $0 == 1 }, width: golden.width)
  }

  private var target: Target { Target(Target.Entries(table, rows: golden.rows)) }
  private var shape: [Int] { [golden.rows.count, golden.width] }

  private static func settings(_ values: [Double]) -> DistributionBalanced.Settings {
    var settings = DistributionBalanced.Settings()
    (settings.alpha, settings.beta, settings.mu) = (values[0], values[1], values[2])
    (settings.lambda, settings.kappa, settings.gamma) = (values[3], values[4], values[5])
    return settings
  }

  private func check(
    _ loss: some Loss, _ values: [Double], _ mean: Double, _ gradient: [Double]
  ) {
    let leaf = Tensor(golden.outputs, shape: shape).requiringGrad()
    let rows = loss(leaf, target)
    let found = rows.values.scalars(as: Double.self)
    #expect(difference(found, values, relative: 1e-9, absolute: 1e-12) == nil)
    #expect(close(rows.mean.item(), mean, relative: 1e-9))
    let slopes = rows.mean.gradient(at: leaf).scalars(as: Double.self)
    #expect(difference(slopes, gradient, relative: 1e-8, absolute: 1e-12) == nil)
  }

  @Test func valuesWeightsAndGradientsAreTorchs() throws {
    let entries = try #require(target.entries)
    let (values, _) = entries.tensors(.float64, on: .cpu)
    for one in golden.balanced {
      let loss = DistributionBalanced(table, Self.settings(one.settings))
      let weights = loss.weights(values).scalars(as: Double.self)
      #expect(difference(weights, one.weights, relative: 1e-9) == nil, "\(one.settings)")
      check(loss, one.values, one.mean, one.gradient)
    }
    #expect(Self.settings(golden.balanced[0].settings) == DistributionBalanced.Settings())
    for one in golden.margins {
      let loss = LabelMargins(table, margin: one.margin, scale: one.scale)
      #expect(difference(loss.margins, one.weights, relative: 1e-12) == nil)
      check(loss, one.values, one.mean, one.gradient)
    }
  }

  /// Where the map is flat at 1, boundaries begin at 0 and nothing is scaled or focused, it is sigmoid cross-entropy, but for rows
  /// that have no label: their r is infinite, and their weight α + 1. So are margins of 0, for all rows.
  @Test func limitsAreSigmoidCrossEntropy() {
    let outputs = Tensor(golden.outputs, shape: shape)
    let plain = SigmoidCrossEntropy()(outputs, target).values.scalars(as: Double.self)
    let weights = golden.rows.map { row in table[row].contains { $0 == true } ? 1 : 1.5 }
    let flat = DistributionBalanced(table, Self.settings([0.5, 1e-13, 0.2, 1, 0, 0]))
    let found = flat(outputs, target).values.scalars(as: Double.self)
    let expected = zip(plain, weights).map { $0 * $1 }
    #expect(difference(found, expected, relative: 1e-9, absolute: 1e-12) == nil)
    let unmoved = LabelMargins(table, margin: 0)(outputs, target).values
      .scalars(as: Double.self)
    #expect(difference(unmoved, plain, relative: 1e-9, absolute: 1e-12) == nil)
  }

  /// By hand: a in 8, b in 2 of 10; r of a row with both is (1/8)/(5/8) = .2 and .8, of a row with one 1 for it.
  @Test func whatComesTogetherWeighsLess() {
    let entries = (0..<10).flatMap { [$0 < 8, $0 == 0 || $0 == 9] }
    let loss = DistributionBalanced(LabelTable(entries, width: 2))
    let rows = Tensor([1, 1, 1, 0, 0, 1, 0, 0] as [Double], shape: [4, 2])
    let found = loss.weights(rows).scalars(as: Double.self)
    func map(_ r: Double) -> Double { 0.1 + 1 / (1 + exp(-10 * (r - 0.2))) }
    let expected = [map(0.2), map(0.8), map(1), map(4), map(0.25), map(1), 1.1, 1.1]
    #expect(difference(found, expected, relative: 1e-12) == nil)
    #expect(close(found[0], 0.6))
  }

  /// The direction of each number, at one entry that is there and one that is not.
  @Test func directions() {
    let one = LabelTable((0..<20).map { $0 < 4 }, width: 1)
    func slope(_ change: (inout DistributionBalanced.Settings) -> Void, _ y: Float, at z: Double)
      -> Double
    {
      var settings = DistributionBalanced.Settings()
      change(&settings)
      let leaf = Tensor([z], shape: [1, 1]).requiringGrad()
      let loss = DistributionBalanced(one, settings)
      return loss(leaf, Target(Target.Entries([y], width: 1))).mean.gradient(at: leaf).item()
    }
    // λ: what is surely not there pulls less.
    #expect(slope({ $0.lambda = 5 }, 0, at: -2) < slope({ $0.lambda = 2 }, 0, at: -2) / 5)
    // κ: the boundary of a rare label begins lower, so that the same logit is farther from said.
    #expect(slope({ $0.kappa = 0.5 }, 1, at: 1) < slope({ $0.kappa = 0 }, 1, at: 1))
    // γ: what is right counts less. α and μ: the least weight, and where weights begin to fall.
    #expect(abs(slope({ $0.gamma = 4 }, 1, at: 2)) < abs(slope({ $0.gamma = 0 }, 1, at: 2)) / 50)
    #expect(abs(slope({ $0.alpha = 1 }, 1, at: 2)) > abs(slope({ $0.alpha = 0 }, 1, at: 2)) * 1.5)
    #expect(abs(slope({ $0.mu = 2 }, 1, at: 2)) < abs(slope({ $0.mu = 0.2 }, 1, at: 2)) / 5)
    // A margin asks for more where a label is there, and nothing where it is not.
    let rare = LabelTable((0..<20).flatMap { [$0 < 16, $0 < 1] }, width: 2)
    let loss = LabelMargins(rare, margin: 0.5, scale: 2)
    #expect(close(loss.margins[0], 0.5) && close(loss.margins[1], 1))
    let z = Tensor([1, 1], shape: [1, 2])
    let there = loss(z, Target(Target.Entries([1, 1], width: 2))).values.item()
    #expect(close(there, log1p(exp(-0.5)) + log1p(exp(0)), relative: 1e-9))
    let not = loss(z, Target(Target.Entries([0, 0], width: 2))).values.item()
    #expect(close(not, 2 * log1p(exp(1)), relative: 1e-9))
  }

  /// In doubles against central differences, of rows that were blended too.
  @Test func gradients() {
    let z = Tensor(golden.outputs.map { $0 / 5 }, shape: shape)
    let mixture = target.mixed(with: target.reordered([1, 2, 3, 4, 5, 6, 7, 0]), weight: 0.3)
    let losses: [any Loss] = [
      DistributionBalanced(table), LabelMargins(table, scale: 3),
      DistributionBalanced(table, Self.settings([0.4, 3, 0.5, 1.5, 0.3, 0])),
    ]
    for loss in losses {
      for target in [target, mixture] {
        #expect(gradientDifference(at: [z]) { loss($0[0], target).values } == nil, "\(loss)")
      }
    }
  }

  /// Weights that come late are the plain loss before, and the weighted one from then on.
  @Test func deferredWeights() {
    let outputs = Tensor(golden.outputs, shape: shape)
    let (loss, weights) = (LabelMargins(table), LabelWeights.inverse(table))
    func values(_ loss: some Loss, _ elapsed: Double) -> [Double] {
      loss(outputs, target, LossState(at: Moment(elapsed: elapsed))).values.scalars()
    }
    let late = WeightedEntries(loss, weights: weights, start: 0.8)
    #expect(values(late, 0.79) == values(loss, 0.79))
    #expect(values(late, 0.8) == values(WeightedEntries(loss, weights: weights), 0))
    #expect(values(late, 0.8) != values(late, 0.79))
  }

  /// What stands in an unknown entry, be it infinite, changes no number.
  @Test func unknownEntriesChangeNothing() {
    for loss: any Loss in [DistributionBalanced(table), LabelMargins(table)] {
      func result(_ strange: Double) -> [[Double]] {
        let known = golden.rows.flatMap { table[$0].map { $0 != nil } }
        let outputs = zip(golden.outputs, known).map { $1 ? $0 : strange }
        let leaf = Tensor(outputs, shape: shape).requiringGrad()
        let rows = loss(leaf, target)
        return [rows.values.scalars(), rows.mean.gradient(at: leaf).scalars()]
      }
      let plain = result(0)
      for strange in [9, -300, Double.infinity] { #expect(result(strange) == plain) }
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = DistributionBalanced(LabelTable([true, false], width: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = LabelMargins(LabelTable([true, true], width: 2), margin: -1)
    }
    await #expect(processExitsWith: .failure) {
      _ = LabelMargins(LabelTable([true, true], width: 2))
        .perEntry(Tensor.zeros([1, 3]), Tensor.zeros([1, 3]), LossState())
    }
  }
}
