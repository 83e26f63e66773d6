public import Batches
import Losses
public import Networks
import Optimizers
public import OrderedCollections
public import Plans
import Randomness
import Requirements
public import Sampling
public import Torch
public import Weights

/// Training, and nothing else: batches and the moment in, losses out.
///
///     var session = Session(network, settings)
///     session.enter(stage, for: classes)
///     let (terms, loss) = session.step(batches, at: moment)
///     session.update(rate: 0.1)
///
/// No file, no clock, no loop, one thread. Whoever owns a session decides about epochs, stages, validation
/// and checkpoints. All that changes is in ``savedTensors()`` and ``savedState``.
public struct Session {
  /// The network as it is now.
  public private(set) var network: Network
  private let settings: SessionSettings
  private var objective: (any Objective)?
  private var memory = Memory()
  private var trained: TrainedTensors
  private var optimizer: any Optimizer
  private var average: WeightAverage?
  private var teacher: TeacherNetwork?
  private var teacherSettings: Teacher?
  private var shiftsStatistics = false
  private var maxNorm: MaxNorm?
  /// How long the weights of a class may be, a number a head, while a stage holds them.
  private var limits: Tensor?
  /// The steps since the last update, and the memory from before them, where the optimiser repeats them.
  private var group: [GroupedStep] = []
  private var memoryBeforeGroup = Memory()

  private struct GroupedStep {
    let batches: [Batch], moment: Moment, share: Double
  }

  /// A session before its first stage.
  ///
  /// - Parameters:
  ///   - network: what is trained; its tensors are shared.
  ///   - settings: optimiser, clipping, average, precision, device.
  public init(_ network: Network, _ settings: SessionSettings) {
    (self.network, self.settings) = (network, settings)
    trained = TrainedTensors(network, layerDecay: settings.layerDecay)
    optimizer = settings.optimizer.optimizer(of: trained.parameters)
    average = settings.averageDecay.map { [trained] in
      WeightAverage(of: trained.followed, decay: $0)
    }
  }

  /// Begins a stage: what learns, its objective with a fresh memory, optimiser and average.
  ///
  /// Optimiser and average begin anew, but where the stage keeps the optimiser and the same tensors learn.
  ///
  /// - Parameters:
  ///   - stage: what is to be done.
  ///   - classes: counts of the training set.
  /// - Precondition: for a stage with a teacher, settings that can make a network.
  public mutating func enter(_ stage: Stage, for classes: ClassCounts) {
    objective = stage.objective
    memory = stage.objective.memory(for: classes).moved(to: settings.device)
    network.train(stage.trains, settings.tuning)
    let before = trained
    trained = TrainedTensors(
      network, layerDecay: settings.layerDecay, headRates: stage.headRates)
    teacherSettings = stage.teacher
    teacher = stage.teacher.map(newTeacher)
    (shiftsStatistics, maxNorm) = (stage.shiftsStatistics, stage.maxNorm)
    limits = maxNorm?.limits(of: network)
    let isSame =
      trained.parameters.names == before.parameters.names && stage.weightDecay == nil
      && trained.parameters.rates == before.parameters.rates
    guard !stage.keepsOptimizer || !isSame else { return }
    var chosen = settings.optimizer
    chosen.weightDecay = stage.weightDecay ?? chosen.weightDecay
    optimizer = chosen.optimizer(of: trained.parameters)
    average = settings.averageDecay.map { [trained] in
      WeightAverage(of: trained.followed, decay: $0)
    }
  }

  /// A teacher that begins as the network is.
  private func newTeacher(_ settings: Teacher) -> TeacherNetwork {
    guard let makeNetwork = self.settings.makeNetwork else {
      requirementFailed(
        "Session.enter: expected SessionSettings.makeNetwork for a stage with a teacher, got none")
    }
    return TeacherNetwork(
      settings, makeNetwork(network.form), following: network, trained.followed.names)
  }

