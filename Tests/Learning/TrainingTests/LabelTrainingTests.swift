import Batches
import Datasets
import Evaluation
import Files
import Foundation
import Inference
import Losses
import Methods
import Networks
import Plans
import Randomness
import Runs
import Sampling
import Targets
import TestSupport
import Testing
import Torch
import Training

/// Runs on data in which an example may have several labels, some of them not known.
@Suite struct LabelTrainingTests {
  /// Every method that knows labels, Balanced-MixUp of three losses among them.
  static let methods: [any Method] = {
    var (biased, asymmetric) = (SigmoidBCE(), AsymmetricTraining())
    (biased.alpha, asymmetric.alpha, asymmetric.prior) = (0.3, 0.3, true)
    return catalogue.map { $0.init() }.filter {
      $0.stages(for: LabelTable([true, false, false, true], width: 2)) != nil
    } + [biased, asymmetric]
  }()

  /// Features that hold each label in a direction of its own; a label of share p is there above a threshold.
  private static func set(
    _ count: Int, shares: [Double], unknown: Double = 0, seed: UInt64, directions: UInt64 = 11
  ) -> ExampleSet {
    let width = 8
    var plan = RandomSource(seed: directions)
    let axes = shares.map { _ in (0..<width).map { _ in plan.normal() } }
    var source = RandomSource(seed: seed)
    var (numbers, entries) = ([Float](), [Bool?]())
    for _ in 0..<count {
      let x = (0..<width).map { _ in source.normal() }
      numbers += x.map { Float($0) }
      for (axis, share) in zip(axes, shares) {
        let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let score =
          zip(axis, x).reduce(0) { $0 + $1.0 * $1.1 } + 0.5 * length * source.normal()
        let isThere = score > Self.quantile(1 - share) * 1.25.squareRoot() * length
        entries.append(source.uniform() < unknown ? nil : isThere)
      }
    }
    return ExampleSet(
      paths: (0..<count).map { "set\(seed)/\($0)" }, labels: (0..<count).map { _ in nil },
      labelTable: LabelTable(entries, width: shares.count),
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

  private func tiny(
    _ method: any Method, shares: [Double] = [0.5, 0.3, 0.15], unknown: Double = 0.2,
    counts: (Int, Int, Int) = (60, 30, 30), epochs: Int = 2, folder: String
  ) throws -> TinyRun {
    var tiny = try TinyRun(method, epochs: epochs, folder: folder)
    tiny.take(
      rows: try TrainingData(
        classes: shares.indices.map { "l\($0)" },
        train: Self.set(counts.0, shares: shares, unknown: unknown, seed: 1),
        val: Self.set(counts.1, shares: shares, unknown: unknown, seed: 2),
        test: Self.set(counts.2, shares: shares, unknown: unknown, seed: 3)),
      target: .labels, by: .averagePrecisionMacro)
    return tiny
  }

  @Test func theseMethodsKnowLabels() {
    #expect(
      Set(Self.methods.map { type(of: $0).name }) == [
        "erm", "sigmoid-bce", "asymmetric", "balanced-mixup", "mixup", "class-balanced",
        "repeat-factor", "weighted-ce", "cb-loss", "focal", "cb-focal", "ldam", "ldam-drw",
        "distribution-balanced", "haco",
      ])
  }

  /// To the end, with a finite loss, tables that the judging commands read, and a model that answers alike.
  @Test(arguments: methods.indices) func everyMethodRuns(place: Int) throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(Self.methods[place], folder: folder)
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      #expect(outcome.history.allSatisfy { $0.trainLoss.isFinite })
      #expect(outcome.reports.isEmpty && outcome.labelReports.keys.sorted() == ["test", "val"])
      let table = try LabelPredictions.read(directory.predictions("test"))
      #expect(table.labels == ["l0", "l1", "l2"] && table.count == 30)
      #expect(table.truths == tiny.data.test?.labelTable?.entries)
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(description.isOfLabels && description.decision == "threshold")
      #expect(description.trainingCounts == tiny.data.labelTable?.present)
      let again = try Predictor(batchSize: 7, workers: 1, autocast: nil, device: .cpu)
        .labelPredictions(
          on: try #require(tiny.data.test), by: network, labels: description.classes,
          description.preprocessing)
      #expect(difference(again.probabilities, table.probabilities, absolute: 1e-5) == nil)
    }
  }

  /// What learns classes is refused before there is a network, whether it says that it knows labels or not.
  @Test(
    arguments: [
      (BalancedSoftmaxOfLabels() as any Method, "AdjustedCrossEntropy"),
      (BalancedSoftmax(), "AdjustedCrossEntropy"),
      (RemixTraining(), "AdjustedCrossEntropy and Remix"),
      (SADE(), "Experts"), (SquaredErrorTraining(), "squared-error"),
    ])
  func methodsOfClassesAreRefused(method: any Method, parts: String) throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(method, folder: folder)
      let error = #expect(throws: TargetMismatch.self) { try tiny.trainer(in: nil) }
      let words =
        "\(parts) needs one class for each row, and the rows have 3 numbers or labels each"
      #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
    }
  }

  /// What an epoch drew is counted label by label, and follows what was expected.
  @Test func drawsAreCounted() throws {
    try withTemporaryFolder { folder in
      var method = BalancedMixupTraining()
      method.alpha = 1
      let tiny = try tiny(method, counts: (400, 30, 30), epochs: 3, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      let table = try #require(tiny.data.labelTable)
      for epoch in outcome.history {
        #expect(epoch.mixing.map { abs($0 - 0.5) < 0.15 } == true)
        #expect(abs(epoch.drawn.reduce(0) { $0 + $1.mass } - 1) < 1e-9)
        for (label, drawn) in epoch.drawn.enumerated() {
          #expect(abs(drawn.mass - (drawn.expectedMass ?? 0)) < 0.05, "\(drawn)")
          #expect(drawn.distinct <= table.present[label] && drawn.examples > table.present[label])
        }
      }
    }
  }

  /// By hand (ARCHITECTURE.md): four images, of the last b is not known; α = .2.
  @Test func theSharesThatSigmoidsBeginWith() throws {
    let table = LabelTable([true, false, true, true, false, false, true, nil], width: 2)
    var method = SigmoidBCE()
    method.alpha = 0.2
    let stage = try #require(method.stages(for: table)?.first)
    let shares = stage.expectedShares(of: table, progress: 0)
    #expect(close(shares.present[1], 5.0 / 6 / 4 + 1.0 / 6 * 2 / 3, relative: 1e-12))
    #expect(close(shares.known[1], 5.0 / 6 * 0.75 + 1.0 / 6 * 5 / 6, relative: 1e-12))
    let bias = try #require(stage.opening.first as? PriorBias)
    #expect(close(bias.shares[1], 0.41818, relative: 1e-4))
    #expect(close(bias.shares[0], 5.0 / 6 * 0.75 + 1.0 / 6, relative: 1e-12))
  }

  /// The first answers of a network that begins with the shares are the shares.
  @Test func sigmoidsBeginWithTheShares() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(SigmoidBCE(), unknown: 0, epochs: 1, folder: folder)
      tiny.plan.learningRate = 1e-12
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let table = try LabelPredictions.read(directory.predictions("test"))
      let present = try #require(tiny.data.labelTable).present
      for (place, p) in table.probabilities.enumerated() {
        #expect(abs(p - Double(present[place % 3]) / 60) < 1e-5)
      }
    }
  }

  /// Stopped anywhere and resumed, the bytes are those of a run that was not.
  @Test func stoppedAndResumedToTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(BalancedMixupTraining(), folder: folder)
      try tiny.expectSameBytes(stoppedEvery: 5)
    }
  }

  /// A run of other labels, or of labels that are known of others, is another run.
  @Test func aCheckpointBelongsToItsLabels() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(ERM(), folder: folder)
      let directory = try tiny.directory("run")
      try tiny.runUntilStopped(in: directory, at: 12)
      let known = Self.set(60, shares: [0.5, 0.3, 0.15], unknown: 0, seed: 1)
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: known, val: tiny.data.val, test: tiny.data.test)
      #expect(throws: RunError.self) { try tiny.trainer(in: directory, resuming: true) }
    }
  }

  /// What is not known of a label is no sign against it: where it is known of the first half alone, the model says it oftener
  /// than where the other half is said not to have it, about as often as where all is known.
  @Test func whatIsNotKnownIsNotAbsent() throws {
    try withTemporaryFolder { folder in
      func mean(_ name: String, _ entry: (LabelTable, Int) -> Bool?) throws -> Double {
        var tiny = try tiny(
          SigmoidBCE(), unknown: 0, counts: (400, 30, 200), epochs: 2, folder: folder)
        let (set, table) = (tiny.data.train, try #require(tiny.data.train.labelTable))
        let entries = (0..<table.count).flatMap { row in
          [table[row, 0], entry(table, row), table[row, 2]]
        }
        tiny.data = try TrainingData(
          classes: tiny.data.classes,
          train: ExampleSet(
            paths: set.paths, labels: set.labels, labelTable: LabelTable(entries, width: 3),
            content: set.content), val: tiny.data.val, test: tiny.data.test)
        let directory = try tiny.directory(name)
        _ = try tiny.trainer(in: directory).run()
        let found = try LabelPredictions.read(directory.predictions("test")).probabilities
        return Swift.stride(from: 1, to: found.count, by: 3).reduce(0) { $0 + found[$1] } / 200
      }
      let all = try mean("all") { $0[$1, 1] }
      let half = try mean("half") { $1 < 200 ? $0[$1, 1] : nil }
      let zeros = try mean("zeros") { $1 < 200 ? $0[$1, 1] : false }
      #expect(half > zeros + 0.08 && abs(half - all) < 0.06, "\(all) \(half) \(zeros)")
    }
  }

  /// Planted labels of 35 % to .6 %: of the rarer half plain training says hardly any, and what balances finds them.
  @Test func balancedTrainingFindsTheRareHalf() throws {
    let shares = (0..<10).map { 0.35 * pow(0.006 / 0.35, Double($0) / 9) }
    func rareHalf(_ method: any Method) throws -> (f1: Double, precision: Double) {
      try withTemporaryFolder { folder in
        var tiny = try tiny(
          method, shares: shares, unknown: 0, counts: (1000, 300, 1500), epochs: 12, folder: folder)
        (tiny.plan.batchSize, tiny.plan.learningRate) = (32, 0.1)
        let outcome = try tiny.trainer(in: nil).run()
        let rows = try #require(outcome.labelReports["test"]).perLabel.suffix(5)
        return (
          rows.reduce(0) { $0 + ($1.f1 ?? 0) } / 5,
          rows.reduce(0) { $0 + ($1.averagePrecision ?? 0) } / 5
        )
      }
    }
    var (mixed, weighted) = (BalancedMixupTraining(), WeightedCrossEntropy())
    (mixed.alpha, weighted.power) = (1, 0.5)
    let plain = try rareHalf(ERM())
    #expect(plain.f1 < 0.15, "\(plain)")
    let blended = try rareHalf(mixed)
    #expect(blended.f1 > plain.f1 + 0.05, "\(blended)")
    let heavier = try rareHalf(weighted)
    #expect(heavier.f1 > plain.f1 + 0.2 && heavier.precision > plain.precision, "\(heavier)")
    #expect(try rareHalf(ClassBalanced()).f1 > plain.f1 + 0.1)
  }
}

/// A method of somebody who gives labels a loss of classes.
private struct BalancedSoftmaxOfLabels: Method {
  static let name = "balanced-softmax-of-labels"
  static let summary = "a test"
  static let citation = Citation(authors: "", title: "", venue: "", link: "")
  static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")

  func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.balancedSoftmax(classes)))]
  }

  func stages(for table: LabelTable) -> [Stage]? {
    (try? ClassCounts(table.present)).map { stages(for: $0) }
  }
}
