public import Batches
import Evaluation
import Foundation
import Imaging
public import Inference
public import Networks
import Plans
import Randomness
public import Runs
import Sampling
import Sessions
import Torch
public import Weights

/// Runs the stages of any method over any data, saves as it goes, and resumes to the byte.
///
///     let trainer = try Trainer(plan, data: data, directory: run)
///     let outcome = try trainer.run()
///
/// Knows no method by name. One step: draw the rows of each stream, make their inputs, let the
/// stage's objective make its losses, follow the gradient. After each epoch: validate, keep the
/// best weights, write the log, save. At the end: the best weights over every split.
public final class Trainer {
  /// What is to be done.
  public let plan: TrainingPlan
  /// What it is done with.
  public let data: TrainingData
  /// Where everything is written; `nil` writes nothing (a dry run).
  public let directory: RunDirectory?
  /// The network being trained.
  public var network: Network { session.network }
  /// What became of the pretrained weights, where some were given.
  public let loadReport: LoadReport?
  /// What became of the adapter to begin with, where one was given.
  public let adapterReport: AdapterFile.Report?

  let observer: any TrainingObserver
  let shouldStop: () -> Bool
  let key: RandomKey
  let timeline: Timeline
  let sources: TrainingSources
  let predictor: Predictor
  let settings: SessionSettings
  var session: Session
  var state: TrainingState
  var lastSave = ContinuousClock.now
  var unread = UnreadLosses()
  /// What single examples did, where the plan asks for it.
  var records: ExampleLog?
  /// The chosen weights of a stage, of a run without a directory.
  var bestWeights: StateDict?

  /// Builds the network and everything around it; takes up the run's last checkpoint where
  /// `resuming`.
  ///
  /// - Parameters:
  ///   - pretrained: weights to begin with, of any number of classes.
  ///   - adapter: an adapter to begin with, of the kind and rank that is to learn.
  ///   - shouldStop: asked before each step (of steps that make one update, before the first) and
  ///     each batch of evaluation, or slice of one; when true the state is saved and `TrainingError.interrupted`
  ///     thrown.
  /// - Throws: `UnknownArchitecture`, `WeightsError`, `AdapterFileError` for an adapter of other weights,
  ///   `TrainingError.singleValue`, `TrainingError.unscaledFloat16`, `TargetMismatch` for data of several labels that the method cannot learn from, or
  ///   `RunError` when the checkpoint is damaged or belongs to other settings.
  public init(
    _ plan: TrainingPlan, data: TrainingData, directory: RunDirectory?,
    pretrained: StateDict? = nil, adapter: AdapterFile? = nil, resuming: Bool = false,
    observer: any TrainingObserver = SilentObserver(),
    shouldStop: @escaping () -> Bool = { false }
  ) throws {
    (self.plan, self.data, self.directory) = (plan, data, directory)
    (self.observer, self.shouldStop) = (observer, shouldStop)
    key = RandomKey(seed: plan.seed)
    guard plan.autocast != .float16 else { throw TrainingError.unscaledFloat16 }
    try Self.checkTargets(plan, data)
    let network = try Self.network(of: plan.form, plan, data, key: key)
    try Self.checkNormalization(of: network, plan, data)
    loadReport = if let pretrained { try network.loadPretrained(pretrained) } else { nil }
    try adapter?.check(over: network)
    adapterReport = try adapter?.load(into: network)
    timeline = Timeline(plan.stages(for: data), epochs: plan.epochs)
    try Self.checkHiddenPlaces(of: network, timeline, plan)
    sources = TrainingSources(data, plan)
    var predictor = Predictor(
      batchSize: max(plan.batchSize, 32), workers: plan.workers, autocast: plan.autocast,
      device: plan.device)
    predictor.crop = plan.preprocessing.images?.size
    self.predictor = predictor
    settings = try Self.settings(plan, data, key: key)
    session = Session(network, settings)
    state = TrainingState(
      fingerprint: Fingerprint.of(plan, data), classes: data.classes.count,
      plateau: plan.schedule.plateau)
    if resuming { try restore() }
    records = try exampleLog()
  }

  /// Where the run stands: epochs done, and steps done of the next.
  public var position: (epoch: Int, step: Int) { (state.epoch, state.step) }

  /// Whether training is over, by epochs or by patience.
  public var isFinished: Bool {
    state.epoch >= plan.epochs || isOutOfPatience && state.stage == timeline.count - 1
  }

  /// How many numbers of the network learn in a stage that trains all that may, and how many there are.
  public var learns: (count: Int, of: Int) {
    network.tune(plan.whatLearns)
    func total(_ parameters: [NamedTensor]) -> Int { parameters.reduce(0) { $0 + $1.tensor.count } }
    return (total(network.trainableParameters), total(network.parameters))
  }

