public import Datasets
import Requirements
import Sampling

extension ExampleSet {
  /// The examples of a labelled part of a dataset.
  public init(_ set: LabelledSet) {
    self.init(set.dataset, indices: set.indices, labels: set.labels.map { $0 })
  }

  /// All examples of a dataset; labels where `classes` knows them.
  public init(_ dataset: Dataset, classes: ClassList?) {
    self.init(
      dataset, indices: Array(dataset.examples.indices),
      labels: dataset.examples.map { example in example.label.flatMap { classes?.index(of: $0) } })
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
    self.init(
      dataset, indices: indices, labels: indices.map { _ in nil },
      table: dataset.labelTable(of: indices))
  }

  private init(
    _ dataset: Dataset, indices: [Int], labels: [Int?], table: LabelTable? = nil
  ) {
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
      paths: examples.map(\.path), labels: labels, labelTable: table,
      groups: grouped ? examples.map { $0.group ?? "" } : [], content: content)
  }
}
