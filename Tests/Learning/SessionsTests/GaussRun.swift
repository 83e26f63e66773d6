import Batches
import Networks
import Optimizers
import Plans
import Randomness
import Sampling
import Sessions
import Torch

/// Two hidden layers, 16-64-64.
struct MLP: Backbone {
  let featureCount = 64
  private let first: Linear
  private let second: Linear

  init(using initializer: Initializer) {
    first = Linear(LTGauss.features, 64, using: initializer)
    second = Linear(64, 64, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    second(first(x, context).relu(), context).relu()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("first", first)
    visitor.layer("second", second)
  }
}

/// Any method on LT-Gauss, the session stepped by hand: SGD .05, momentum .9, weight decay 5e-4, batches of 64,
/// 60 epochs, the rate times .1 at 80 % and .01 at 90 %.
struct GaussRun {
  let data: LTGauss
  let classes: ClassCounts
  private let key: RandomKey
  private(set) var session: Session

  init(_ method: any Method, seed: UInt64, epochs: Int = 60) throws {
    data = LTGauss(seed: seed)
    classes = try ClassCounts(LTGauss.counts)
    key = RandomKey(seed: seed)
    let initializer = Initializer(generator: Generator(seed: seed))
    let style = HeadStyle(name: "head")
    let head = style.head(
      method.network.head, features: 64, classes: classes.count, using: initializer)
    session = Session(
      Network(name: "mlp", branches: [MLP(using: initializer)], heads: [head], style: style),
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
    let run: GaussRun
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

  var score: GaussScore {
    let decided = withoutGradients {
      session.network(data.test, Context()).argmax(dim: 1).scalars(as: Int64.self)
    }
    return GaussScore(decided: decided.map(Int.init), labels: data.testLabels)
  }
}
