import Batches
import Datasets
import Imaging
import Inference
import Methods
import Networks
import Optimizers
import Plans
import Targets
package import Torch
package import Training

extension TrainingPlan {
  /// The plan that the options come to on this machine.
  /// - Throws: `OptionError` for options that contradict each other, `CatalogueError`,
  ///   `OverrideError` or `UnknownArchitecture` for names that do not exist, `TorchError` for a
  ///   device that is not there.
  package init(_ options: TrainOptions) throws {
    let architecture = try Architectures.named(options.model)
    let device = try Device(named: options.device)
    self.init(
      architecture: architecture.name, method: try options.chosenMethod(), epochs: options.epochs,
      batchSize: options.batchSize, accumulation: options.gradAccumSteps,
      optimizer: OptimizerSettings(
        kind: options.opt, momentum: options.momentum,
        nesterov: options.nesterov && options.momentum > 0,
        weightDecay: options.weightDecay, sam: options.sam),
      learningRate: options.lr, schedule: try RateSchedule(options), clipNorm: options.clipGrad,
      averageDecay: options.modelEma ? options.modelEmaDecay : nil,
      selection: options.evalMetric, patience: options.earlyStopping, seed: UInt64(options.seed),
      preprocessing: try Preprocessing(options, of: architecture),
      workers: options.workers, cacheBytes: options.cacheMemory << 20, device: device,
      autocast: options.amp.precision(on: device), checkpointSteps: options.checkpointInterval,
      checkpointSeconds: 300, tensorBoard: options.tensorboard)
    augmentation = options.augmentOn
    if let problem = augmentation.problem(on: device) {
      throw OptionError.conflict("--augment-on \(augmentation.rawValue): \(problem)")
    }
    target = options.task ?? .classes
    areGrades = options.task == .grades || !options.order.names.isEmpty
    keptCheckpoints = options.keepCheckpoints
    (pooling, head) = (options.pool, options.head?.form)
    if let problem = architecture.problem(of: NetworkForm(pooling: pooling), classes: 1) {
      throw OptionError.conflict("--pool: \(problem)")
    }
    if let head, method.network.head != .linear, method.network.head != head {
      throw OptionError.conflict(
        "--head: \(options.method) has a last layer of its own; leave it out")
    }
    try setTuning(options, architecture)
    let recordsExamples = options.record == .examples || options.record == .all
    recordsEvery = recordsExamples ? options.recordEvery : nil
    recordsCollapse = options.record == .collapse || options.record == .all
    guard options.longTail != nil || options.longTailShape == .exponential else {
      throw OptionError.conflict(
        "long-tail-shape: it says how --long-tail thins the training part out, which is not given")
    }
    guard recordsExamples || options.recordEvery == 1 else {
      throw OptionError.conflict(
        "record-every: it says how often --record examples writes, which is not given")
    }
  }
}

extension TrainingPlan {
  /// What of the network learns, and how.
  fileprivate mutating func setTuning(
    _ options: TrainOptions, _ architecture: Architecture
  ) throws {
    (tuning, layerDecay, dropPath) = (options.tune, options.layerDecay, options.dropPath)
    if let path = options.adapter {
      let adapter = try AdapterFile.read(path).adapter
      guard tuning == nil || tuning?.adapter.map(adapter.isLike) == true else {
        throw OptionError.conflict(
          "--tune \(whatLearns): the adapter of --adapter is \(Tuning.adapter(adapter)); leave out --tune"
        )
      }
      tuning = .adapter(adapter)
    }
    if method.cropMargin > 0, case .images(var images) = preprocessing {
      let margin = Int((Double(images.size.width) * method.cropMargin).rounded())
      images.margin = margin > 0 ? margin : nil
      preprocessing = .images(images)
    }
    if dropPath > 0, let problem = architecture.problemOfDropPath {
      throw OptionError.conflict("--drop-path \(dropPath): \(problem)")
    }
    if let problem = architecture.problem(of: whatLearns) {
      let whose = tuning == nil ? "--method \(options.method)" : "--tune \(whatLearns)"
      throw OptionError.conflict("\(whose): \(problem)")
    }
  }
}

extension TrainOptions {
  /// The method with its hyper-parameters; `--smoothing` is that of the method.
  func chosenMethod() throws -> any Method {
    var values = self.set
    if self.smoothing > 0 { values["smoothing"] = self.smoothing.yaml }
    return try Methods.method(named: self.method).with(values)
  }
}

extension Adapter {
  /// Whether another is of the same kind, width and weight.
  fileprivate func isLike(_ other: Adapter) -> Bool {
    kind == other.kind && rank == other.rank && factor == other.factor
  }
}

extension AmpChoice {
  /// The precision of products on `device`; `nil` is float32.
  func precision(on device: Device) -> DType? {
    switch self {
    case .on: .bfloat16
    case .off: nil
    case .auto: Engine.supportsBFloat16(on: device) ? .bfloat16 : nil
    }
  }

  /// What to know of `on` where the device has no bfloat16 and imitates it; nil elsewhere.
  func doubt(on device: Device) -> String? {
    doubt(on: device, isNative: Engine.supportsBFloat16(on: device))
  }

  /// The same of a device that multiplies bfloat16 itself, or does not.
  package func doubt(on device: Device, isNative: Bool) -> String? {
    guard self == .on, !isNative else { return nil }
    return "amp on: \(device) has no bfloat16 of its own and imitates it, which is likely slower"
      + " than float32; leave --amp at auto, or turn it off"
  }
}
