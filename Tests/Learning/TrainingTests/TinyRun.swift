import Batches
import Evaluation
import Files
import Foundation
import Imaging
import Inference
import Methods
import Networks
import Optimizers
import Plans
import Randomness
import Runs
import Schedules
import Targets
import TestSupport
import Testing
import Torch
import Training

/// A training problem that takes a second: three classes of 8 × 8 images, told apart by colour.
struct TinyRun {
  var plan: TrainingPlan
  var data: TrainingData
  let folder: String

  init(
    _ method: any Method = BalancedMixupTraining(), counts: [Int] = [20, 8, 3], epochs: Int = 2,
    seed: UInt64 = 1, folder: String
  ) throws {
    self.folder = folder
    data = try TrainingData(
      classes: counts.indices.map { "class\($0)" }, train: Self.images(counts, seed: 1),
      val: Self.images(counts.map { _ in 4 }, seed: 2),
      test: Self.images(counts.map { _ in 3 }, seed: 3))
    plan = TrainingPlan(
      architecture: "resnet20", method: method, epochs: epochs, batchSize: 4, accumulation: 1,
      optimizer: OptimizerSettings(
        kind: .sgd, momentum: 0.9, nesterov: false, weightDecay: 1e-4),
      learningRate: 0.05, schedule: .planned(Warmup(fraction: 0.1, then: Cosine())),
      clipNorm: nil, averageDecay: nil, selection: .mcc, patience: nil, seed: seed,
      preprocessing: Preprocessing(
        size: ImageSize(8), preset: .crop,
        normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25])),
      workers: 2, cacheBytes: 1 << 20, device: .cpu, autocast: nil, checkpointSteps: nil,
      checkpointSeconds: 1e9, tensorBoard: false)
    // The network has no blocks for what a method would have learn beside frozen weights.
    if method.tuning != nil { plan.tuning = .all }
  }

  /// A method of each thing that the engine offers beside one labelled stream and one network.
  static var ofSecondHalf: [any Method] {
    var (queue, subclasses) = (SupConTraining(), SBCL())
    (queue.queue, queue.dimensions, queue.momentum) = (8, 8, 0.9)
    (subclasses.warmup, subclasses.period, subclasses.smallest) = (1, 1, 4)
    return [queue, subclasses, FixMatch(), MeanTeacher()]
  }

  /// Experts that differ or weigh evidence; contrasts beside a classifier and before one, with queue, centres, targets and
  /// distributions; labels that favour no class.
  static var ofExpertsAndContrasts: [any Method] {
    var (ride, kcl, bcl, tlc) = (RIDE(), KCL(), BCL(), TLC())
    var (paco, tsc, proco) = (PaCo(), TSC(), ProCo())
    (ride.experts, ride.router, tlc.experts) = (2, 0.5, 3)
    (kcl.queue, kcl.dimensions, kcl.positives, kcl.momentum) = (8, 8, 2, 0.9)
    (tsc.queue, tsc.dimensions, tsc.positives, tsc.momentum) = (8, 8, 2, 0.9)
    (paco.queue, paco.dimensions, paco.momentum) = (8, 8, 0.9)
    (bcl.dimensions, proco.dimensions) = (8, 8)
    return [ride, kcl, bcl, tlc, paco, tsc, proco, DebiasPL()]
  }

  /// Methods whose networks say something else than a logit a class, one of them on blended batches.
  static var ofOtherTargets: [any Method] {
    var (blended, corn) = (SquaredErrorTraining(), CORN())
    (blended.alpha, corn.alpha) = (0.2, 0.2)
    var images = SSIMAutoencoder()
    images.side = 16
    return [SigmoidBCE(), corn, CORAL(), blended, images]
  }

  /// Methods that mix in ways of their own, and those whose second stage trains something of a head under bounds.
  static var ofMixing: [any Method] {
    var (balanced, meta) = (WeightBalancing(), BalancedMetaSoftmax())
    (balanced.share, meta.share) = (0.5, 0.5)
    return [
      ContextRichOversampling(), UniMixTraining(), ManifoldMixupTraining(), MiSLAS(), DisAlign(),
      balanced, GLMC(), ConfusionMixupTraining(), FeatureSMOTETraining(), meta,
    ]
  }

  /// Every method of the catalogue, in settings that suit a problem of this size where the published ones do not.
  static var everyMethod: [any Method] {
    let settled =
      ofSecondHalf + ofExpertsAndContrasts + ofOtherTargets + ofMixing + FittedRunTests.methods
    return catalogue.map { kind in
      settled.first { type(of: $0).name == kind.name } ?? kind.init()
    }
  }

  /// Noisy images, class `c` brightest in channel `c`.
  static func images(_ counts: [Int], seed: UInt64) -> ExampleSet {
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let key = RandomKey(seed: seed)
    return ExampleSet(
      paths: labels.indices.map { "set\(seed)/\($0).png" }, labels: labels.map { $0 },
      groups: labels.indices.map { "g\($0 / 2)" }
    ) { row, _ in
      var source = key.folding(row).source
      let pixels = (0..<64 * 3).map { place in
        UInt8(source.below(120) + (place % 3 == labels[row] % 3 ? 100 : 0))
      }
      return Image(width: 8, height: 8, channels: 3, pixels: pixels)
    }
  }

  func directory(_ name: String) throws -> RunDirectory {
    let directory = try RunDirectory(creating: name, in: folder)
    try AtomicFile.write("seed: 1\n", to: directory.config)
    return directory
  }

  func trainer(
    in directory: RunDirectory?, resuming: Bool = false,
    shouldStop: @escaping () -> Bool = { false }
  ) throws -> Trainer {
    try Trainer(
      plan, data: data, directory: directory, resuming: resuming, shouldStop: shouldStop)
  }

  /// Runs until it is asked for the point-th time whether to stop, which ends it. A signal stays raised: once true,
  /// always true.
  func runUntilStopped(in directory: RunDirectory, at point: Int) throws {
    var count = 0
    let stopped = try trainer(in: directory) {
      count += 1
      return count >= point
    }
    #expect(throws: TrainingError.self) { try stopped.run() }
  }

  /// Runs to the end; returns how often it was asked whether to stop.
  func runCountingStops(in directory: RunDirectory) throws -> Int {
    var asked = 0
    _ = try trainer(in: directory) {
      asked += 1
      return false
    }.run()
    return asked
  }

  /// Stopped at every `stride`-th question and resumed, the bytes are those of a run that was not.
  func expectSameBytes(stoppedEvery stride: Int) throws {
    let whole = try directory("whole")
    let asked = try runCountingStops(in: whole)
    for point in Swift.stride(from: 1, through: asked, by: stride) {
      let directory = try self.directory("stopped")
      try runUntilStopped(in: directory, at: point)
      _ = try trainer(in: directory, resuming: true).run()
      #expect(try Self.bytes(directory) == Self.bytes(whole), "after a stop at \(point)")
    }
  }

  /// Takes data of rows, whose targets are no classes, and one layer to learn them with.
  mutating func take(rows data: TrainingData, target: TargetKind, by metric: SelectionMetric) {
    self.data = data
    guard case .rows(let rows, let members) = data.train.content else { return }
    (plan.architecture, plan.selection, plan.target) = ("linear", metric, target)
    plan.preprocessing = .rows(Standardization(of: rows, members: members))
  }

  /// What must not depend on having been stopped: everything but clocks.
  static func bytes(_ directory: RunDirectory) throws -> [String: [UInt8]] {
    let names = [
      "model.safetensors", "checkpoints/last.safetensors", "checkpoints/best.safetensors",
      "checkpoints/last.json", "checkpoints/best.json",
      "summary.csv", "predictions-val.csv", "predictions-test.csv", "metrics-val.json",
      "metrics-test.json",
    ]
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try FileBytes.read(FilePath.join(directory.path, $0)))
      })
  }
}
