public import Batches
import Requirements
public import Sampling

/// The examples of a run by split; the class list is the training part's.
public struct TrainingData: Sendable {
  /// Class names in plain sorted order, `[C]`; the labels where an example may have several.
  public let classes: [String]
  /// What is learned from.
  public let train: ExampleSet
  /// What decides which epoch is best; `nil` makes the last epoch the best.
  public let val: ExampleSet?
  /// What is looked at once, at the end.
  public let test: ExampleSet?
  /// Images without labels, for methods that learn from them; in no tally and no prior.
  public let unlabelled: ExampleSet?
  /// Class of each training example, `[N]`; empty where it may have several labels.
  public let labels: [Int]
  /// The labels of each training example, where it may have several.
  public let labelTable: LabelTable?
  /// Training examples of each class, or that have each label.
  public let counts: ClassCounts

  /// The data of a run.
  /// - Throws: `ClassCountsError` when a class has no training example, or no training example has a label.
  /// - Precondition: every training example has a class, or all sets have tables of labels.
  public init(
    classes: [String], train: ExampleSet, val: ExampleSet?, test: ExampleSet?,
    unlabelled: ExampleSet? = nil
  ) throws(ClassCountsError) {
    let labels = train.labels.compactMap { $0 }
    let tables = [train, val, test].compactMap { $0.map { $0.labelTable != nil } }
    require(
      labels.count == train.count || tables.allSatisfy { $0 },
      "TrainingData: expected a label for each of \(train.count) examples, got \(labels.count)")
    (self.classes, self.train, self.val, self.test) = (classes, train, val, test)
    self.unlabelled = unlabelled
    self.labels = labels
    labelTable = train.labelTable
    counts =
      if let table = train.labelTable {
        try ClassCounts(table.present)
      } else {
        try ClassCounts(labels: labels, classes: classes.count)
      }
  }

  /// What the network should say of some training examples.
  func target(of rows: [Int]) -> Target {
    labelTable.map { Target(Target.Entries($0, rows: rows)) } ?? Target(rows.map { labels[$0] })
  }

  /// What batches are made of: the training examples, then those without labels.
  var pool: ExampleSet { unlabelled.map(train.followed(byUnlabelled:)) ?? train }

  /// The class of a training example, or the labels that it has.
  func classes(of row: Int) -> [Int] {
    guard let labelTable else { return [labels[row]] }
    return (0..<labelTable.width).filter { labelTable[row, $0] == true }
  }
}
