/// How a trained network is run: options of `train`, with what the run had as their defaults.
package struct InferenceOptions: Declarations {
  package init() {}

  package let batchSize = TrainOptions.images.batchSize.defaulting(to: "the run's; of embed 32")
  package let workers = TrainOptions.images.workers
  package let device = TrainOptions.engine.device.defaulting(
    to: "where the run did; without a run auto")
  package let threads = Declaration(
    TrainOptions.engine.threads.name, default: Int?.none,
    without: "the run's, at most one per core",
    range: .optional(.atLeast(1, most: 1024)), help: "Threads of the tensor engine.")
  package let amp = TrainOptions.engine.amp.defaulting(to: "as the run; of embed off")
  package let onBadImage = TrainOptions.parts.onBadImage
}
