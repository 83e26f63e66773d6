import Batches
import Datasets
import Evaluation
import Foundation
import Inference
import Methods
import Networks
import Plans
import Randomness
import Runs
import Sampling
import TestSupport
import Testing
import Torch
import Training

/// Runs on numbers instead of images: the same methods, the same bytes.
@Suite struct RowTrainingTests {
  /// Features that hold the class in their mean, or series of 3 to 20 steps that hold it in their frequency.
  private static func set(_ counts: [Int], of kind: InputKind, seed: UInt64) -> ExampleSet {
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let key = RandomKey(seed: seed)
    var (numbers, steps) = ([Float](), [Int]())
    for (row, label) in labels.enumerated() {
      var source = key.folding(row).source
      let length = kind == .series ? 3 + source.below(18) : 1
      steps.append(length)
      for channel in 0..<2 {
        for step in 0..<length {
          let signal =
            kind == .series ? cos(Double((label + 1) * step + channel)) : Double(label * channel)
          numbers.append(Float(100 + 10 * signal + source.normal()))
        }
      }
    }
    let rows =
      kind == .series
      ? RowStore(series: numbers, channels: 2, steps: steps) : RowStore(features: numbers, width: 2)
    return ExampleSet(
      paths: labels.indices.map { "set\(seed)/\($0)" }, labels: labels.map { $0 },
      content: .rows(rows, members: Array(labels.indices)))
  }

  private func tiny(
    _ method: any Method, of kind: InputKind, epochs: Int = 2, folder: String
  ) throws -> TinyRun {
    var tiny = try TinyRun(method, epochs: epochs, folder: folder)
    let train = Self.set([20, 8, 3], of: kind, seed: 1)
    tiny.data = try TrainingData(
      classes: tiny.data.classes, train: train, val: Self.set([4, 4, 4], of: kind, seed: 2),
      test: Self.set([3, 3, 3], of: kind, seed: 3))
    guard case .rows(let rows, let members) = train.content else { return tiny }
    tiny.plan.architecture = kind == .series ? "inception_time" : "mlp"
    tiny.plan.preprocessing = .rows(Standardization(of: rows, members: members))
    return tiny
  }

  /// Every method that does nothing to pixels.
  static let methods: [any Method] = {
    guard let counts = try? ClassCounts([20, 8, 3]) else { return [] }
    return catalogue.map { $0.init() }.filter { method in
      method.stages(for: counts).allSatisfy {
        !$0.objective.needsPixels && !$0.views.contains(.strong) && $0.unlabelled == nil
      }
    }
  }()

  @Test func mostMethodsWorkOnNumbers() {
    let names = Set(Self.methods.map { type(of: $0).name })
    #expect(names.isSuperset(of: ["erm", "mixup", "balanced-mixup", "crt", "lws", "sade", "bbn"]))
    #expect(
      names.isDisjoint(with: [
        "fixmatch", "mean-teacher", "supcon", "sbcl", "pgd", "srat", "cutmix", "cmo", "glmc",
      ]))
  }

  /// Each method on features or on series, in turn; on both in the proofs.
  static let runs = methods.enumerated().flatMap { place, method in
    [InputKind.features, .series].enumerated()
      .filter { Proofs.areAsked || $0.offset == place % 2 }
      .map { (method, $0.element) }
  }

  /// To the end, with a finite loss and probabilities of every row of every part.
  @Test(arguments: runs)
  func everyMethodRuns(method: any Method, kind: InputKind) throws {
    // Series have no place where hidden features are mixed, which is refused.
    guard kind == .features || !(method is ManifoldMixupTraining) else { return }
    try withTemporaryFolder { folder in
      let tiny = try tiny(method, of: kind, folder: folder)
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      #expect(outcome.history.allSatisfy { $0.trainLoss.isFinite })
      #expect(outcome.reports.keys.sorted() == ["test", "val"])
    }
  }

  /// A network without places for it is refused before the first step, by name.
  @Test func hiddenFeaturesOfSeries() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(ManifoldMixupTraining(), of: .series, folder: folder)
      let error = #expect(
        throws: TrainingError.noHiddenPlaces(
          method: "manifold-mixup", architecture: "inception_time")
      ) { try tiny.trainer(in: nil) }
      #expect(
        error?.description
          == "manifold-mixup mixes hidden features on their way through the network, and "
          + "inception_time has no places for it; choose a ResNet, ResNeXt or mlp")
    }
  }

  /// Stopped anywhere and resumed, the bytes are those of a run that was not; of a Balanced-MixUp whose streams pad
  /// each batch to a length of its own.
  @Test(arguments: [InputKind.features, .series])
  func stoppedAndResumedToTheSameBytes(kind: InputKind) throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(BalancedMixupTraining(), of: kind, folder: folder)
      let whole = try tiny.directory("whole")
      let asked = try tiny.runCountingStops(in: whole)
      for point in Swift.stride(from: 1, through: asked, by: 4) {
        let directory = try tiny.directory("stopped")
        try tiny.runUntilStopped(in: directory, at: point)
        _ = try tiny.trainer(in: directory, resuming: true).run()
        #expect(try TinyRun.bytes(directory) == TinyRun.bytes(whole), "after a stop at \(point)")
      }
    }
  }

  /// The model that a run leaves answers as the run did, row by row, in batches of any size and in any order.
  @Test(arguments: [1, 4, 100])
  func theModelAnswersAlikeInEveryBatch(batchSize: Int) throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(BalancedMixupTraining(), of: .series, epochs: 3, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(description.preprocessing == tiny.plan.preprocessing)
      let set = try #require(tiny.data.test)
      func answers(_ batchSize: Int) throws -> (probabilities: [Double], features: [Float]) {
        let (predictions, outputs) = try Predictor(
          batchSize: batchSize, workers: 1, autocast: nil, device: .cpu
        ).predictionsAndOutputs(
          on: set, by: network, classes: description.classes, description.preprocessing)
        return (predictions.probabilities, outputs.features.scalars(as: Float.self))
      }
      let (whole, own) = (try answers(9), try answers(batchSize))
      #expect(difference(own.probabilities, whole.probabilities, absolute: 1e-5) == nil)
      #expect(difference(own.features, whole.features, relative: 1e-4, absolute: 1e-5) == nil)
    }
  }

  /// A batch of one feature vector leaves a batch normalisation one value: refused before the first step.
  @Test func batchesOfOneRow() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(BalancedMixupTraining(), of: .features, folder: folder)
      tiny.plan.batchSize = 1
      #expect(throws: TrainingError.singleValue(architecture: "mlp", size: nil)) {
        try tiny.trainer(in: nil)
      }
    }
  }
}
