import Batches
import Datasets
package import Training

extension RunData {
  /// The parts as the trainer takes them.
  ///
  /// - Parameter unlabelled: images without labels to learn from, where there are some.
  /// - Throws: `DatasetError` when training is empty, `ClassCountsError` when a class has no image.
  package func training(_ unlabelled: UnlabelledImages? = nil) throws -> TrainingData {
    let present = Set(dataset.examples.compactMap(\.split))
    func part(_ split: Split) throws(DatasetError) -> ImageSet? {
      present.contains(split) ? ImageSet(try dataset.labelled(split, classes: classes)) : nil
    }
    return try TrainingData(
      classes: classes.names, train: ImageSet(try dataset.labelled(.train, classes: classes)),
      val: part(.val), test: part(.test),
      unlabelled: unlabelled.map { ImageSet($0.dataset, classes: nil) })
  }
}
