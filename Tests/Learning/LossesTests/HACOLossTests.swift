import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// HACO's loss and its weights, against PyTorch; by hand, at its ends, and in its directions.
@Suite struct HACOLossTests {
  private struct GoldenFile: Decodable {
    struct Case: Decodable {
      let settings: [Double], absent: [Double], present: [Double], values: [Double], mean: Double
      let gradient: [Double]
    }
    let table: [Int], width: Int, rows: [Int], outputs: [Double]
    let cases: [Case]
    struct Rare: Decodable { let blend: Double, present: [Double], absent: [Double] }
    let rare: [Rare]
  }
  private let golden: GoldenFile
  private let table: LabelTable

  init() throws {
    golden = try Golden.load("Losses/haco.json")
    table = LabelTable(golden.table.map { $0 < 0 ? nil : $0 == 1 }, width: golden.width)
  }

  private var target: Target { Target(Target.Entries(table, rows: golden.rows)) }
  private var shape: [Int] { [golden.rows.count, golden.width] }

  private static func settings(_ values: [Double]) -> HACOLoss.Settings {
    var settings = HACOLoss.Settings()
    (settings.blend, settings.beta) = (values[1], values[2])
    (settings.absent, settings.map) = (values[3], values[4])
    return settings
  }

  @Test func valuesWeightsAndGradientsAreTorchs() {
    for one in golden.cases {
      let loss = HACOLoss(table, Self.settings(one.settings))
      let weights = loss.weights(after: one.settings[0])
      #expect(difference(weights.present, one.present, relative: 1e-9) == nil, "\(one.settings)")
      #expect(difference(weights.absent, one.absent, relative: 1e-9) == nil, "\(one.settings)")
      let leaf = Tensor(golden.outputs, shape: shape).requiringGrad()
      let rows = loss(leaf, target, LossState(at: Moment(elapsed: one.settings[0])))
      let found = rows.values.scalars(as: Double.self)
      #expect(difference(found, one.values, relative: 1e-9, absolute: 1e-12) == nil)
      #expect(close(rows.mean.item(), one.mean, relative: 1e-9))
      let slopes = rows.mean.gradient(at: leaf).scalars(as: Double.self)
      #expect(difference(slopes, one.gradient, relative: 1e-8, absolute: 1e-12) == nil)
    }
    #expect(Self.settings(golden.cases[0].settings) == HACOLoss.Settings())
  }

  /// By hand: of 980 and 20 the weights are as 1 to 46.7 at β = .9999, and as 1 to 49 near β = 1.
  @Test func weightsOfATwentyAndNineHundredAndEighty() {
    func ratio(_ blend: Double, _ beta: Double) -> Double {
      let found = LabelWeights.blended(
        present: [20, 480], absent: [980, 520], blend: blend, beta: beta)
      #expect(close(found.present[0] + found.absent[0], 2, relative: 1e-12))
      return found.present[0] / found.absent[0]
    }
    #expect(abs(ratio(1, 0.9999) - 46.7) < 0.05)
    #expect(abs(ratio(1, 0.99999999) - 49) < 0.01)
    #expect(close(ratio(1, 0), 1, relative: 1e-12))
    // All labels together: 500 of 2,000, so 3 to 1 but for the effective number.
    #expect(abs(ratio(0, 0.99999999) - 3) < 0.001)
    // Half of each: (.5 · 980 + .5 · 750, .5 · 20 + .5 · 250) = (865, 135).
    #expect(abs(ratio(0.5, 0.99999999) - 865.0 / 135) < 0.001)
    // Nothing is counted for less than 20 of a thousand.
    let rare = LabelWeights.blended(present: [1], absent: [9999], blend: 1, beta: 0.99999999)
    #expect(abs(rare.present[0] / rare.absent[0] - 999.9 / 20) < 0.001)
  }

  /// Of outputs rarer than 20 of a thousand the blend is held at 20, not what is blended.
  @Test func raritiesAreBlendedBeforeTheyAreHeld() {
    #expect(golden.rare.count == 4)
    for one in golden.rare {
      let found = LabelWeights.blended(
        present: [10, 400, 997], absent: [9990, 600, 3], blend: one.blend, beta: 0.9999)
      #expect(difference(found.present, one.present, relative: 1e-9) == nil, "\(one.blend)")
      #expect(difference(found.absent, one.absent, relative: 1e-9) == nil, "\(one.blend)")
    }
  }

  /// Without weights and further terms it is sigmoid cross-entropy.
  @Test func limitsAreSigmoidCrossEntropy() {
    let outputs = Tensor(golden.outputs, shape: shape)
    let plain = SigmoidCrossEntropy()(outputs, target).values.scalars(as: Double.self)
    let bare = HACOLoss(table, Self.settings([0, 0.3, 0, 0, 0]))
    for elapsed in [0, 0.5, 1] {
      let found = bare(outputs, target, LossState(at: Moment(elapsed: elapsed))).values
        .scalars(as: Double.self)
      #expect(difference(found, plain, relative: 1e-9, absolute: 1e-12) == nil)
    }
  }

  /// As training goes on a rare label weighs more where it is there; a and b add to the loss.
  @Test func directions() {
    let rarest = table.present.indices.min { table.present[$0] < table.present[$1] } ?? 0
    let loss = HACOLoss(table)
    let weights = [0, 0.5, 1].map { loss.weights(after: $0).present[rarest] }
    #expect(weights[0] < weights[1] && weights[1] < weights[2])
    let outputs = Tensor(golden.outputs, shape: shape)
    func mean(_ absent: Double, _ map: Double) -> Double {
      HACOLoss(table, Self.settings([0, 0.3, 0.9999, absent, map]))(outputs, target).mean.item()
    }
    #expect(mean(0, 0) < mean(0.5, 0) && mean(0.5, 0) < mean(1, 0) && mean(0, 0) < mean(0, 0.1))
  }

  /// In doubles against central differences, of rows that were blended too.
  @Test func gradients() {
    let z = Tensor(golden.outputs.map { $0 / 3 }, shape: shape)
    let mixture = target.mixed(with: target.reordered([1, 2, 3, 4, 5, 6, 7, 0]), weight: 0.3)
    for target in [target, mixture] {
      let found = gradientDifference(at: [z]) { HACOLoss(table)($0[0], target).values }
      #expect(found == nil)
    }
  }

  @Test func unknownEntriesChangeNothing() {
    func result(_ strange: Double) -> [[Double]] {
      let known = golden.rows.flatMap { table[$0].map { $0 != nil } }
      let outputs = zip(golden.outputs, known).map { $1 ? $0 : strange }
      let leaf = Tensor(outputs, shape: shape).requiringGrad()
      let rows = HACOLoss(table)(leaf, target)
      return [rows.values.scalars(), rows.mean.gradient(at: leaf).scalars()]
    }
    let plain = result(0)
    for strange in [9, -300, Double.infinity] { #expect(result(strange) == plain) }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelWeights.blended(present: [0], absent: [0], blend: 1, beta: 0.9)
    }
    await #expect(processExitsWith: .failure) {
      _ = LabelWeights.blended(present: [1], absent: [1], blend: 2, beta: 0.9)
    }
    await #expect(processExitsWith: .failure) {
      _ = HACOLoss(LabelTable([true, true], width: 2))
        .perEntry(Tensor.zeros([1, 3]), Tensor.zeros([1, 3]), LossState())
    }
  }
}
