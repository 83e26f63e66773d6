public import Batches
import Requirements
public import Sampling

/// The examples of a run by split; the class list is the training part's.
public struct TrainingData: Sendable {
  /// Class names in plain sorted order, `[C]`.
  public let classes: [String]
  /// What is learned from.
  public let train: ExampleSet
  /// What decides which epoch is best; `nil` makes the last epoch the best.
  public let val: ExampleSet?
  /// What is looked at once, at the end.
  public let test: ExampleSet?
  /// Images without labels, for methods that learn from them; in no tally and no prior.
  public let unlabelled: ExampleSet?
  /// Class of each training example, `[N]`.
  public let labels: [Int]
  /// Training examples of each class.
  public let counts: ClassCounts

  /// The data of a run.
  /// - Throws: `ClassCountsError` when a class has no training example.
  /// - Precondition: every training example has a label.
  public init(
    classes: [String], train: ExampleSet, val: ExampleSet?, test: ExampleSet?,
    unlabelled: ExampleSet? = nil
  ) throws(ClassCountsError) {
    let labels = train.labels.compactMap { $0 }
    require(
      labels.count == train.count,
      "TrainingData: expected a label for each of \(train.count) examples, got \(labels.count)")
    (self.classes, self.train, self.val, self.test) = (classes, train, val, test)
    self.unlabelled = unlabelled
    self.labels = labels
    counts = try ClassCounts(labels: labels, classes: classes.count)
  }

  /// What batches are made of: the training examples, then those without labels.
  var pool: ExampleSet { unlabelled.map(train.followed(byUnlabelled:)) ?? train }
}