  /// Where training images are augmented.
  public var augmentationPlace: AugmentationPlace { sources.place }

  /// Steps of an epoch.
  public var stepsPerEpoch: Int { data.train.count / min(plan.batchSize, data.train.count) }

  /// Trains to the end, and evaluates.
  ///
  /// - Returns: the reports of every split that has examples, with the best weights.
  /// - Throws: `TrainingError` when stopped, or when a loss is not finite; whatever reading an example or
  ///   writing a file throws. What was saved before stays.
  public func run() throws -> Outcome {
    let history = state.history
    var log = try directory.map {
      try RunLog($0, tensorBoard: plan.tensorBoard, history: history)
    }
    try writeCollapse()
    while !isFinished {
      let started = ContinuousClock.now
      try enterStageIfDue()
      try trainEpoch()
      try closeEpoch()
      let seconds = (ContinuousClock.now - started) / .seconds(1)
      try save()
      try log?.append(state.history, seconds: seconds)
      try writeCollapse()
      if let record = state.history.last { observer.epochEnded(record, seconds: seconds) }
    }
    try leaveStage()
    return try finish()
  }

  /// Whether patience has ended the stage early.
  var isOutOfPatience: Bool {
    guard let patience = plan.patience, state.bestEpoch > 0 else { return false }
    return state.epoch - state.bestEpoch >= patience
  }

  /// An untrained network of the plan's architecture.
  static func network(
    of form: NetworkForm, _ plan: TrainingPlan, _ data: TrainingData, key: RandomKey
  ) throws -> Network {
    var seeds = key.folding("engine").source
    let architecture = try Architectures.named(plan.architecture)
    if let problem = architecture.problem(of: plan.whatLearns) {
      throw TrainingError.cannotLearn(what: "\(plan.whatLearns)", reason: problem)
    }
    return architecture.build(
      classes: data.answers.count, inputs: plan.preprocessing.width, form: form, on: plan.device,
      using: Generator(seed: seeds.next()))
  }

  /// What a session is told, with a way to build the network of a teacher.
  private static func settings(
    _ plan: TrainingPlan, _ data: TrainingData, key: RandomKey
  ) throws -> SessionSettings {
    let (architecture, classes) = (try Architectures.named(plan.architecture), data.answers.count)
    let (device, inputs) = (plan.device, plan.preprocessing.width)
    return plan.sessionSettings { form in
      architecture.build(
        classes: classes, inputs: inputs, form: form, on: device, using: Generator(seed: 0))
    }
  }

  /// Refuses several labels an example for a method that learns classes, before a step would stop the program.
  private static func checkTargets(
    _ plan: TrainingPlan, _ data: TrainingData
  ) throws(TargetMismatch) {
    guard let table = data.labelTable else { return }
    let target = data.target(of: [0])
    let own = plan.method.stages(for: table)
    for stage in own ?? plan.method.stages(for: data.counts) { try stage.check(target) }
    // Its losses would do, and it has nothing to say of the labels.
    guard own != nil else {
      throw TargetMismatch(parts: [type(of: plan.method).name], width: table.width)
    }
  }

  /// Refuses a network without places for a method that changes hidden features.
  private static func checkHiddenPlaces(
    of network: Network, _ timeline: Timeline, _ plan: TrainingPlan
  ) throws(TrainingError) {
    let stages = (0..<timeline.count).map { timeline.stage(numbered: $0) }
    guard network.hiddenPlaces == 0, stages.contains(where: \.objective.changesHiddenFeatures)
    else { return }
    throw .noHiddenPlaces(method: type(of: plan.method).name, architecture: plan.architecture)
  }

  /// Refuses a batch that is too small for the network, which only a batch of one example can be.
  private static func checkNormalization(
    of network: Network, _ plan: TrainingPlan, _ data: TrainingData
  ) throws(TrainingError) {
    guard min(plan.batchSize, data.train.count) == 1 else { return }
    let count = OperationCount()
    withoutGradients {
      let example = Tensor.zeros(data.train.smallestShape(plan.preprocessing), device: plan.device)
      _ = network(example, Context(tracing: count))
    }
    guard count.fewestNormalized == 1 else { return }
    throw .singleValue(
      architecture: plan.architecture, size: plan.preprocessing.images.map { "\($0.size)" })
  }

  /// Saves and stops where someone has asked to.
  func stopIfAsked() throws {
    guard shouldStop() else { return }
    try save()
    throw interruption
  }

  /// What is thrown when someone has asked to stop.
  var interruption: TrainingError {
    .interrupted(
      run: directory?.path ?? "", epoch: state.epoch + 1, step: state.step)
  }
}
