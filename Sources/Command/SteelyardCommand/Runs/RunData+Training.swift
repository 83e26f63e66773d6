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
    func part(_ split: Split) throws(DatasetError) -> ExampleSet? {
      guard present.contains(split) else { return nil }
      return
        switch dataset.target
      {
      case .classes: ExampleSet(try dataset.labelled(split, classes: classes))
      case .labels: ExampleSet(labelsOf: dataset, split)
      case .number: ExampleSet(numbersOf: dataset, split)
      }
    }
    if dataset.target != .classes {
      guard let train = try part(.train) else {
        throw DatasetError.emptySplit(.train, present: dataset.splits)
      }
      return try TrainingData(
        classes: classes.names, train: train, val: part(.val), test: part(.test))
    }
    return try TrainingData(
      classes: classes.names, train: ExampleSet(try dataset.labelled(.train, classes: classes)),
      val: part(.val), test: part(.test),
      unlabelled: unlabelled.map { ExampleSet($0.dataset, classes: nil) })
  }
}

extension RunData {
  /// What messages call what is spread over the splits: class, label where an example may have several, range of a number.
  var noun: String {
    switch dataset.target {
    case .classes: "class"
    case .labels: "label"
    case .number: "range"
    }
  }
}
