import Requirements

/// Data whose examples have a number each.
extension Dataset {
  /// The numbers of some examples, `[M]`, in the order asked for.
  ///
  /// - Parameter indices: into ``examples``.
  /// - Precondition: every index is in ``examples``, and its example has a number, as all have
  ///   where the data have ``numberName``.
  public func numbers(of indices: [Int]) -> [Double] {
    indices.map { index in
      guard let number = examples[index].number else {
        requirementFailed("Dataset.numbers: expected an example with a number, got none")
      }
      return number
    }
  }

  /// The data with the labels read as numbers, named by the column that they stand in.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` for labels that are no finite numbers.
  func readingNumbers() throws(DatasetError) -> Dataset {
    var (result, problems) = (self, DataProblems())
    for (index, example) in examples.enumerated() {
      let text = example.label ?? ""
      if let number = Self.number(text) {
        result.examples[index].number = number
      } else {
        problems.add(text.isEmpty ? .emptyLabel : .notANumber(text), at: example.origin)
      }
    }
    try problems.check()
    let columns = reading.tables.flatMap(\.used).first { $0.role == .label }?.columns
    result.target = .number(columns?.count == 1 ? columns?.first ?? "y" : "y")
    return result
  }

  /// A finite number as a cell spells it; nil where it is none.
  static func number(_ text: String) -> Double? {
    guard let number = Double(text), number.isFinite, !text.lowercased().contains("0x") else {
      return nil
    }
    return number
  }

  /// The number that a model learns: its name, where the training part (all examples before the data are split) shows more
  /// than one value of it.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` where it shows one value; ``DatasetError/emptySplit(_:present:)``.
  /// - Precondition: the data have ``numberName``.
  public func trainingNumber() throws(DatasetError) -> ClassList {
    guard let numberName else {
      requirementFailed("Dataset.trainingNumber: expected data of numbers, got classes or labels")
    }
    let isSplit = examples.contains { $0.split != nil }
    let training = examples.filter { !isSplit || $0.split == .train }
    guard let first = training.first else { throw .emptySplit(.train, present: splits) }
    var problems = DataProblems()
    if training.allSatisfy({ $0.number == first.number }) {
      problems.add(
        .numberNeverDiffers(numberName, value: first.number ?? 0), at: first.origin)
    }
    try problems.check()
    return ClassList(ordered: [numberName])
  }
}