  /// The session with what the stage's objective remembers of the whole training set made anew, where it is due.
  ///
  /// A value and no change in place: the tools may look at the very session. What is made is state: the batches of later steps may depend on it, so none is prepared before.
  ///
  /// - Parameters:
  ///   - tools: gives the features of the training set.
  ///   - moment: the first step of an epoch.
  /// - Throws: whatever reading an image throws.
  public func refreshedIfDue(with tools: any EditTools, at moment: Moment) throws -> Session {
    guard let objective, objective.refreshes(at: moment) else { return self }
    var next = self
    next.memory = try objective.refreshed(
      memory, through: pass(at: moment, replays: false), with: tools, at: moment)
    return next
  }

  /// Takes another network in place of this one, as an edit made it; enter a stage before the next step.
  public mutating func replace(_ network: Network) {
    self.network = network
    trained = TrainedTensors(network, layerDecay: settings.layerDecay)
  }

  /// Forward and backward pass of one step; gradients add up until ``update(rate:)``.
  ///
  /// - Parameters:
  ///   - batches: one of each stream of the stage.
  ///   - moment: when the step happens; all draws come from its keys.
  ///   - share: what part of the update the step is, in `0...1`.
  ///   - recorder: takes down what each row does; changes nothing of the step.
  /// - Returns: the losses, and their sum over all processes, shape `[]`, outside the graph. A step
  ///   does not wait for the device; who reads the number does. Where it is not finite neither are
  ///   the gradients.
  /// - Precondition: a stage was entered.
  public mutating func step(
    _ batches: [Batch], at moment: Moment, share: Double = 1,
    recording recorder: ExampleRecorder? = nil
  ) -> (terms: Terms, loss: Tensor) {
    guard let objective else {
      requirementFailed("Session.step: expected a stage to be entered before, got none")
    }
    if optimizer.repeats {
      if group.isEmpty { memoryBeforeGroup = memory }
      group.append(GroupedStep(batches: batches, moment: moment, share: share))
    }
    let terms = terms(of: objective, batches, at: moment, replays: false, &memory, recorder)
    recorder?.note(terms, of: network)
    let total = total(of: terms)
    (share == 1 ? total : total * share).backward()
    let loss = withoutGradients { total.detached().cloned() }
    settings.exchange.sum(into: [loss])
    return (terms, loss)
  }

  /// What this process adds to the number to minimise.
  private func total(of terms: Terms) -> Tensor {
    terms.total(over: settings.exchange.sum(terms.terms.map(\.rows.denominator)))
  }

  private func terms(
    of objective: any Objective, _ batches: [Batch], at moment: Moment, replays: Bool,
    _ memory: inout Memory, _ recorder: ExampleRecorder? = nil
  ) -> Terms {
    let plain = pass(at: moment, replays: replays)
    let pass = recorder?.pass(plain) ?? plain
    return withAutocast(settings.autocast, on: settings.device) {
      objective.terms(batches, through: pass, at: moment, remembering: &memory)
    }
  }

  private func pass(at moment: Moment, replays: Bool) -> NetworkPass {
    var seeds = moment.key("dropout").source
    return NetworkPass(
      network, seed: seeds.next(), replays: replays, teacher: teacher?.network,
      shiftsStatistics: shiftsStatistics, dropPath: settings.dropPath)
  }

  /// The gradients of the group's steps once more, with their draws, its memory from before, and running
  /// statistics left alone.
  private func repeatGroup() {
    trained.parameters.clearGradients()
    guard let objective else { return }
    var memory = memoryBeforeGroup
    for step in group {
      let total = total(
        of: terms(of: objective, step.batches, at: step.moment, replays: true, &memory))
      (step.share == 1 ? total : total * step.share).backward()
    }
    settleGradients()
  }

  /// Adds the gradients of all processes, and clips them.
  private func settleGradients() {
    settings.exchange.sum(into: trained.parameters.gradients)
    if let limit = settings.clipNorm { trained.parameters.clipGradients(to: limit) }
  }

