public import Batches
public import Networks
import Requirements
import Torch

/// Weights of one moment of training, and what a step counted then.
public struct InfluenceCheckpoint: Sendable {
  /// The network with these weights.
  public var network: Network
  /// η, the learning rate then, above 0.
  public var rate: Double

  /// A checkpoint of its parts.
  public init(_ network: Network, rate: Double) { (self.network, self.rate) = (network, rate) }
}

/// What each training example did for the answer to one example.
public struct TrainingInfluence: Sendable, Equatable {
  /// Σ_c η_c ∇ℓ(z_i) · ∇ℓ(z′) of each training example, `[N]`: above 0 where a step on it lowered the loss of the one
  /// that is explained, below 0 where it raised it.
  public var scores: [Double]
  /// cos(f_i, f′) of each training example, `[N]`, by the network that judges.
  public var similarities: [Double]
  /// The same sum of the example with itself.
  public var selfInfluence: Double
  /// What the network that judges says of the example, `[C]`.
  public var probabilities: [Double]
  /// The class y′ whose loss is explained.
  public var label: Int
}

extension Predictor {
  /// Why the influence on a network's answers has no closed form; nil where it has one.
  public static func influenceObstacle(_ network: Network) -> String? {
    HeadGradients.obstacle(network)
  }

  /// What training examples did for the answer to one example: TracIn at the last layer, and nearness in feature space.
  ///
  /// Both sets are gone through once, whatever the number of checkpoints, and no batch is kept. Memory holds the weights of
  /// all checkpoints; on the processor twice those of convolutions, which each checkpoint keeps with its normalisations
  /// folded in, too. Products of matrices are in float32, whatever ``autocast`` says.
  ///
  /// Departs from the paper: gradients are those of cross-entropy at examples as they are judged, whatever loss and
  /// augmentation the training had.
  ///
  /// - Parameters:
  ///   - shown: a set of one example; where it has no class, the loss is that of the class that is predicted.
  ///   - training: the training examples, each with its class.
  ///   - network: what judges.
  ///   - checkpoints: moments of training; none is the judging network alone, at a rate of 1.
  ///   - preprocessing: of the model.
  ///   - progress: told how many training examples are done; may throw to stop.
  /// - Throws: what reading an example, or `progress`, threw.
  /// - Precondition: no network has an ``influenceObstacle(_:)``, and every training example has a class.
  public func influence(
    on shown: ExampleSet, of training: ExampleSet, by network: Network,
    checkpoints: [InfluenceCheckpoint], _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> TrainingInfluence {
    let moments = checkpoints.isEmpty ? [InfluenceCheckpoint(network, rate: 1)] : checkpoints
    let classes = training.labels.compactMap(\.self)
    require(
      shown.count == 1 && classes.count == training.count
        && ([network] + moments.map(\.network)).allSatisfy {
          Self.influenceObstacle($0) == nil
        },
      "Predictor.influence: expected one example, a class for each of \(training.count) and heads of a known kind, got"
        + " \(shown.count) and \(classes.count)")
    // In half precision, an example's product with itself would not be its self-influence.
    var exact = self
    exact.autocast = nil
    let judging = exact.context
    let places = moments.map {
      InfluenceMoment(network: $0.network, rate: $0.rate, context: exact.context)
    }
    func source(_ set: ExampleSet) -> any InputSource {
      set.source(for: .evaluation, preprocessing.withoutCrops, workers: workers)
    }
    var found: ShownExample?
    try exact.run(source(shown), progress: { _ in }) { inputs, _ in
      found = ShownExample(inputs, shown.labels[0], network, judging, places)
    }
    guard let target = found else {
      requirementFailed("Predictor.influence: expected one example, got none")
    }
    var scores = [Double](repeating: 0, count: training.count)
    var similarities = scores
    try exact.run(source(training), progress: progress) { inputs, rows in
      let near = network.outputs(inputs, judging).directions
        .matmul(target.direction.transposed(0, 1)).to(.float64).scalars(as: Double.self)
      for (row, value) in zip(rows, near) { similarities[row] = value }
      let labels = rows.map { classes[$0] }
      for (moment, gradients) in zip(places, target.gradients) {
        let products = moment.gradients(inputs, labels).products(with: gradients)
          .to(.float64).scalars(as: Double.self)
        for (row, value) in zip(rows, products) { scores[row] += moment.rate * value }
      }
    }
    let own = zip(places, target.gradients).reduce(0) { $0 + $1.0.rate * $1.1.squaredNorms.item() }
    return TrainingInfluence(
      scores: scores, similarities: similarities, selfInfluence: own,
      probabilities: target.probabilities, label: target.label)
  }
}
