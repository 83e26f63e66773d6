public import Batches
public import Datasets
public import Evaluation
public import Inference
public import Networks
public import Optimizers
public import Plans
import Randomness
import Requirements
public import Sampling
public import Schedules
import Sessions
public import Targets
public import Torch

/// Everything that decides how a training run goes, but for the data: resolved, nothing implied.
public struct TrainingPlan: Sendable {
  /// Name of the architecture.
  public var architecture: String
  /// What is done: the stages, their streams, losses and mixing.
  public var method: any Method
  /// Passes over the first stream, at least 1.
  public var epochs: Int
  /// Images of each stream a step, at least 1.
  public var batchSize: Int
  /// Steps whose gradients are added up before an update, at least 1.
  public var accumulation: Int
  /// How weights follow their gradients.
  public var optimizer: OptimizerSettings
  /// Learning rate that the schedule scales, above 0.
  public var learningRate: Double
  /// How the rate goes over the run.
  public var schedule: RateSchedule
  /// Largest global norm of the gradient; `nil` does not clip.
  public var clipNorm: Double?
  /// Decay of the running average of the weights; `nil` keeps none.
  public var averageDecay: Double?
  /// The metric that decides which epoch is best.
  public var selection: SelectionMetric
  /// Epochs without a better one before training ends; `nil` never ends early.
  public var patience: Int?
  /// Seed of all randomness.
  public var seed: UInt64
  /// What happens to the pixels; the training preset is the same by name.
  public var preprocessing: Preprocessing
  /// Threads that decode and augment, at least 1.
  public var workers: Int
  /// Bytes of prepared pixels to keep in memory.
  public var cacheBytes: Int
  /// Who makes the augmentation of images.
  public var augmentation = AugmentationChoice.auto
  /// Where to compute.
  public var device: Device
  /// Precision of matrix products; `nil` is float32.
  public var autocast: DType?
  /// Steps between checkpoints within an epoch; `nil` leaves it to the clock.
  public var checkpointSteps: Int?
  /// Seconds between checkpoints within an epoch.
  public var checkpointSeconds: Double
  /// Whether TensorBoard event files are written.
  public var tensorBoard: Bool
  /// Epochs whose weights are kept beside the best and the last, at least 0.
  public var keptCheckpoints = 0
  /// Every how many steps of the run `examples.csv` says what single examples did, at least 1; `nil` is never.
  public var recordsEvery: Int?
  /// How much a row of each class counts beside what the method's losses say of it, `[C]`, above 0; `nil` says nothing.
  public var classWeights: [Double]?
  /// Part of each stage after which these weights hold, in `0...1`; all rows count alike before.
  public var classWeightsStart = 0.0
  /// What part of the drawn rows is of each class, `[C]`, above 0, in place of the data's shares; `nil` draws rows as the
  /// method says.
  public var classMass: [Double]?
  /// How many rows of each bucket of classes are drawn in every round, in place of the data's shares; not together with
  /// `classMass`; `nil` draws rows as the method says.
  public var buckets: ClassBucketSampler?
  /// How many rows of each bucket of labels are drawn in every round, where an example may have several; not together with
  /// `classMass` or `buckets`; `nil` draws rows as the method says.
  public var labelBuckets: LabelBucketSampler?
  /// How joint cells of ranges and clusters are drawn, where the target is a number; not together with the three before; `nil` draws
  /// rows as the method says.
  public var cells: CellSampler?
  /// Whether `collapse.csv` says after each epoch how far features and last layer have collapsed.
  public var recordsCollapse = false
  /// How tokens become features; `nil` is the architecture's own way.
  public var pooling: TokenPooling?
  /// The kind of head in place of a linear one; `nil` is the method's.
  public var head: HeadForm?
  /// What made the features that are learned from: the model is then one of pictures.
  public var backbone: FeatureBackbone?
  /// What made numbers of the columns of a table; kept with the model.
  public var columns: TableEncoding?
  /// What made numbers of the texts of the rows; kept with the model.
  public var text: TextFeatures?

  /// What of the network learns beside its heads; `nil` is what the method says.
  public var tuning: Tuning?
  /// Part of the learning rate that each layer has of the next deeper one's; `nil` is all of it.
  public var layerDecay: Double?
  /// How often what the last block adds is left out for an example, in `0..<1`; earlier blocks less often.
  public var dropPath = 0.0

