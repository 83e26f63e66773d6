public import Batches
public import Imaging
public import Networks
public import Plans
import Randomness
import Requirements
public import Torch

/// Runs a trained network over examples: evaluation mode, nothing mixed, every example exactly once.
public struct Predictor {
  /// Examples a batch; changes speed and memory, and nothing but the last digit of a result.
  public var batchSize: Int
  /// Threads that decode.
  public var workers: Int
  /// Precision of matrix products; `nil` is float32.
  public var autocast: DType?
  /// Where the network lives.
  public var device: Device
  /// What is done to labelled images before the network sees them, with its best place kept; `nil` is nothing.
  public var attack: ProjectedGradient?
  /// The size of the network's input, where images may be larger: five crops of them are then averaged, the middle one alone
  /// where they are attacked.
  public var crop: ImageSize?
  /// Whether each image is judged together with its mirror image, left for right, and the answers are averaged.
  public var mirrors = false
  /// Whether experts that a router leaves out of an answer are not run: features and heads are then not to be had.
  var asksOnlyNeeded = false

  /// A predictor of its parts.
  public init(batchSize: Int, workers: Int, autocast: DType?, device: Device) {
    (self.batchSize, self.workers) = (batchSize, workers)
    (self.autocast, self.device) = (autocast, device)
  }

  /// Probabilities of classes or labels of every example, row by row, `[N, C]` flat.
  ///
  /// - Parameters:
  ///   - source: examples for evaluation.
  ///   - bounds: where inputs may lie, for an attack in pixels and a network that gives images.
  ///   - labels: class of each example, `[N]`; needed for an attack.
  ///   - progress: told how many examples are done, after each batch or slice of one; may throw to stop.
  ///   - seen: told what the network gave for each batch or slice of one, and which examples it holds.
  /// - Throws: what reading an example, or `progress`, threw.
  /// - Precondition: for an attack a label of each example; images where mirror images are asked
  ///   for; bounds for a network that gives images.
  public func probabilities(
    of source: any InputSource, by network: Network, bounds: InputBounds? = nil,
    labels: [Int] = [], progress: (Int) throws -> Void = { _ in },
    seen: (Outputs, [Int]) -> Void = { _, _ in }
  ) throws -> [Float] {
    let classes = network.classes
    var result = [Float](repeating: 0, count: source.count * classes)
    let context = context
    try run(source, progress: progress) { inputs, rows in
      let shown = attacked(whole(inputs), rows, labels, network, bounds)
      let outputs = outputs(of: shown, by: network, context)
      let scores = scores(of: outputs, by: network, shown, bounds)
      return (outputs, network.form.decoding.probabilities(of: scores).scalars(as: Float.self))
    } take: { answer, rows in
      let (outputs, values) = answer
      seen(outputs, rows)
      for (place, row) in rows.enumerated() {
        result.replaceSubrange(
          row * classes..<(row + 1) * classes,
          with: values[place * classes..<(place + 1) * classes])
      }
    }
    return result
  }

  /// What the heads of a network see of every example: the branches' features side by side.
  ///
  /// - Parameters:
  ///   - source: examples for evaluation.
  ///   - progress: told how many examples are done, after each batch or slice of one; may throw to stop.
  /// - Returns: `[N, F]`, float32, on the processor.
  /// - Throws: what reading an example, or `progress`, threw.
  public func features(
    of source: any InputSource, by network: Network, progress: (Int) throws -> Void = { _ in }
  ) throws -> Tensor {
    var parts = BatchedRows()
    let context = context
    try run(source, progress: progress) { inputs, rows in
      Tensor.concatenated(outputs(of: inputs, by: network, context).features, dim: 1)
    } take: {
      parts.take($0, $1)
    }
    return parts.whole ?? Tensor.zeros([0, network.featureCount * network.form.branches])
  }

