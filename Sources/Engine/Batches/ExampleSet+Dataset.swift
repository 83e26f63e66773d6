public import Datasets
import Files
import Requirements
import Sampling

extension ExampleSet {
  /// The examples of a labelled part of a dataset.
  public init(_ set: LabelledSet) {
    self.init(set.dataset, indices: set.indices, .classes(set.labels))
  }

  /// All examples of a dataset; labels where `classes` knows them.
  public init(_ dataset: Dataset, classes: ClassList?) {
    self.init(
      dataset, indices: Array(dataset.examples.indices),
      .classes(
        dataset.examples.map { example in example.label.flatMap { classes?.index(of: $0) } }))
  }

  /// The examples of a part of a dataset whose examples may have several labels.
  ///
  /// - Parameters:
  ///   - dataset: with ``Datasets/Dataset/labelNames``.
  ///   - part: which part; all where `nil`.
  /// - Precondition: the dataset has labels.
  public init(labelsOf dataset: Dataset, _ part: Split?) {
    let indices = dataset.examples.indices.filter {
      part == nil || dataset.examples[$0].split == part
    }
    self.init(dataset, indices: indices, .labels(dataset.labelTable(of: indices)))
  }

  /// The examples of a part of a dataset whose examples have a number each.
  ///
  /// - Parameters:
  ///   - dataset: with ``Datasets/Dataset/numberName``.
  ///   - part: which part; all where `nil`.
  /// - Precondition: the dataset has numbers.
  public init(numbersOf dataset: Dataset, _ part: Split?) {
    let indices = dataset.examples.indices.filter {
      part == nil || dataset.examples[$0].split == part
    }
    self.init(dataset, indices: indices, .numbers(dataset.numbers(of: indices)))
  }

  private init(_ dataset: Dataset, indices: [Int], _ truths: Truths) {
    let examples = indices.map { dataset.examples[$0] }
    let grouped = examples.contains { $0.group != nil }
    let content: Content
    if let rows = dataset.rows {
      content = .rows(
        rows,
        members: examples.map { example in
          guard case .row(let number) = example.source else {
            requirementFailed("ExampleSet: expected a row of numbers, got \(example.source)")
          }
          return number
        })
    } else {
      content = .images { row, atLeast in try dataset.image(at: indices[row], atLeast: atLeast) }
    }
    self.init(
      paths: examples.map(\.path), truths: truths,
      groups: grouped ? examples.map { $0.group ?? "" } : [], content: content)
    if examples.contains(where: { $0.digest != nil }) {
      digests = examples.map(\.digest)
      digestNow = { row in ContentDigest(of: try dataset.bytes(at: indices[row])) }
    }
    studies = dataset.studyColumn.map { column in
      Studies(column: column, names: examples.map { $0.study ?? "" })
    }
  }
}