  /// Whether the classes were said to be grades in their order.
  public var areGrades = false
  /// What an example has for a target: of several labels each output is a question of its own, of a number there is one output.
  public var target = TargetKind.classes

  /// Whether an example may have several labels.
  public var isOfLabels: Bool { target == .labels }
  /// Whether the target is a number.
  public var isOfNumbers: Bool { target == .number }

  /// Whether the order of the classes is one of grades: it was said, the method takes it so, or epochs are selected so.
  public var areClassesOrdered: Bool {
    areGrades || method.ordersClasses || selection.isOfOrder
  }

  /// A plan of its parts.
  public init(
    architecture: String, method: any Method, epochs: Int, batchSize: Int, accumulation: Int,
    optimizer: OptimizerSettings, learningRate: Double, schedule: RateSchedule, clipNorm: Double?,
    averageDecay: Double?, selection: SelectionMetric, patience: Int?, seed: UInt64,
    preprocessing: Preprocessing, workers: Int, cacheBytes: Int, device: Device, autocast: DType?,
    checkpointSteps: Int?, checkpointSeconds: Double, tensorBoard: Bool
  ) {
    self.architecture = architecture
    self.method = method
    self.epochs = epochs
    self.batchSize = batchSize
    self.accumulation = accumulation
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.schedule = schedule
    self.clipNorm = clipNorm
    self.averageDecay = averageDecay
    self.selection = selection
    self.patience = patience
    self.seed = seed
    self.preprocessing = preprocessing
    self.workers = workers
    self.cacheBytes = cacheBytes
    self.device = device
    self.autocast = autocast
    self.checkpointSteps = checkpointSteps
    self.checkpointSeconds = checkpointSeconds
    self.tensorBoard = tensorBoard
  }
}

extension TrainingPlan {
  /// The stages of the run: those of the method, with the plan's weights of classes and shares of what is drawn; what a
  /// sampler draws once and keeps follows the seed.
  ///
  /// - Parameter classes: counts of the training set.
  /// - Precondition: every stage takes weights, and shares, where there are some.
  public func stages(for classes: ClassCounts) -> [Stage] {
    settled(stagesOfMethod(for: classes))
  }

  /// The stages of the run on its data, of classes, several labels or numbers.
  ///
  /// - Parameter data: what is learned from.
  /// - Precondition: as of classes; a method that knows several labels, or numbers, where the data have them.
  public func stages(for data: TrainingData) -> [Stage] {
    let stages: [Stage]? =
      switch data.targets {
      case .classes: stagesOfMethod(for: data.counts)
      case .labels(let table):
        method.stages(for: table).flatMap { $0.allSatisfy(\.drawsLabels) ? $0 : nil }
      case .numbers(let table): method.stages(for: table)
      }
    guard let stages else {
      requirementFailed(
        "TrainingPlan.stages: expected a method that knows \(target), got \(type(of: method).name)")
    }
    return settled(stages).map { stage in
      // A last layer that begins with the shares of the labels begins with those of what is drawn.
      guard labelBuckets != nil, case .labels(let table) = data.targets,
        stage.opening.contains(where: { $0 is PriorBias })
      else { return stage }
      return stage.beginning(withSharesOf: table)
    }
  }

  /// The stages of the method for classes, which may be grades.
  private func stagesOfMethod(for classes: ClassCounts) -> [Stage] {
    (areGrades ? method.gradeStages(for: classes) : nil) ?? method.stages(for: classes)
  }

  private func settled(_ stages: [Stage]) -> [Stage] {
    let stages = stages.enumerated().map { number, stage in
      drawing(stage, RandomKey(seed: seed).folding("kept rows").folding(number))
    }
    guard let classWeights else { return stages }
    return stages.map { stage in
      guard let weighted = stage.weighted(by: classWeights, from: classWeightsStart) else {
        requirementFailed(
          "TrainingPlan.classWeights: expected a method whose rows have classes that can be weighted, got "
            + type(of: method).name)
      }
      return weighted
    }
  }

