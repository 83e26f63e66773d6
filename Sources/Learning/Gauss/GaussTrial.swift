import Batches
public import Networks
import Optimizers
public import Plans
import Randomness
public import Sampling
public import Sessions
import Torch

/// A method on LT-Gauss, the session stepped by hand: SGD .05, momentum .9, weight decay 5e-4,
/// gradients of at most 5 in length, batches of 64, 60 epochs, the rate times .1 at 80 % and .01 at
/// 90 % of the run, or of a stage that begins the rate anew.
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

  /// Whether the rows are what a method is for: ``reason(against:)`` has nothing to say.
  public static func suits(_ method: any Method) -> Bool { reason(against: method) == nil }

  /// Why a method has no place on these rows, of the form "it …"; `nil` where it has one.
  ///
  /// The rows are features, of which nothing can be cut out; their classes have no order, and no weights that were
  /// learned elsewhere stand before them. A head that is fitted to features is fitted to the rows themselves.
  public static func reason(against method: any Method) -> String? {
    if method.ordersClasses {
      return method.network.decoding == .number
        ? "it learns numbers, or grades as numbers" : "its classes are grades in their order"
    }
    if case .decoder = method.network.head { return "it draws its images again, pixel by pixel" }
    if method.tuning != nil { return "it adapts a network that was trained on images before" }
    guard let classes = try? ClassCounts(LTGauss.counts) else { return nil }
    return method.stages(for: classes).contains(where: \.objective.pastes)
      ? "it cuts parts out of images and pastes them into others" : nil
  }

  /// Draws the rows and trains; what is fitted in one go is fitted to the rows, without a hidden layer.
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
    let count = classes.count
    session = Session(
      method.isFitted(for: classes)
        ? Self.fitted(method.network, classes: count, seed: seed)
        : Self.network(method.network, classes: count, seed: seed),
      SessionSettings(
        optimizer: OptimizerSettings(
          kind: .sgd, momentum: 0.9, nesterov: false, weightDecay: 5e-4), clipNorm: 5,
        makeNetwork: { Self.network($0, classes: count, seed: seed) }))
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
  ///   - classes: classes that are told apart.
  ///   - seed: of the first weights.
  public static func network(_ form: NetworkForm, classes: Int, seed: UInt64) -> Network {
    let initializer = Initializer(generator: Generator(seed: seed))
    let style = HeadStyle(name: "head")
    let heads = (0..<(form.joinsFeatures ? 1 : form.branches)).map { _ in
      style.head(
        form.head, features: form.joinsFeatures ? 64 * form.branches : 64,
        classes: form.decoding.outputs(for: classes), using: initializer)
    }
    let trunk = Hidden("first", inputs: LTGauss.features, using: initializer)
    let branches = (0..<form.branches).map { _ in
      Hidden("second", inputs: 64, using: initializer)
    }
    let projection = form.projection.map {
      ProjectionHead(
        features: 64 * form.branches, outputs: $0, hasCentres: form.projectsCentres,
        using: initializer)
    }
    return Network(
      name: "mlp", trunk: trunk, branches: branches, heads: heads, projection: projection,
      style: style, readout: form.readout, decoding: form.decoding, classes: classes)
  }

  /// A head on the rows as they are, for what is fitted.
  private static func fitted(_ form: NetworkForm, classes: Int, seed: UInt64) -> Network {
    let style = HeadStyle(name: "head")
    let head = style.head(
      form.head, features: LTGauss.features, classes: form.decoding.outputs(for: classes),
      using: Initializer(generator: Generator(seed: seed)))
    return Network(
      name: "linear", branches: [GivenRows()], heads: [head], style: style,
      readout: form.readout, decoding: form.decoding, classes: classes)
  }

  private mutating func train(
    _ stage: Stage, _ number: Int, epochs: Range<Int>, of all: Int
  ) throws {
    try edit(stage.opening)
    guard stage.trains != .nothing else { return try edit(stage.closing) }
    session.enter(stage, for: classes)
    for epoch in epochs {
      let place = Double(epoch - epochs.lowerBound) / Double(epochs.count)
      let progress = Double(epoch - epochs.lowerBound) / Double(max(1, epochs.count - 1))
      var (part, factor) = (Double(epoch) / Double(all), 1.0)
      if case .restarts(let scale) = stage.rate { (part, factor) = (place, scale) }
      let orders = stage.streams.enumerated().map { stream, streamOf in
        var source = key.folding("sampler").folding(epoch).folding(stream).source
        return streamOf.sampler.keyed(by: key.folding("kept rows").folding(number)).indices(
          for: data.trainLabels, classes: classes, progress: progress, using: &source)
      }
      for step in 0..<data.trainLabels.count / 64 {
        let moment = Moment(
          stage: number, epoch: epoch, stageEpoch: epoch - epochs.lowerBound, step: step,
          progress: progress, elapsed: place, key: key)
        if step == 0 {
          session = try session.refreshedIfDue(
            with: Tools(network: session.network, run: self), at: moment)
        }
        let rows = orders.map { Array($0[step * 64..<(step + 1) * 64]) }
        _ = session.step(batches(of: stage, rows, at: moment), at: moment)
        session.update(rate: 0.05 * factor * (part < 0.8 ? 1 : part < 0.9 ? 0.1 : 0.01))
      }
    }
    try edit(stage.closing)
  }

  /// The views of every stream, then those of unlabelled rows, which are any of the training part.
  private func batches(of stage: Stage, _ rows: [[Int]], at moment: Moment) -> [Batch] {
    var batches: [Batch] = []
    for (stream, rows) in zip(stage.streams, rows) {
      for view in stream.views {
        batches.append(
          Batch(
            inputs: inputs(rows, view, moment.key("view").folding(batches.count)),
            target: Target(rows.map { data.trainLabels[$0] }), examples: rows))
      }
    }
    guard let unlabelled = stage.unlabelled else { return batches }
    var source = moment.key("unlabelled").source
    let chosen = (0..<64 * unlabelled.ratio).map { _ in source.below(data.trainLabels.count) }
    for view in unlabelled.views {
      batches.append(
        Batch(
          inputs: inputs(chosen, view, moment.key("view").folding(batches.count)),
          target: Target(unknown: chosen.count), examples: chosen))
    }
    return batches
  }

  /// The rows as they are; in a strong view with half as much noise as they were drawn with.
  private func inputs(_ rows: [Int], _ view: View, _ key: RandomKey) -> Tensor {
    let plain = data.train.indexSelect(
      dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count]))
    guard view == .strong else { return plain }
    var seeds = key.source
    return plain + Tensor.normal(plain.shape, using: Generator(seed: seeds.next())) * 0.5
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
        let decided = network.scores(of: logits).argmax(dim: 1).scalars(as: Int64.self)
        return GaussScore(decided: decided.map(Int.init), labels: data.testLabels)
      }
    }
  }

  /// Recall on the test rows.
  public var score: GaussScore {
    let decided = withoutGradients {
      session.network.scores(of: session.network(data.test, Context())).argmax(dim: 1)
        .scalars(as: Int64.self)
    }
    return GaussScore(decided: decided.map(Int.init), labels: data.testLabels)
  }
}