  /// How far the images that a network gives back are from those it saw, 1 − SSIM.
  ///
  /// - Parameters:
  ///   - source: images for evaluation.
  ///   - network: one that gives images.
  ///   - bounds: black and white of the inputs.
  ///   - progress: told how many images are done, after each batch or slice of one; may throw to stop.
  /// - Returns: `[N, 1]`, float32, on the processor.
  /// - Throws: what reading an image, or `progress`, threw.
  public func errors(
    of source: any InputSource, by network: Network, bounds: InputBounds,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> Tensor {
    var parts = BatchedRows()
    let context = context
    try run(source, progress: progress) { inputs, rows in
      let answer = network(inputs, context)
      return DecoderHead.errors(of: answer, for: bounds.pixels(of: inputs.values)).unsqueezed(1)
    } take: {
      parts.take($0, $1)
    }
    return parts.whole ?? Tensor.zeros([0, 1])
  }

  /// The context of one evaluation: on the processor in float32, and in bfloat16 where it multiplies that, normalisations are
  /// folded into the convolutions before them, as the weights are when it is first used.
  var context: Context {
    var context = Context(training: false)
    let precision = autocast ?? .float32
    let multiplies =
      precision == .float32 || precision == .bfloat16 && Engine.supportsBFloat16(on: .cpu)
    if device == .cpu, multiplies { context.folding = FoldedConvolutions(precision: precision) }
    return context
  }

  private var crops: FiveCrops? {
    crop.map { FiveCrops(height: $0.height, width: $0.width) }
  }

  /// What the network says of images, or of crops and mirror images of them on average.
  private func outputs(
    of inputs: Inputs, by network: Network, _ context: Context
  ) -> Outputs {
    var parts = crops.map { $0(inputs) } ?? [inputs]
    if mirrors {
      require(
        inputs.values.rank == 4,
        "Predictor.mirrors: expected images, got inputs of shape \(inputs.values.shape)")
      parts += parts.map { $0.with(values: $0.values.flipped(3).channelsLast()) }
    }
    return .mean(
      of: parts.map {
        asksOnlyNeeded ? network.answer($0, context) : network.outputs($0, context)
      })
  }

  /// What is attacked: the middle of an image that is larger than the network's input.
  private func whole(_ inputs: Inputs) -> Inputs {
    attack == nil ? inputs : crops?.middle(of: inputs) ?? inputs
  }

  /// Scores of the classes, in float32.
  private func scores(
    of outputs: Outputs, by network: Network, _ inputs: Inputs, _ bounds: InputBounds?
  ) -> Tensor {
    let answer = outputs.logits.to(.float32)
    guard network.givesImages else { return network.scores(of: answer) }
    guard let bounds else {
      requirementFailed("Predictor: expected the bounds of pixels for a network that gives images")
    }
    return network.scores(of: answer, pixels: bounds.pixels(of: inputs.values))
  }

  /// Gives every batch to `body`, in the order of the source and without gradients.
  func run(
    _ source: any InputSource, progress: (Int) throws -> Void, _ body: (Inputs, [Int]) -> Void
  ) throws {
    var done = 0
    try source.run(source.everyRow(batchSize: batchSize), views: [.standard]) { step in
      let inputs = try step.inputs(stream: 0, on: device)
      withoutGradients {
        withAutocast(autocast, on: device) { body(inputs, step.request.streams[0]) }
      }
      done += step.request.count
      try progress(done)
    }
  }

  /// Gives what `compute` makes of every batch, or of slices of it, to `take`, in the order of the source; ``SliceLanes``.
  private func run<Value>(
    _ source: any InputSource, progress: (Int) throws -> Void,
    compute: @escaping (Inputs, [Int]) -> Value, take: (Value, [Int]) throws -> Void
  ) throws {
    // The gradients of an attack are of one thread.
    let lanes = SliceLanes(on: device, autocast: autocast, slices: attack == nil, compute: compute)
    defer { lanes.finish() }
    var done = 0
    func taken(_ value: Value, _ rows: [Int]) throws {
      try take(value, rows)
      done += rows.count
      try progress(done)
    }
    try source.run(source.everyRow(batchSize: batchSize), views: [.standard]) { step in
      try lanes.put(
        try step.inputs(stream: 0, on: device), step.request.streams[0], take: taken)
    }
    try lanes.takeRest(taken)
  }

  /// The inputs as the attack leaves them; the same images have the same, however they are put into batches, but for
  /// the last digit.
  private func attacked(
    _ inputs: Inputs, _ rows: [Int], _ labels: [Int], _ network: Network, _ bounds: InputBounds?
  ) -> Inputs {
    guard let attack else { return inputs }
    require(
      rows.allSatisfy { $0 < labels.count },
      "Predictor: expected a label for each example to attack, got \(labels.count)")
    let parts = rows.enumerated().map { place, row in
      var source = RandomKey(seed: 0).folding("attack").folding(row).source
      return attack.noise(
        like: inputs.values.narrowed(dim: 0, start: place, length: 1), using: &source)
    }
    let batch = Batch(inputs: inputs, target: Target(rows.map { labels[$0] }), bounds: bounds)
    return withGradients {
      inputs.with(
        values: attack(
          batch, through: NetworkPass(network, seed: 0), .evaluating, keepsBest: true,
          noise: Tensor.concatenated(parts, dim: 0)))
    }
  }
}
