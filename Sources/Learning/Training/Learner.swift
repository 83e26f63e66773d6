import Networks
import Optimizers
import OrderedCollections
import Torch
import Weights

/// The network with what moves it: optimiser, gradient clipping, running average of the weights.
struct Learner {
  private let network: Network
  private let parameters: ParameterList
  /// Parameters and running statistics: what the average follows.
  private let followed: ParameterList
  private let settings: OptimizerSettings
  private var optimizer: any Optimizer
  private var average: WeightAverage?

  init(_ network: Network, _ plan: TrainingPlan) {
    self.network = network
    let learned = network.parameters.filter { $0.tensor.requiresGrad }
    parameters = ParameterList(names: learned.map(\.name), tensors: learned.map(\.tensor))
    let statistics = network.buffers.filter { $0.tensor.dtype != .int64 }
    followed = ParameterList(
      names: parameters.names + statistics.map(\.name),
      tensors: parameters.tensors + statistics.map(\.tensor))
    settings = plan.optimizer
    optimizer = settings.optimizer(of: parameters)
    average = plan.averageDecay.map { WeightAverage(of: followed, decay: $0) }
  }

  /// Forgets what the optimiser has gathered, for a stage with another loss: momentum towards what
  /// the stage before was after, and the size of its gradients, say nothing about the next. The
  /// running average goes on.
  mutating func restartOptimizer() { optimizer = settings.optimizer(of: parameters) }

  /// Follows the gradients that the last backward passes left, and forgets them.
  mutating func update(rate: Double, clipNorm: Double?) {
    if let clipNorm { parameters.clipGradients(to: clipNorm) }
    optimizer.step(rate: rate)
    parameters.clearGradients()
    let followed = followed
    average?.update(from: followed)
  }

  /// Whether every weight and running statistic is a finite number.
  var isFinite: Bool { FusedKernels.globalNorm(followed.tensors).item().isFinite }

  /// Runs `body` with the averaged weights in the network, where an average is kept.
  func withAveragedWeights<R>(_ body: () throws -> R) rethrows -> R {
    guard let average else { return try body() }
    average.exchange(with: followed)
    defer { average.exchange(with: followed) }
    return try body()
  }

  /// How often the average was updated; 0 without one.
  var averageUpdates: Int { average?.updates ?? 0 }

  /// Everything that changes while training, by name.
  func savedTensors() -> StateDict {
    var saved = StateDict()
    for (name, tensor) in network.stateDict { saved["network." + name] = tensor }
    for (name, tensor) in optimizer.state { saved["optimizer." + name] = tensor }
    for (name, tensor) in average?.state ?? [] { saved[name] = tensor }
    return saved
  }

  /// Goes back to what `savedTensors` gave.
  /// - Throws: `WeightsError` or `OptimizerStateError` when a tensor is missing or has another shape.
  mutating func restore(_ saved: StateDict, averageUpdates: Int) throws {
    try network.load(part("network.", of: saved))
    let state = part("optimizer.", of: saved)
    try optimizer.load(Dictionary(uniqueKeysWithValues: state.map { ($0.key, $0.value) }))
    let all = Dictionary(uniqueKeysWithValues: saved.map { ($0.key, $0.value) })
    try average?.load(all, updates: averageUpdates)
  }

  private func part(_ prefix: String, of saved: StateDict) -> StateDict {
    StateDict(
      uniqueKeysWithValues: saved.filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }
}
