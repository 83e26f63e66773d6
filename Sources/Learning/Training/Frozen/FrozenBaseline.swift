import Batches
public import Evaluation
public import Inference
public import Networks
public import Plans
import Randomness
import Sampling
import Torch
public import Weights

/// The baseline to beat: a network with given weights, of which nothing learns, under heads that are fitted to its
/// features at once.
///
///     let neighbours = FrozenBaseline.Head("neighbours", settings: "k = 20", NeighbourMemory())
///     let answers = try FrozenBaseline(weights, of: "efficientnet_lite0", preprocessing, predictor)
///       .answers(on: data, of: [neighbours])
///
/// Training rows are seen once without augmentation, and so are those of the other parts.
public struct FrozenBaseline {
  /// A head, and how it is made of features.
  public struct Head: Sendable {
    /// What its answers are filed under.
    public let name: String
    /// Its settings, in words.
    public let settings: String
    /// What makes it.
    public let edit: any NetworkEdit

    /// - Parameters:
    ///   - name: what its answers are filed under; no two heads of a baseline share one.
    ///   - settings: its settings, in words.
    ///   - edit: what makes it of the features of the training images.
    public init(_ name: String, settings: String, _ edit: any NetworkEdit) {
      (self.name, self.settings, self.edit) = (name, settings, edit)
    }
  }

  /// What a head came to.
  public struct Answer: Sendable {
    /// The head.
    public let head: Head
    /// Predictions, probabilities `[N, C]`, by part: `val` and `test`, where there are some.
    public let predictions: [String: Predictions]
  }

  private let weights: StateDict
  private let architecture: String
  private let pooling: TokenPooling?
  private let preprocessing: Preprocessing
  private let predictor: Predictor
  private let seed: UInt64

  /// - Parameters:
  ///   - weights: of the network, of any number of classes.
  ///   - architecture: its name.
  ///   - pooling: how tokens become features; `nil` is the network's own way.
  ///   - preprocessing: what happens to an example before it.
  ///   - predictor: batch size, workers, precision and device.
  ///   - seed: of the folds that the penalty is chosen on.
  public init(
    _ weights: StateDict, of architecture: String, pooling: TokenPooling? = nil,
    _ preprocessing: Preprocessing, _ predictor: Predictor, seed: UInt64 = 0
  ) {
    (self.weights, self.architecture, self.pooling) = (weights, architecture, pooling)
    (self.preprocessing, self.predictor, self.seed) = (preprocessing, predictor, seed)
  }

  /// Images × features × classes: what a step of the fit of a linear head grows with.
  ///
  /// - Parameter data: the parts.
  /// - Throws: `UnknownArchitecture`.
  public func work(on data: TrainingData) throws -> Int {
    data.train.count * data.classes.count
      * (try Architectures.named(architecture).build(
        classes: 1, inputs: preprocessing.width, form: NetworkForm(pooling: pooling),
        using: Initializer(dtype: .float32, generator: nil)
      ).featureCount)
  }

  /// What heads say of the validation and the test part.
  ///
  /// - Parameters:
  ///   - data: the parts.
  ///   - heads: which heads, in this order.
  ///   - progress: told the part or the head, how much of it is done, and of how much; may throw to stop.
  ///   - made: given each network with its head.
  /// - Throws: `UnknownArchitecture`, `WeightsError`, what reading an example, `progress` or `made` threw.
  public func answers(
    on data: TrainingData, of heads: [Head],
    progress: @escaping (String, Int, Int) throws -> Void = { _, _, _ in },
    made: (Head, Network) throws -> Void = { _, _ in }
  ) throws -> [Answer] {
    let network = try self.network(for: data)
    func features(_ name: String, _ set: ExampleSet) throws -> Tensor {
      try predictor.features(
        of: set.source(for: .evaluation, preprocessing.withoutCrops, workers: predictor.workers),
        by: network
      ) { try progress(name, $0, set.count) }
    }
    let groups = data.train.groups
    let rows = LabelledFeatures(
      features: try features("train", data.train), labels: data.labels,
      groups: groups.isEmpty ? nil : groups)
    var parts: [(name: String, set: ExampleSet, features: Tensor)] = []
    for (name, set) in [("val", data.val), ("test", data.test)] {
      if let set, set.count > 0 { parts.append((name, set, try features(name, set))) }
    }
    return try heads.map { head in
      let tools = FrozenTools(classes: data.counts, rows: rows, seed: seed) {
        try progress(head.name, $0, $1)
      }
      let answering = try head.edit.edited(network, with: tools)
      try made(head, answering)
      var predictions: [String: Predictions] = [:]
      for part in parts {
        predictions[part.name] = try judged(part.set, part.features, by: answering, data.classes)
      }
      return Answer(head: head, predictions: predictions)
    }
  }

  private func network(for data: TrainingData) throws -> Network {
    let network = try Architectures.named(architecture).build(
      classes: data.classes.count, inputs: preprocessing.width,
      form: NetworkForm(pooling: pooling), on: predictor.device, using: Generator(seed: 0))
    _ = try network.loadPretrained(weights)
    return network
  }

  private func judged(
    _ set: ExampleSet, _ features: Tensor, by network: Network, _ classes: [String]
  ) throws -> Predictions {
    var probabilities: [Float] = []
    withoutGradients {
      for start in stride(from: 0, to: set.count, by: 256) {
        let rows = features.narrowed(
          dim: 0, start: start, length: min(256, set.count - start)
        ).moved(to: predictor.device)
        let logits = network.logits(of: [rows], Context(training: false))
        probabilities += logits[0].to(.float32).softmax(dim: 1).scalars(as: Float.self)
      }
    }
    return try Predictions(
      classes: classes, paths: set.paths, truths: set.labels, probabilities: probabilities,
      columns: set.groups.isEmpty ? [] : [.init("group", set.groups)])
  }
}

/// Features that are there already.
private struct FrozenTools: EditTools {
  let classes: ClassCounts
  let rows: LabelledFeatures
  let seed: UInt64
  let progress: (Int, Int) throws -> Void

  var generator: Generator { Generator(seed: seed) }
  func trainingFeatures() -> LabelledFeatures { rows }
  func validationFeatures() -> LabelledFeatures? { nil }
  func fitting(_ done: Int, of count: Int) throws { try progress(done, count) }
}