  /// Follows the gradients that the steps left, and forgets them.
  ///
  /// - Parameter rate: the learning rate, at least 0.
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func update(rate: Double) {
    if optimizer.repeats {
      settings.exchange.sum(into: trained.parameters.gradients)
      var repeating = optimizer
      repeating.step(rate: rate) { repeatGroup() }
      (optimizer, group) = (repeating, [])
    } else {
      settleGradients()
      optimizer.step(rate: rate)
    }
    trained.parameters.clearGradients()
    if let maxNorm, let limits { maxNorm.hold(network, to: limits) }
    let followed = trained.followed
    average?.update(from: followed)
    teacher?.update(from: followed)
  }

  /// Whether the norm of all weights and running statistics, frozen or not, is a finite float32.
  public var isFinite: Bool { trained.isFinite }

  /// Runs `body` with the weights of the model in the network: the teacher's where it is the model, averaged ones
  /// where an average is kept.
  ///
  /// - Throws: what `body` throws; the network's own weights are back then.
  public func withAveragedWeights<R>(_ body: () throws -> R) rethrows -> R {
    let teaching = teacher.flatMap { $0.isModel ? $0.average : nil }
    guard let average = teaching ?? average else { return try body() }
    average.exchange(with: trained.followed)
    defer { average.exchange(with: trained.followed) }
    return try body()
  }
}

extension Session {
  /// What of a session's state is not a tensor.
  public struct State: Codable, Sendable, Equatable {
    /// Kind of head, branches, readout: what must be built before the tensors are read.
    public var form: NetworkForm
    /// How often the running average was updated; 0 without one.
    public var averageUpdates: Int
    /// How often the teacher was updated; `nil` without one.
    public var teacherUpdates: Int?

    /// A state of its parts.
    public init(
      form: NetworkForm = NetworkForm(), averageUpdates: Int = 0, teacherUpdates: Int? = nil
    ) {
      (self.form, self.averageUpdates) = (form, averageUpdates)
      self.teacherUpdates = teacherUpdates
    }
  }

  /// What of the state is not a tensor.
  public var savedState: State {
    State(
      form: network.form, averageUpdates: average?.updates ?? 0,
      teacherUpdates: teacher?.average.updates)
  }

  /// Every tensor that changes while training, by name; the session's own, to be written before the next
  /// step or copied.
  public func savedTensors() -> StateDict {
    var saved = StateDict()
    for (name, tensor) in network.stateDict { saved["network." + name] = tensor }
    for (name, tensor) in optimizer.state { saved["optimizer." + name] = tensor }
    for (name, tensor) in average?.state ?? [] { saved[name] = tensor }
    for (name, tensor) in teacher?.average.state ?? [] { saved["teacher." + name] = tensor }
    for (name, tensor) in memory.entries { saved["memory." + name] = tensor }
    if let limits { saved["limits"] = limits }
    return saved
  }

  /// Goes back to what `savedTensors` gave, into a session of the same form in the same stage.
  ///
  /// - Parameters:
  ///   - saved: tensors by name.
  ///   - state: what was saved beside them.
  /// - Throws: `WeightsError` or `OptimizerStateError` when a tensor is missing or has another shape.
  public mutating func restore(_ saved: StateDict, _ state: State) throws {
    try network.load(saved.part("network."))
    let kept = saved.part("optimizer.")
    try optimizer.load(Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) }))
    let all = Dictionary(uniqueKeysWithValues: saved.map { ($0.key, $0.value) })
    try average?.load(all, updates: state.averageUpdates)
    // Anew, for what is frozen it has from the weights that were just read.
    teacher = teacherSettings.map(newTeacher)
    let followed = saved.part("teacher.")
    try teacher?.resume(
      Dictionary(uniqueKeysWithValues: followed.map { ($0.key, $0.value) }),
      updates: state.teacherUpdates ?? 0)
    if limits != nil {
      guard let kept = saved["limits"] else {
        throw WeightsError.missing(network: network.name, names: ["limits"])
      }
      limits = kept.moved(to: .cpu)
    }
    for (name, tensor) in saved.part("memory.") { memory[name] = tensor.moved(to: settings.device) }
  }
}

extension StateDict {
  /// The tensors under a prefix, without it.
  fileprivate func part(_ prefix: String) -> StateDict {
    StateDict(
      uniqueKeysWithValues: filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }
}
