public import Imaging
import Networks
import Torch

/// Images of a set, decoded, augmented and normalised: `[N, 3, H, W]`.
public struct ImageInputs: InputSource {
  private let images: ImageStore
  private let size: ImageSize
  private let normalization: Normalization
  private let workers: Int
  private let place: AugmentationPlace?
  private let transform: @Sendable (View) -> any Transform

  /// - Parameters:
  ///   - images: where images come from, prepared for training or for evaluation.
  ///   - size: of every image in a batch, in pixels.
  ///   - normalization: centring and scaling of the pixels.
  ///   - workers: threads, at least 1.
  ///   - place: where the random part of a view is made; `nil` is by the workers.
  ///   - transform: the random part of a view; its result has `size`.
  public init(
    images: ImageStore, size: ImageSize, normalization: Normalization, workers: Int,
    place: AugmentationPlace? = nil, transform: @escaping @Sendable (View) -> any Transform
  ) {
    (self.images, self.size, self.normalization) = (images, size, normalization)
    (self.workers, self.place, self.transform) = (workers, place, transform)
  }

  /// Images there are, N.
  public var count: Int { images.count }

  /// Decodes and augments ahead of `body`, on threads of its own; see ``Prefetcher``.
  ///
  /// - Throws: what reading an image, moving it to a device, or `body` threw.
  /// - Precondition: each request has a stream for each view; at least one worker.
  public func run(
    _ requests: [StepRequest], views: [View], _ body: (StepInputs) throws -> Void
  ) throws {
    let place = place
    let prefetcher = Prefetcher(
      images: images, augment: views.map(transform), size: size, workers: workers
    ) { place?.leaves ?? false }
    let start = ContinuousClock.now
    let times = try prefetcher.run(requests) { batch in
      try body(
        StepInputs(batch.request) { stream, device in
          let pixels =
            try place?.finished(batch.images(of: stream), size: size, on: device)
            ?? batch.tensor(stream: stream, on: device)
          return Inputs(normalization(pixels))
        })
    }
    place?.note(
      times, steps: requests.count, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
