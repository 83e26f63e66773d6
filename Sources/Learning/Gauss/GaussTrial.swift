import Batches
public import Networks
import Optimizers
public import Plans
import Randomness
public import Sampling
public import Sessions
import Torch

/// Any method on LT-Gauss, the session stepped by hand: SGD .05, momentum .9, weight decay 5e-4, batches of 64,
/// 60 epochs, the rate times .1 at 80 % and .01 at 90 %.
///
/// ```swift
/// let score = try GaussTrial(BalancedSoftmax(), seed: 0).score
/// ```
public struct GaussTrial {
  /// The rows.
  public let data: LTGauss
  /// Training rows a class.
  public let classes: ClassCounts
  /// The session after its last stage, or while it trains.
  public private(set) var session: Session
  private let key: RandomKey

  /// Draws the rows and trains.
  ///
  /// - Parameters:
  ///   - method: what trains.
  ///   - seed: of rows, first weights and all draws.
  ///   - epochs: passes over the training rows, all stages together; at least 1.
  /// - Throws: what a closing edit throws.
  public init(_ method: any Method, seed: UInt64, epochs: Int = 60) throws {
    data = LTGauss(seed: seed)
    classes = try ClassCounts(LTGauss.counts)
    key = RandomKey(seed: seed)
    session = Session(
      Self.network(method.network, classes: classes.count, seed: seed),
      SessionSettings(
        optimizer: OptimizerSettings(
          kind: .sgd, momentum: 0.9, nesterov: false, weightDecay: 5e-4), clipNorm: 5))
    var first = 0
    for (number, stage) in method.stages(for: classes).enumerated() {
      let length = max(1, Int((stage.fraction * Double(epochs)).rounded()))
      try train(stage, number, epochs: first..<first + length, of: epochs)
      first += length
    }
  }

  /// The untrained network of a form: two hidden layers, of which branches share the first.
  ///
  /// - Parameters:
  ///   - form: kind of head, branches, readout.
  ///   - classes: logits.
  ///   - seed: of the first weights.
  public static func network(_ form: NetworkForm, classes: Int, seed: UInt64) -> Network {
    let initializer = Initializer(generator: Generator(seed: seed))
    let style = HeadStyle(name: "head")
    let heads = (0..<(form.joinsFeatures ? 1 : form.branches)).map { _ in
      style.head(
        form.head, features: form.joinsFeatures ? 64 * form.branches : 64, classes: classes,
        using: initializer)
    }
    let trunk = Hidden("first", inputs: LTGauss.features, using: initializer)
    let branches = (0..<form.branches).map { _ in
      Hidden("second", inputs: 64, using: initializer)
    }
    return Network(
      name: "mlp", trunk: trunk, branches: branches, heads: heads, style: style,
      readout: form.readout)
  }

  private mutating func train(
    _ stage: Stage, _ number: Int, epochs: Range<Int>, of all: Int
  ) throws {
    try edit(stage.opening)
    session.enter(stage, for: classes)
    for epoch in epochs {
      let place = Double(epoch - epochs.lowerBound) / Double(epochs.count)
      let progress = Double(epoch - epochs.lowerBound) / Double(max(1, epochs.count - 1))
      var (part, factor) = (Double(epoch) / Double(all), 1.0)
      if case .restarts(let scale) = stage.rate { (part, factor) = (place, scale) }
      let orders = stage.streams.enumerated().map { stream, streamOf in
        var source = key.folding("sampler").folding(epoch).folding(stream).source
        return streamOf.sampler.indices(
          for: data.trainLabels, classes: classes, progress: progress, using: &source)
      }
      for step in 0..<data.trainLabels.count / 64 {
        let moment = Moment(
          stage: number, epoch: epoch, step: step, progress: progress, elapsed: place, key: key)
        _ = session.step(orders.map { batch(Array($0[step * 64..<(step + 1) * 64])) }, at: moment)
        session.update(rate: 0.05 * factor * (part < 0.8 ? 1 : part < 0.9 ? 0.1 : 0.01))
      }
    }
    try edit(stage.closing)
  }

  private func batch(_ rows: [Int]) -> Batch {
    Batch(
      inputs: data.train.indexSelect(dim: 0, Tensor(rows.map(Int64.init), shape: [64])),
      target: Target(rows.map { data.trainLabels[$0] }), examples: rows)
  }

  private mutating func edit(_ edits: [any NetworkEdit]) throws {
    for edit in edits {
      session.replace(
        try edit.edited(session.network, with: Tools(network: session.network, run: self)))
    }
  }

  private struct Tools: EditTools {
    let network: Network
    let run: GaussTrial
    var classes: ClassCounts { run.classes }
    var generator: Generator { Generator(seed: 5) }
    func trainingFeatures() -> LabelledFeatures {
      withoutGradients {
        LabelledFeatures(
          features: network.features(run.data.train, Context())[0], labels: run.data.trainLabels)
      }
    }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  /// Recall of each head by itself.
  public var headScores: [GaussScore] {
    withoutGradients {
      let network = session.network
      return network.logits(of: network.features(data.test, Context()), Context()).map { logits in
        let decided = logits.argmax(dim: 1).scalars(as: Int64.self)
        return GaussScore(decided: decided.map(Int.init), labels: data.testLabels)
      }
    }
  }

  /// Recall on the test rows.
  public var score: GaussScore {
    let decided = withoutGradients {
      session.network(data.test, Context()).argmax(dim: 1).scalars(as: Int64.self)
    }
    return GaussScore(decided: decided.map(Int.init), labels: data.testLabels)
  }
}
