public import Batches
import Imaging
public import Networks
import Requirements
import Torch

/// Features of any number of images, in one pass and with the memory of a few batches.
///
/// Every batch has the same size, the last one filled up with black images, so that no kernel is chosen by what is left: the
/// features are the same bytes for any number of workers, and wherever the pass begins at a whole batch.
public struct Embedder {
  /// What makes the features.
  public var network: Network
  /// What happens to an image before it.
  public var preprocessing: ImagePreprocessing
  /// Batch size, workers, precision and device.
  public var predictor: Predictor
  /// Views of each image that are averaged, in `1...12`.
  public var views: Int

  /// An embedder of its parts.
  public init(
    network: Network, preprocessing: ImagePreprocessing, predictor: Predictor, views: Int = 1
  ) {
    (self.network, self.preprocessing) = (network, preprocessing)
    (self.predictor, self.views) = (predictor, views)
  }

  /// Most views that are averaged.
  public static let mostViews = TestViews.most

  /// Numbers of a row, the branches' side by side.
  public var width: Int { network.featureCount * network.form.branches }

  /// Gives the features of the images to `body`, batch by batch in order.
  ///
  /// - Parameters:
  ///   - images: a set of images.
  ///   - first: the first that is wanted, a multiple of the batch size.
  ///   - body: gets the number of the first image of a batch, the features of each, `[N, width]` flat with N the images
  ///     of the batch, and those of them that cannot be read, whose features mean nothing; may throw to stop.
  /// - Throws: what `body` threw.
  /// - Precondition: `first` begins a batch; `views` is in range.
  public func run(
    over images: ExampleSet, from first: Int = 0,
    _ body: (_ row: Int, _ features: [Float], _ unreadable: [Int: any Error]) throws -> Void
  ) throws {
    let size = predictor.batchSize
    require(
      first % size == 0 && images.read != nil,
      "Embedder.run: expected images from a multiple of \(size) on, got \(first)")
    let readable = ReadableImages()
    let source = readable.images(of: images).source(
      for: .evaluation, .images(preprocessing.withoutCrops), workers: predictor.workers)
    let requests = StepRequest.everyRow(images.count, batchSize: size).dropFirst(first / size)
    let context = predictor.context
    let lanes = SliceLanes(on: predictor.device, autocast: predictor.autocast) { inputs, _ in
      self.features(inputs.values, context)
    }
    defer { lanes.finish() }
    var batch: [Float] = []
    func take(_ part: Tensor, _ rows: [Int]) throws {
      batch += part.scalars(as: Float.self)
      // The last slice of a batch.
      guard let last = rows.last, (last + 1) % size == 0 else { return }
      let own = last + 1 - size..<min(last + 1, images.count)
      let failures = readable.failures.filter { own.contains($0.key) }
      try body(own.lowerBound, Array(batch.prefix(own.count * width)), failures)
      batch = []
    }
    try source.run(Array(requests), views: [.standard]) { step in
      let start = step.request.streams[0][0]
      let inputs = try step.inputs(stream: 0, on: predictor.device).values
      try lanes.put(Inputs(filled(inputs)), Array(start..<start + size), take: take)
    }
    try lanes.takeRest(take)
  }

  /// The batch with black images behind its own up to the size of all.
  private func filled(_ images: Tensor) -> Tensor {
    let missing = predictor.batchSize - images.shape[0]
    guard missing > 0 else { return images }
    let black = Tensor.zeros(
      [missing] + images.shape.dropFirst(), dtype: images.dtype, device: images.device)
    return Tensor.concatenated([images, black], dim: 0).channelsLast()
  }

  /// The mean of the features of all views, `[N, D]`, float32 on the processor.
  private func features(_ images: Tensor, _ context: Context) -> Tensor {
    let all = TestViews.first(views, of: images).map { view in
      let parts = network.features(view, context).map { $0.to(.float32) }
      return parts.count == 1 ? parts[0] : Tensor.concatenated(parts, dim: 1)
    }
    let sum = all.dropFirst().reduce(all[0], +)
    return (views == 1 ? sum : sum * (1 / Double(views))).moved(to: .cpu)
  }
}
