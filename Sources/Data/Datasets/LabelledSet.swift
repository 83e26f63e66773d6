import Requirements
public import Sampling

/// A part of a data set with its labels as numbers: what training and evaluation go through.
public struct LabelledSet: Sendable {
  /// The data set the part is taken from.
  public let dataset: Dataset
  /// The classes that ``labels`` index.
  public let classes: ClassList
  /// The part, as indices into `dataset.examples`, `[N]`; ascending as
  /// ``Dataset/labelled(_:classes:)`` makes it.
  public let indices: [Int]
  /// The class of each, `[N]`, in `0..<classes.count`.
  public let labels: [Int]

  /// A part of its parts.
  ///
  /// - Parameters:
  ///   - dataset: the data set the part is taken from.
  ///   - classes: the classes that `labels` index.
  ///   - indices: the part, as indices into `dataset.examples`, `[N]`.
  ///   - labels: the class of each, `[N]`, in `0..<classes.count`.
  /// - Precondition: as many labels as indices.
  public init(dataset: Dataset, classes: ClassList, indices: [Int], labels: [Int]) {
    require(
      indices.count == labels.count,
      "LabelledSet: expected \(indices.count) labels, got \(labels.count)")
    (self.dataset, self.classes) = (dataset, classes)
    (self.indices, self.labels) = (indices, labels)
  }

  /// Number of examples, N.
  public var count: Int { indices.count }

  /// Examples per class, `[C]`; zero where the part lacks a class.
  public var counts: [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// The counts as samplers and methods want them.
  ///
  /// - Throws: `ClassCountsError` when a class has no example, which training never has.
  public func classCounts() throws(ClassCountsError) -> ClassCounts {
    try ClassCounts(labels: labels, classes: classes.count)
  }

  /// The example at a position of the part.
  ///
  /// - Precondition: `position` is in `0..<count`.
  public func example(at position: Int) -> Example { dataset.examples[indices[position]] }
}

extension Dataset {
  /// The labelled examples of a split, or of the whole set when `split` is nil.
  ///
  /// - Parameters:
  ///   - split: the part; nil takes every example.
  ///   - classes: the model's classes.
  /// - Throws: ``DatasetError/problems(_:)`` for labels that `classes` does not know and for missing
  ///   ones; ``DatasetError/emptySplit(_:present:)`` when nothing is in the split.
  public func labelled(_ split: Split?, classes: ClassList) throws(DatasetError) -> LabelledSet {
    var problems = DataProblems()
    var indices: [Int] = []
    var labels: [Int] = []
    for (index, example) in examples.enumerated() where split == nil || example.split == split {
      guard let label = example.label else {
        problems.add(.emptyLabel, at: example.origin)
        continue
      }
      guard let number = classes.index(of: label) else {
        problems.add(.unknownClass(label, known: classes.names), at: example.origin)
        continue
      }
      indices.append(index)
      labels.append(number)
    }
    try problems.check()
    if indices.isEmpty {
      if let split { throw .emptySplit(split, present: splits) }
      throw .empty(path: name, expected: "at least one image")
    }
    return LabelledSet(dataset: self, classes: classes, indices: indices, labels: labels)
  }
}
