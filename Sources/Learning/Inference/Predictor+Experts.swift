public import Batches
import Imaging
public import Networks
import Randomness
import Torch

extension Predictor {
  /// Weighs the experts of a network for images whose labels are not known or not looked at.
  ///
  /// Each pass shows every image twice, augmented as in training, in an order of its own; it ends early once an
  /// expert weighs less than `floor`. The same seed gives the same weights for any number of workers.
  ///
  /// Departs from the paper: the views are those of the model's training, where the paper's are crops, flips,
  /// jitter, grey and blur. The images are those that are then judged, as the paper has it; its code for CIFAR
  /// takes training images in the test set's proportions.
  ///
  /// - Parameters:
  ///   - set: the images; labels are not read.
  ///   - network: a network of several heads; it stays as it is.
  ///   - preprocessing: of the model; its augmentation makes the views.
  ///   - method: the method's name, for an error.
  ///   - seed: of the order and the views.
  ///   - epochs: passes at most, at least 1.
  ///   - floor: the weight below which fitting ends, in `0..<1`.
  ///   - skipping: whether images that cannot be read are passed over; else they are an error.
  ///   - progress: told how many views of images are done; may throw to stop.
  /// - Throws: `AdaptationError`, or what reading an image or `progress` threw.
  public func adaptedExperts(
    for set: ExampleSet, of network: Network, _ preprocessing: Preprocessing, method: String,
    seed: UInt64 = 0, epochs: Int = 5, floor: Double = 0.05, skipping: Bool = false,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> AdaptedExperts {
    guard network.heads.count > 1 else { throw AdaptationError.oneHead(method: method) }
    guard let pictures = preprocessing.images, pictures.preset != .none else {
      throw AdaptationError.noViews
    }
    let views = Views(set, pictures, key: RandomKey(seed: seed), skipping: skipping)
    var fit = ExpertAggregation(experts: network.heads.count)
    var agreements: [Double] = []
    var images = 0
    for epoch in 0..<max(epochs, 1) {
      var (sum, rows) = (0.0, 0)
      try views.run(epoch, batchSize: batchSize, workers: workers) { first, second in
        let logits = try [first, second].map { pixels in
          let inputs = pictures.normalization(try pixels.to(device))
          return withoutGradients {
            withAutocast(autocast, on: device) {
              network.logits(of: network.features(inputs, Context()), Context())
            }
          }
        }
        let count = first.shape[0]
        sum += fit.step(logits[0], logits[1]) * Double(count)
        rows += count
        try progress(epoch * set.count + rows)
      }
      guard rows > 0 else { throw AdaptationError.noImages }
      images = rows
      agreements.append(sum / Double(rows))
      if fit.weights.contains(where: { $0 < floor }) { break }
    }
    return AdaptedExperts(
      weights: fit.weights, images: images, epochs: agreements.count, seed: seed,
      firstAgreement: agreements[0], lastAgreement: agreements[agreements.count - 1])
  }
}

/// Two views of every image, pass by pass.
private struct Views {
  let set: ExampleSet
  let readable: ReadableImages?
  let store: ImageStore
  let preset: Preset
  let key: RandomKey

  init(_ set: ExampleSet, _ preprocessing: ImagePreprocessing, key: RandomKey, skipping: Bool) {
    (self.set, self.key) = (set, key)
    preset = preprocessing.transforms
    readable = skipping ? ReadableImages() : nil
    store = (readable?.images(of: set) ?? set).training(preset, budget: 0)
  }

  /// Gives both views of each batch to `body`, `[N, H, W, 3]`, without what cannot be read.
  func run(
    _ epoch: Int, batchSize: Int, workers: Int, _ body: (Tensor, Tensor) throws -> Void
  ) throws {
    var source = key.folding("order").folding(epoch).source
    let order = source.shuffle(set.count)
    let requests = stride(from: 0, to: order.count, by: batchSize).map { start in
      let rows = Array(order[start..<min(start + batchSize, order.count)])
      return StepRequest(
        streams: [rows, rows], key: key.folding("views").folding(epoch).folding(start))
    }
    let prefetcher = Prefetcher(
      images: store, augment: [preset.random, preset.random], size: preset.size, workers: workers)
    try prefetcher.run(requests) { batch in
      let failures = readable?.failures ?? [:]
      let rows = batch.request.streams[0]
      let kept = rows.indices.filter { failures[rows[$0]] == nil }
      guard !kept.isEmpty else { return }
      let pixels = try (0..<2).map { try batch.tensor(stream: $0) }
      guard kept.count < rows.count else { return try body(pixels[0], pixels[1]) }
      let places = Tensor(kept.map(Int64.init), shape: [kept.count])
      try body(
        pixels[0].indexSelect(dim: 0, places), pixels[1].indexSelect(dim: 0, places))
    }
  }
}
