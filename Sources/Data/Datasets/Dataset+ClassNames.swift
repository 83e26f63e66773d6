extension Dataset {
  /// The data with these classes: examples get the names, and the order is that of the list.
  ///
  /// What identifies the data stays that of the labels: ``digest`` and the rows of a split file.
  ///
  /// - Parameters:
  ///   - names: the classes.
  ///   - leftOut: labels of classes that were dropped, which need no image.
  /// - Throws: ``DatasetError/problems(_:)``: together, every class of the data that is not in the list and
  ///   every class of the list without an image.
  public func naming(
    _ names: ClassNames, leftOut: [String] = []
  ) throws(DatasetError) -> Dataset {
    if labelNames != nil { return try naming(labels: names, leftOut: Set(leftOut)) }
    let (result, unknown) = named(names, leftOut: Set(leftOut))
    var problems = DataProblems()
    for (label, indices) in unknown.sorted(by: { $0.value[0] < $1.value[0] }) {
      problems.add(
        .notInClassNames(
          label, count: indices.count, file: names.path,
          numbered: result.classNames?.areNumbered == true ? names.entries.count : nil),
        at: examples[indices[0]].origin)
    }
    let present = Set(result.examples.compactMap(\.label))
    for entry in result.classNames?.entries ?? [] where !present.contains(entry.name) {
      problems.add(.classWithoutImage(entry.label), at: "\(names.path):\(entry.line)")
    }
    try problems.check()
    return result
  }

  /// Other data than those that the list was made for: they need not have every class, and a label that the list
  /// does not know stays as it is.
  public func renaming(_ names: ClassNames) -> Dataset {
    labelNames == nil ? named(names, leftOut: []).0 : renaming(labels: names)
  }

  private func named(
    _ names: ClassNames, leftOut: Set<String>
  ) -> (Dataset, unknown: [String: [Int]]) {
    let labels = Set(examples.compactMap(\.label))
    var names = names.resolved(for: labels.union(leftOut))
    names.entries.removeAll { leftOut.contains($0.label) }
    let nameOfLabel = Dictionary(names.entries.map { ($0.label, $0.name) }) { first, _ in first }
    var result = self
    var unknown: [String: [Int]] = [:]
    for index in examples.indices {
      guard let label = examples[index].label else { continue }
      if let name = nameOfLabel[label] {
        result.examples[index].label = name
      } else {
        unknown[label, default: []].append(index)
      }
    }
    result.classNames = names
    return (result, unknown)
  }

  /// These classes in the order of ``classNames``; those that it lacks, and all where there is none, by the
  /// bytes of their names.
  func ordered(_ names: some Sequence<String>) -> ClassList {
    let sorted = ClassList(names)
    guard let classNames else { return sorted }
    let first = classNames.entries.map(\.name).filter { sorted.index(of: $0) != nil }
    let listed = Set(first)
    return ClassList(ordered: first + sorted.names.filter { !listed.contains($0) })
  }

  /// What the data call the classes, by the names that they have been given.
  package var originalLabels: [String: String] {
    Dictionary(classNames?.entries.map { ($0.name, $0.label) } ?? []) { first, _ in first }
  }
}
