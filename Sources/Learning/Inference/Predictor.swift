public import Batches
import Imaging
public import Networks
public import Plans
import Randomness
import Requirements
public import Torch

/// Runs a trained network over images: evaluation mode, nothing mixed, every image exactly once.
public struct Predictor {
  /// Images a batch; changes speed and memory, and nothing but the last digit of a result.
  public var batchSize: Int
  /// Threads that decode.
  public var workers: Int
  /// Precision of matrix products; `nil` is float32.
  public var autocast: DType?
  /// Where the network lives.
  public var device: Device
  /// What is done to labelled images before the network sees them, with its best place kept; `nil` is nothing.
  public var attack: ProjectedGradient?

  /// A predictor of its parts.
  public init(batchSize: Int, workers: Int, autocast: DType?, device: Device) {
    (self.batchSize, self.workers) = (batchSize, workers)
    (self.autocast, self.device) = (autocast, device)
  }

  /// Class probabilities of every image, row by row, `[N, C]` flat.
  ///
  /// - Parameters:
  ///   - images: images prepared for evaluation.
  ///   - labels: class of each image, `[N]`; needed for an attack.
  ///   - progress: told how many images are done, after each batch; may throw to stop.
  ///   - seen: told what the network gave for each batch, in order.
  /// - Throws: what reading an image, or `progress`, threw.
  public func probabilities(
    of images: ImageStore, by network: Network, _ preprocessing: Preprocessing,
    labels: [Int] = [], progress: (Int) throws -> Void = { _ in },
    seen: (Outputs) -> Void = { _ in }
  ) throws -> [Float] {
    var result = [Float]()
    try run(images, preprocessing, progress: progress) { inputs, rows in
      let shown = attacked(inputs, rows, labels, network, preprocessing.normalization)
      let outputs = network.outputs(shown, Context(training: false))
      seen(outputs)
      let scores = scores(of: outputs, by: network, shown, preprocessing)
      result += scores.softmax(dim: 1).scalars(as: Float.self)
    }
    return result
  }

  /// What the heads of a network see of every image: the branches' features side by side.
  ///
  /// - Parameters:
  ///   - images: images prepared for evaluation.
  ///   - progress: told how many images are done, after each batch; may throw to stop.
  /// - Returns: `[N, F]`, float32, on the processor.
  /// - Throws: what reading an image, or `progress`, threw.
  public func features(
    of images: ImageStore, by network: Network, _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> Tensor {
    var parts: [Tensor] = []
    try run(images, preprocessing, progress: progress) { inputs, _ in
      let features = network.features(inputs, Context(training: false))
      parts.append(Tensor.concatenated(features, dim: 1).to(.float32).moved(to: .cpu))
    }
    return parts.isEmpty ? Tensor.zeros([0, network.featureCount]) : .concatenated(parts, dim: 0)
  }

  /// How far the images that a network gives back are from those it saw, 1 − SSIM.
  ///
  /// - Parameters:
  ///   - images: images prepared for evaluation.
  ///   - network: one that gives images.
  ///   - progress: told how many images are done, after each batch; may throw to stop.
  /// - Returns: `[N, 1]`, float32, on the processor.
  /// - Throws: what reading an image, or `progress`, threw.
  public func errors(
    of images: ImageStore, by network: Network, _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> Tensor {
    let bounds = preprocessing.normalization.bounds(on: device)
    var parts: [Tensor] = []
    try run(images, preprocessing, progress: progress) { inputs, _ in
      let answer = network(inputs, Context(training: false))
      let errors = DecoderHead.errors(of: answer, for: bounds.pixels(of: inputs))
      parts.append(errors.unsqueezed(1).to(.float32).moved(to: .cpu))
    }
    return parts.isEmpty ? Tensor.zeros([0, 1]) : .concatenated(parts, dim: 0)
  }

  /// Scores of the classes, in float32.
  private func scores(
    of outputs: Outputs, by network: Network, _ inputs: Tensor, _ preprocessing: Preprocessing
  ) -> Tensor {
    let answer = outputs.logits.to(.float32)
    guard network.givesImages else { return network.scores(of: answer) }
    let bounds = preprocessing.normalization.bounds(on: device)
    return network.scores(of: answer, pixels: bounds.pixels(of: inputs))
  }

  /// Gives every batch of normalised images to `body`, in order and without gradients.
  private func run(
    _ images: ImageStore, _ preprocessing: Preprocessing, progress: (Int) throws -> Void,
    _ body: (Tensor, Range<Int>) -> Void
  ) throws {
    let prefetcher = Prefetcher(
      images: images, augment: [Identity()], size: preprocessing.size, workers: workers)
    var done = 0
    try prefetcher.run(StepRequest.everyRow(images.count, batchSize: batchSize)) { batch in
      let pixels = try batch.tensor(stream: 0).to(device)
      withoutGradients {
        let rows = done..<done + batch.request.count
        withAutocast(autocast, on: device) { body(preprocessing.normalization(pixels), rows) }
      }
      done += batch.request.count
      try progress(done)
    }
  }

  /// The inputs as the attack leaves them; the same images have the same, however they are put into batches, but for
  /// the last digit.
  private func attacked(
    _ inputs: Tensor, _ rows: Range<Int>, _ labels: [Int], _ network: Network,
    _ normalization: Normalization
  ) -> Tensor {
    guard let attack else { return inputs }
    require(
      labels.count >= rows.upperBound,
      "Predictor: expected a label for each image to attack, got \(labels.count)")
    let parts = rows.map { row in
      let place = row - rows.lowerBound
      var source = RandomKey(seed: 0).folding("attack").folding(row).source
      return attack.noise(
        like: inputs.narrowed(dim: 0, start: place, length: 1), using: &source)
    }
    let batch = Batch(
      inputs: inputs, target: Target(rows.map { labels[$0] }),
      bounds: normalization.bounds(on: device))
    return withGradients {
      attack(
        batch, through: NetworkPass(network, seed: 0), .evaluating, keepsBest: true,
        noise: Tensor.concatenated(parts, dim: 0))
    }
  }
}
