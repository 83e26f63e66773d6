public import Datasets

extension ImageSet {
  /// The images of a labelled part of a dataset.
  public init(_ set: LabelledSet) {
    let (dataset, indices) = (set.dataset, set.indices)
    let examples = indices.map { dataset.examples[$0] }
    let grouped = examples.contains { $0.group != nil }
    self.init(
      paths: examples.map(\.path), labels: set.labels.map { $0 },
      groups: grouped ? examples.map { $0.group ?? "" } : []
    ) { row, atLeast in
      try dataset.image(at: indices[row], atLeast: atLeast)
    }
  }

  /// All images of a dataset; labels where `classes` knows them.
  public init(_ dataset: Dataset, classes: ClassList?) {
    let examples = dataset.examples
    let grouped = examples.contains { $0.group != nil }
    self.init(
      paths: examples.map(\.path),
      labels: examples.map { example in example.label.flatMap { classes?.index(of: $0) } },
      groups: grouped ? examples.map { $0.group ?? "" } : []
    ) { row, atLeast in
      try dataset.image(at: row, atLeast: atLeast)
    }
  }
}
