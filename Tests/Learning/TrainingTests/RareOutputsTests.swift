import Batches
import Datasets
import Evaluation
import Foundation
import Losses
import Methods
import Plans
import Randomness
import Runs
import Sampling
import Targets
import TestSupport
import Testing
import Training

/// Forty outputs, each of a direction of its own in sixteen normal features, of which 35 % to .4 % of the rows have one: what
/// HACO's weights and draws do to the rarer half.
///
/// The order was found by a programme in NumPy and PyTorch on such data: F1 of the rarer half is .06 to .10 of plain cross-entropy,
/// .40 to .47 of weights of each output's own counts, .49 to .63 of weights of all counts and of blends of .1 and .3, and .68 to .75
/// of all with thresholds of the best F1.
///
/// Weights of all counts and blends of .1 and .3 are held to be near each other, in no order. Where one was measured, on other rows
/// and another network, it was .64, .63 and .59; on these rows the same model in NumPy has .557, .555 and .556 over twelve seeds,
/// neighbours in that order on six and seven of them, and differences of .002 ± .004 and −.001 ± .011.
@Suite struct RareOutputsTests {
  private static let (width, outputs) = (16, 40)
  /// Rows of the test set that thresholds are chosen on, and that are judged.
  private static let (chosenOn, judged) = (1500, 3000)

  private static func set(_ count: Int, seed: UInt64) -> ExampleSet {
    var plan = RandomSource(seed: 99)
    let axes = (0..<outputs).map { _ in (0..<width).map { _ in plan.normal() } }
    let lengths = axes.map { axis in axis.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let limits = (0..<outputs).map { output in
      quantile(1 - 0.35 * pow(0.004 / 0.35, Double(output) / Double(outputs - 1)))
        * 1.01.squareRoot()
    }
    var source = RandomSource(seed: seed)
    var (numbers, entries) = ([Float](), [Bool?]())
    for _ in 0..<count {
      let x = (0..<width).map { _ in source.normal() }
      numbers += x.map { Float($0) }
      for output in 0..<outputs {
        let along = zip(axes[output], x).reduce(0) { $0 + $1.0 * $1.1 } / lengths[output]
        entries.append(along + 0.1 * source.normal() > limits[output])
      }
    }
    return ExampleSet(
      paths: (0..<count).map { "set\(seed)/\($0)" }, labels: (0..<count).map { _ in nil },
      labelTable: LabelTable(entries, width: outputs),
      content: .rows(RowStore(features: numbers, width: width), members: Array(0..<count)))
  }

  /// Of the standard normal distribution, by halving.
  private static func quantile(_ p: Double) -> Double {
    var (low, high) = (-8.0, 8.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
    }
    return low
  }

  /// Means over the rarer half: at probability ½, and at thresholds of the best F1.
  private struct Half {
    var f1 = 0.0
    var recall = 0.0
    var precision = 0.0
    var tunedF1 = 0.0
  }

  private func half(_ method: any Method, seed: UInt64) throws -> Half {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 12, seed: seed, folder: folder)
      // Without a validation part the last epoch is judged, where the blend has its full value.
      tiny.take(
        rows: try TrainingData(
          classes: (0..<Self.outputs).map { "o\($0)" },
          train: Self.set(3000, seed: 10 * seed + 1), val: nil,
          test: Self.set(Self.chosenOn + Self.judged, seed: 10 * seed + 2)),
        target: .labels, by: .averagePrecisionMacro)
      (tiny.plan.batchSize, tiny.plan.learningRate) = (64, 2)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let table = try LabelPredictions.read(directory.predictions("test"))
      let rule = try LabelRule(
        on: table.keeping(Array(0..<Self.chosenOn)), LabelRule.Plan())
      let found = LabelAssessment(
        table.keeping(Array(Self.chosenOn..<table.count)), thresholds: rule.thresholds,
        settings: nil)
      let rows = found.perLabel.suffix(Self.outputs / 2)
      func mean(_ value: (LabelRow) -> Double?) -> Double {
        rows.reduce(0) { $0 + (value($1) ?? 0) } / Double(rows.count)
      }
      return Half(
        f1: mean(\.f1), recall: mean(\.recall), precision: mean(\.precision),
        tunedF1: mean(\.storedF1))
    }
  }

  /// Plain cross-entropy, which the weights of β = 0 are, or blended weights, without the paper's two further terms.
  private func haco(blend: Double?, bins: Int = 0) -> HACO {
    var method = HACO()
    (method.absent, method.map, method.bins) = (0, 0, bins)
    if let blend { method.blend = blend } else { method.beta = 0 }
    return method
  }

  /// The mean over seeds.
  private func half(_ method: any Method, seeds: ClosedRange<UInt64>) throws -> Half {
    let found = try seeds.map { try half(method, seed: $0) }
    func mean(_ value: (Half) -> Double) -> Double {
      found.reduce(0) { $0 + value($1) } / Double(found.count)
    }
    return Half(
      f1: mean(\.f1), recall: mean(\.recall), precision: mean(\.precision),
      tunedF1: mean(\.tunedF1))
  }

  /// Plain < an output's own counts < blends of .1 and .3, which are near weights of all counts: own counts find more and are
  /// right seldomer. Thresholds close the gap, whatever the weights.
  private func expectOrder(_ seeds: ClosedRange<UInt64>, margin: Double) throws {
    let plain = try half(haco(blend: nil), seeds: seeds)
    let own = try half(haco(blend: 1), seeds: seeds)
    let all = try half(haco(blend: 0), seeds: seeds)
    let blends = try [0.1, 0.3].map { try half(haco(blend: $0), seeds: seeds) }
    let text = "plain \(plain), own \(own), all \(all), blends \(blends)"
    #expect(own.f1 > plain.f1 + 0.15, "\(text)")
    for blend in blends { #expect(blend.f1 > own.f1 + margin, "\(text)") }
    #expect(abs(blends[0].f1 - all.f1) < 0.05 && abs(blends[1].f1 - all.f1) < 0.08, "\(text)")
    #expect(own.recall > all.recall + 0.08 && own.precision < all.precision - 0.05, "\(text)")
    let best = max(all.f1, blends[0].f1, blends[1].f1)
    #expect(plain.tunedF1 - plain.f1 > 0.8 * (best - plain.f1), "\(text)")
    let tuned = [plain, own, all].map(\.tunedF1) + blends.map(\.tunedF1)
    #expect((tuned.max() ?? 1) - (tuned.min() ?? 0) < 0.1, "\(text)")
  }

  @Test func weightsOfOwnCountsGoTooFarAndThresholdsCloseTheGap() throws {
    try expectOrder(1...1, margin: 0)
  }

  @Test(.enabled(if: Proofs.areAsked, Proofs.comment)) func theOrderHoldsOnEightSeeds() throws {
    try expectOrder(2...9, margin: 0.03)
  }

  /// Bins of difficulty in place of weights find the rarer half as well; as many rows of each of five bins that were shuffled do
  /// not. On top of weights the bins correct a second time, and what is said is wrong more often.
  @Test func binsOfDifficultyFindTheRarerHalf() throws {
    let plain = try half(haco(blend: nil), seed: 1)
    let bins = try half(haco(blend: nil, bins: 5), seed: 1)
    let shuffled = try half(ShuffledBins(), seed: 1)
    let both = try half(haco(blend: 0.3, bins: 5), seed: 1)
    let text = "plain \(plain), bins \(bins), shuffled \(shuffled), both \(both)"
    #expect(bins.f1 > plain.f1 + 0.15 && bins.f1 > shuffled.f1 + 0.1, "\(text)")
    #expect(shuffled.f1 < plain.f1 + 0.1, "\(text)")
    #expect(both.precision < bins.precision && both.recall > bins.recall, "\(text)")
  }
}

