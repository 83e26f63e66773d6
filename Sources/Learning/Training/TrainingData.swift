public import Batches
import Requirements
public import Sampling

/// The images of a run by split; the class list is the training part's.
public struct TrainingData: Sendable {
  /// Class names in plain sorted order, `[C]`.
  public let classes: [String]
  /// What is learned from.
  public let train: ImageSet
  /// What decides which epoch is best; `nil` makes the last epoch the best.
  public let val: ImageSet?
  /// What is looked at once, at the end.
  public let test: ImageSet?
  /// Images without labels, for methods that learn from them; in no tally and no prior.
  public let unlabelled: ImageSet?
  /// Class of each training image, `[N]`.
  public let labels: [Int]
  /// Training images of each class.
  public let counts: ClassCounts

  /// The data of a run.
  /// - Throws: `ClassCountsError` when a class has no training image.
  /// - Precondition: every training image has a label.
  public init(
    classes: [String], train: ImageSet, val: ImageSet?, test: ImageSet?,
    unlabelled: ImageSet? = nil
  ) throws(ClassCountsError) {
    let labels = train.labels.compactMap { $0 }
    require(
      labels.count == train.count,
      "TrainingData: expected a label for each of \(train.count) images, got \(labels.count)")
    (self.classes, self.train, self.val, self.test) = (classes, train, val, test)
    self.unlabelled = unlabelled
    self.labels = labels
    counts = try ClassCounts(labels: labels, classes: classes.count)
  }

  /// What batches are made of: the training images, then those without labels.
  var pool: ImageSet { unlabelled.map(train.followed(byUnlabelled:)) ?? train }
}
