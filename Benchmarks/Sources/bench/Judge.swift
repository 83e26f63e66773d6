import Batches
import Evaluation
import Imaging
import Inference
import Networks
import Torch

/// What `steelyard predict` and `steelyard evaluate` do between the model's file and their own: each image is read and
/// judged once, in the precision that the command chooses here; to evaluate ends in the report of all metrics.
///
/// - Parameters:
///   - network: name of an architecture; its weights are untrained.
///   - work: the images and the size of a batch.
///   - evaluates: whether metrics follow.
/// - Returns: images a second, of the pass as a whole.
func judgingRate(_ network: String, _ work: Work, evaluates: Bool) throws -> Double {
  let labelled = try work.images()
  let set = ExampleSet(labelled)
  let names = labelled.classes.names
  let architecture = try Architectures.named(network)
  let model = architecture.build(classes: names.count, using: Generator(seed: 0))
  let preprocessing = Preprocessing(
    size: ImageSize(work.size), preset: .crop,
    normalization: Normalization(mean: architecture.mean, std: architecture.std))
  let predictor = Predictor(
    batchSize: work.batch, workers: work.options.workers, autocast: work.autocast,
    device: work.options.device)

  let start = ContinuousClock.now
  let predictions = try predictor.predictions(
    on: set, by: model, classes: names, preprocessing)
  if evaluates { _ = MetricsReport(predictions) }
  return Double(set.count) / ((ContinuousClock.now - start) / .seconds(1))
}