  /// What draws in place of a method that draws rows as they come.
  private var givenSampler: (any Sampler)? {
    let given: [(any Sampler)?] = [
      classMass.map { ShareSampler($0) }, buckets, labelBuckets, cells,
    ]
    let samplers = given.compactMap(\.self)
    require(
      samplers.count <= 1,
      "TrainingPlan: expected a class mass, buckets or cells, got \(samplers.count)")
    return samplers.first
  }

  /// A stage that draws by the plan's shares, buckets or cells, with the rows of the plan's seed where some are kept.
  private func drawing(_ stage: Stage, _ key: RandomKey) -> Stage {
    var stage = stage
    if let sampler = givenSampler {
      guard stage.takesClassMass else {
        requirementFailed(
          "TrainingPlan: expected a method that draws rows as they come for a class mass, buckets or cells, got "
            + type(of: method).name)
      }
      for number in stage.streams.indices { stage.streams[number].sampler = sampler }
    }
    for number in stage.streams.indices {
      stage.streams[number].sampler = stage.streams[number].sampler
        .keyed(by: key.folding(number))
    }
    return stage
  }

  /// The part that a session needs, and a way to build the network of a teacher.
  func sessionSettings(
    makeNetwork: @escaping @Sendable (NetworkForm) -> Network
  ) -> SessionSettings {
    var settings = SessionSettings(
      optimizer: optimizer, clipNorm: clipNorm, averageDecay: averageDecay, autocast: autocast,
      device: device, makeNetwork: makeNetwork)
    (settings.tuning, settings.layerDecay) = (whatLearns, layerDecay)
    settings.dropPath = dropPath
    return settings
  }

  /// What of the network learns beside its heads: what the plan says, else what the method says.
  public var whatLearns: Tuning { tuning ?? method.tuning ?? .all }

  /// What the network is before its first stage: the method's form, with the pooling and the head of the plan and the
  /// adapter that is to learn.
  public var form: NetworkForm {
    var form = method.network
    if isOfLabels { form.decoding = .labels }
    if isOfNumbers { form.decoding = .value }
    if areGrades, !isOfLabels, !isOfNumbers, let decoding = method.gradeDecoding {
      form.decoding = decoding
    }
    if let pooling { form.pooling = pooling }
    if let head, form.head == .linear { form.head = head }
    form.adapter = whatLearns.adapter
    return form
  }

  /// What was not always an option, as the digest of settings has it; empty where it is as it was before.
  var laterSettings: [String] {
    [
      tuning.map { "tune \($0)" }, layerDecay.map { "layer-decay \($0)" },
      dropPath > 0 ? "drop-path \(dropPath)" : nil,
      classWeights.map { "class weights \($0)" },
      classWeightsStart > 0 ? "class weights from \(classWeightsStart)" : nil,
      classMass.map { "class mass \($0)" },
      buckets.map { "buckets \($0.buckets) \($0.each)" },
      labelBuckets.map {
        "label buckets \($0.ofLabel) \($0.none ?? -1) \($0.hard ?? -1) \($0.each) \($0.hardRows.sorted())"
      },
      cells.map { "cells \($0.cells.range) \($0.cells.ofRow) \($0.cap)" },
      areGrades ? "grades" : nil, isOfLabels ? "labels" : isOfNumbers ? "number" : nil,
      pooling.map { "pool \($0)" },
      head.map { "head \($0)" },
      text.map { "text \($0.digest)" },
      // Checkpoints of tables of numbers alone are those of versions that knew no other.
      columns.flatMap { $0.isPlain ? nil : "columns \($0.digest)" },
    ].compactMap(\.self)
  }
}

/// How the learning rate goes over a run.
public enum RateSchedule: Sendable {
  /// A function of progress.
  case planned(any Schedule)
  /// A warm-up function of progress, times a factor that falls when the metric stalls.
  case plateau(Plateau, warmup: any Schedule)

  /// The plateau before its first epoch, where this is one.
  var plateau: Plateau? {
    if case .plateau(let plateau, _) = self { plateau } else { nil }
  }

  /// The factor of the base rate.
  func factor(_ progress: Double, _ plateau: Plateau?) -> Double {
    switch self {
    case .planned(let schedule): schedule(progress)
    case .plateau(let initial, let warmup): warmup(progress) * (plateau ?? initial).factor
    }
  }
}
