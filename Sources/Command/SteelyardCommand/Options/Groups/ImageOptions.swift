package import Batches
package import Imaging
package import Training

/// How images, and series, are prepared and put into batches.
package struct ImageOptions: Declarations {
  package init() {}

  package let cache = Declaration(
    "cache", default: ImageCacheChoice.auto,
    help:
      "Where decoded and resized images are kept for the next epoch: in memory (ram), in a file of the user's cache that later runs and other programs read too (disk), nowhere (off), or in memory where all fit and else in such a file, unless that takes more than a quarter of the free disk (auto).",
    value: "where", isFree: true)

  package let cacheMemory = Declaration(
    "cache-memory", default: 1024, range: .atLeast(0),
    help: "Memory for decoded and resized images.", value: "MiB", isFree: true)

  package let imgSize = Declaration(
    "img-size", default: Int?.none, without: "the network's",
    range: .optional(.atLeast(8, most: 16_384)),
    help: "Side of the square that images are resized to.", value: "pixels")

  package let augment = Declaration(
    "augment", default: PresetName.paper, help: "Augmentation of the training images.",
    value: "name")

  package let augmentOn = Declaration(
    "augment-on", default: AugmentationChoice.auto,
    help:
      "Who augments: the threads that prepare images (workers), the device that trains (device), or these threads and a CUDA device once they are the limit (auto).",
    value: "who", isFree: true)

  package let seriesScale = Declaration(
    "series-scale", default: SeriesScaleChoice.set,
    help:
      "Centre and scale series by mean and deviation of the training part (set), or each by its own.",
    value: "what")

  package let batchSize = Declaration(
    "batch-size", short: "b", default: 32, range: .atLeast(1), help: "Images of a batch.")

  package let workers = Declaration(
    "workers", short: "j", default: 2, range: .atLeast(1, most: 1024),
    help: "Threads that prepare images.", isFree: true)
}
