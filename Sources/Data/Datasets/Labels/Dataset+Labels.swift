import Requirements
public import Sampling

/// Data in which an example may have several labels.
extension Dataset {
  /// The labels of some examples.
  ///
  /// - Parameter indices: into ``examples``.
  /// - Precondition: the data have ``labelNames``.
  public func labelTable(of indices: [Int]) -> LabelTable {
    guard let labelNames, !labelNames.isEmpty else {
      requirementFailed("Dataset.labelTable: expected data of several labels, got classes")
    }
    return LabelTable(
      indices.flatMap { index in
        examples[index].labels ?? labelNames.map { _ in nil }
      }, width: labelNames.count)
  }

  /// The labels of the model: those of the data, each of which the training part (all examples before the data are split)
  /// shows both ways.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` for labels that are known of no example, that none has, or that all have;
  ///   ``DatasetError/noLabels(path:expected:)``; ``DatasetError/emptySplit(_:present:)``.
  public func trainingLabels() throws(DatasetError) -> ClassList {
    guard let labelNames, !labelNames.isEmpty else {
      throw .noLabels(path: name, expected: "at least one label that an image has")
    }
    let isSplit = examples.contains { $0.split != nil }
    let training = examples.indices.filter { !isSplit || examples[$0].split == .train }
    guard let first = training.first else { throw .emptySplit(.train, present: splits) }
    let table = labelTable(of: training)
    var problems = DataProblems()
    for (label, name) in labelNames.enumerated() {
      let (n, m) = (table.present[label], table.absent[label])
      if n + m == 0 {
        problems.add(.labelNeverKnown(originalLabels[name] ?? name), at: examples[first].file)
      } else if n == 0 || m == 0 {
        problems.add(
          .labelNeverDiffers(
            originalLabels[name] ?? name, isThere: m == 0, known: n + m),
          at: examples[first].file)
      }
    }
    try problems.check()
    return ClassList(ordered: labelNames)
  }

  /// The data without some labels; all examples stay.
  ///
  /// - Throws: ``DatasetError/unknownClasses(_:known:)`` when a name is no label of the data.
  public func dropping(labels names: [String]) throws(DatasetError) -> Dataset {
    let known = labelNames ?? []
    let unknown = names.filter { !known.contains($0) }
    guard unknown.isEmpty else { throw .unknownClasses(unknown, known: known) }
    let kept = known.indices.filter { !names.contains(known[$0]) }
    return choosing(labels: kept.map { known[$0] }, at: kept)
  }

  /// The data with a value for what is not known of a label.
  ///
  /// Source: Irvin et al., "CheXpert", AAAI 2019: U-zeros and U-ones.
  public func taking(unknown value: Bool) -> Dataset {
    var result = self
    for index in examples.indices {
      result.examples[index].labels = examples[index].labels?.map { $0 ?? value }
    }
    return result
  }

  /// What an example is, for tables and messages: its class, or the labels that it has, `a|b`, with a question mark behind
  /// one that is not known; nil where it has no class.
  public func labelText(of index: Int) -> String? {
    guard let labelNames, let labels = examples[index].labels else { return examples[index].label }
    return zip(labelNames, labels).compactMap { name, entry in
      entry == nil ? "\(name)?" : entry == true ? name : nil
    }.joined(separator: "|")
  }

  /// The data with these labels in this order, as a model has them.
  ///
  /// A label that lists do not name is one that no example has. Labels of the data besides are left out. Both are said in
  /// ``reading``.
  ///
  /// - Throws: ``DatasetError/unknownClasses(_:known:)`` when data whose labels stand in columns or arrays lack one.
  public func choosing(labels names: [String]) throws(DatasetError) -> Dataset {
    let known = labelNames ?? []
    let absent = names.filter { !known.contains($0) }
    guard absent.isEmpty || reading.labelsAreLists else {
      throw .unknownClasses(absent, known: known)
    }
    var result = choosing(labels: names, at: names.map { known.firstIndex(of: $0) })
    let ignored = known.filter { !names.contains($0) }
    if !absent.isEmpty { result.reading.notes.append(.labelsOfNone(absent)) }
    if !ignored.isEmpty { result.reading.notes.append(.labelsNotOfModel(ignored)) }
    return result
  }

  /// Some of the labels, in the order asked for; one without a place is there in no example.
  private func choosing(labels names: [String], at places: [Int?]) -> Dataset {
    var result = self
    result.labelNames = names
    for index in examples.indices {
      result.examples[index].labels = examples[index].labels.map { labels in
        places.map { place in place.map { labels[$0] } ?? false }
      }
    }
    return result
  }

  /// The data with labels of these names, in the order of the list; a label that the list lacks is a problem.
  ///
  /// - Parameter leftOut: labels that were dropped, which the data need not have.
  func naming(
    labels names: ClassNames, leftOut: Set<String>
  ) throws(DatasetError) -> Dataset {
    let own = labelNames ?? []
    var list = names.resolved(for: Set(own).union(leftOut))
    list.entries.removeAll { leftOut.contains($0.label) }
    var problems = DataProblems()
    for (place, name) in own.enumerated() where !list.entries.contains(where: { $0.label == name })
    {
      let origin = examples.first { $0.labels?[place] == true } ?? examples.first
      problems.add(
        .notInClassNames(
          name, count: examples.count { $0.labels?[place] == true }, file: names.path,
          numbered: list.areNumbered ? names.entries.count : nil),
        at: origin?.origin ?? names.path)
    }
    for entry in list.entries where !own.contains(entry.label) {
      problems.add(.classWithoutImage(entry.label), at: "\(names.path):\(entry.line)")
    }
    try problems.check()
    var result = choosing(
      labels: list.entries.map(\.name), at: list.entries.map { own.firstIndex(of: $0.label) })
    result.classNames = list
    return result
  }

  /// The data with the names of those labels that the list has; the order stays.
  func renaming(labels names: ClassNames) -> Dataset {
    let own = labelNames ?? []
    let list = names.resolved(for: Set(own))
    let name = Dictionary(list.entries.map { ($0.label, $0.name) }) { first, _ in first }
    var result = self
    result.labelNames = own.map { name[$0] ?? $0 }
    result.classNames = list
    return result
  }
}
