public import Batches
import Requirements
public import Sampling

/// The examples of a run by split; the class list is the training part's.
public struct TrainingData: Sendable {
  /// Class names in the order of the logits, `[C]`; the labels where an example may have several;
  /// ranges of a number.
  public let classes: [String]
  /// What the model gives an answer of each: the classes, the labels, or the one number.
  public let answers: [String]
  /// What is learned from.
  public let train: ExampleSet
  /// What decides which epoch is best; `nil` makes the last epoch the best.
  public let val: ExampleSet?
  /// What is looked at once, at the end.
  public let test: ExampleSet?
  /// Images without labels, for methods that learn from them; in no tally and no prior.
  public let unlabelled: ExampleSet?
  /// Prepared images of these sets; nil prepares them from their files.
  public var kept: KeptImages?
  /// What the training examples have for a target.
  public let targets: TrainingTargets
  /// Training examples of each class, that have each label, or whose number lies in each range.
  public let counts: ClassCounts

  /// The data of a run.
  ///
  /// - Parameters:
  ///   - classes: names of the classes or labels, `[C]`; of numbers the one name.
  ///   - train: what is learned from.
  ///   - val: what decides which epoch is best.
  ///   - test: what is looked at once.
  ///   - unlabelled: images without labels.
  /// - Throws: `ClassCountsError` when a class has no training example, or no training example has a label.
  /// - Precondition: every training example has a class, or all sets have labels or numbers.
  public init(
    classes: [String], train: ExampleSet, val: ExampleSet?, test: ExampleSet?,
    unlabelled: ExampleSet? = nil
  ) throws(ClassCountsError) {
    (self.train, self.val, self.test) = (train, val, test)
    (self.unlabelled, answers) = (unlabelled, classes)
    switch train.truths {
    case .classes(let known):
      let labels = known.compactMap { $0 }
      require(
        labels.count == train.count,
        "TrainingData: expected a label for each of \(train.count) examples, got \(labels.count)")
      (targets, self.classes) = (.classes(labels), classes)
      counts = try ClassCounts(labels: labels, classes: classes.count)
    case .labels(let table):
      (targets, self.classes) = (.labels(table), classes)
      counts = try ClassCounts(table.present)
    case .numbers(let numbers):
      guard !numbers.isEmpty else { throw .noClasses }
      let table = NumberTable(numbers)
      (targets, self.classes) = (.numbers(table), table.bins.names)
      counts = try ClassCounts(table.counts)
    }
    let sets = [val, test].compactMap { $0 }
    require(
      sets.allSatisfy {
        ($0.labelTable != nil) == (train.labelTable != nil)
          && ($0.numbers != nil) == (train.numbers != nil)
      }, "TrainingData: expected sets of one kind of target, got classes, labels or numbers mixed")
  }

  /// What batches are made of: the training examples, then those without labels.
  var pool: ExampleSet { unlabelled.map(train.followed(byUnlabelled:)) ?? train }

}
