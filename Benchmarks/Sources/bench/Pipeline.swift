import Batches
import Imaging
import Randomness

/// Worker threads decode, resize, crop and flip; batches are normalised into tensors. No network.
/// Nothing is kept in memory between epochs, as a data set larger than memory would have it.
func pipelineRate(_ work: Work) throws -> Double {
  let images = ExampleSet(try work.images())
  let preset = Preset(.crop, size: ImageSize(work.size))
  let prefetcher = Prefetcher(
    images: images.training(preset, budget: 0), augment: [preset.random], size: preset.size,
    workers: work.options.workers)
  let normalization = Normalization(mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])

  var source = RandomSource(seed: 0)
  let requests = (0..<work.warmup + work.steps).map { step in
    StepRequest(
      streams: [(0..<work.batch).map { _ in source.below(images.count) }],
      key: RandomKey(seed: 0).folding(step))
  }
  var ends: [ContinuousClock.Instant] = []
  try prefetcher.run(requests) { batch in
    _ = normalization(try batch.tensor(stream: 0))
    ends.append(.now)
  }
  return work.rate(ends)
}