/// Sigmoid cross-entropy on rows of bins that have nothing to do with them.
private struct ShuffledBins: Method {
  static let name = "shuffled-bins"
  static let summary = "a test"
  static let citation = Citation(authors: "", title: "", venue: "", link: "")
  static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")

  func stages(for classes: ClassCounts) -> [Stage] { [Stage(Supervised(SigmoidCrossEntropy()))] }

  func stages(for table: LabelTable) -> [Stage]? {
    [Stage(Supervised(SigmoidCrossEntropy()), samplers: [Shuffled()])]
  }

  /// Draws rows as if each had another's labels.
  private struct Shuffled: LabelSampler {
    private func shuffled(_ table: LabelTable) -> LabelTable {
      var source = RandomSource(seed: 5)
      return LabelTable(
        source.shuffle(table.count).flatMap { table[$0] }, width: table.width)
    }

    func indices(
      of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
    ) -> [Int] {
      DifficultySampler().indices(of: shuffled(table), progress: progress, using: &generator)
    }

    func probabilities(of table: LabelTable, progress: Double) -> [Double] {
      DifficultySampler().probabilities(of: shuffled(table), progress: progress)
    }

    func indices(
      for labels: [Int], classes: ClassCounts, progress: Double,
      using generator: inout some RandomNumberGenerator
    ) -> [Int] {
      UniformSampler().indices(
        for: labels, classes: classes, progress: progress, using: &generator)
    }

    func distribution(for classes: ClassCounts, progress: Double) -> [Double] { classes.priors }
  }
}
