/// What a split may not part: the groups of some examples, joined where they share equal images.
package struct GroupTable {
  /// The classes that occur, the labels that some example has, or ranges of a number.
  let classes: ClassList
  /// Examples per class; of several labels and of cells further numbers follow those of the classes, see ``LabelStrata`` and
  /// ``CellStrata``.
  package let totals: [Int]
  /// Example indices of each group; groups and members by path.
  package let members: [[Int]]
  /// Examples per class of each group; only classes that occur, ascending.
  package let counts: [[(label: Int, count: Int)]]

  /// - Parameters:
  ///   - indices: the examples.
  ///   - data: which they index.
  ///   - together: sets of examples that stay together as groups do; those not in `indices` are
  ///     passed over.
  ///   - clusters: of each example of data of a number, see ``Strata``.
  ///   - least: examples of a cell of range and cluster that counts.
  package init(
    _ indices: [Int], of data: Dataset, together: [[Int]], clusters: [Int]? = nil,
    least: Double = 1
  ) {
    let order = data.byPath(indices)
    members = Self.joined(order, data, together)
    let strata = Strata(indices, of: data, clusters: clusters, least: least)
    let classes = strata.names
    var totals = [Int](repeating: 0, count: strata.count)
    counts = members.map { group in
      var histogram: [Int: Int] = [:]
      for index in group {
        for label in strata.of(index) { histogram[label, default: 0] += 1 }
      }
      for (label, count) in histogram { totals[label] += count }
      return histogram.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) }
    }
    self.classes = classes
    self.totals = totals
  }

  /// Whether every example is a group of its own.
  package var isOfSingles: Bool { members.allSatisfy { $0.count == 1 } }

  private static func joined(_ order: [Int], _ data: Dataset, _ together: [[Int]]) -> [[Int]] {
    var sets = DisjointSets(count: order.count)
    var firstOfGroup: [String: Int] = [:]
    for (position, index) in order.enumerated() {
      guard let group = data.examples[index].group else { continue }
      if let first = firstOfGroup[group] {
        sets.join(first, position)
      } else {
        firstOfGroup[group] = position
      }
    }
    let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    for set in together {
      let inside = set.compactMap { positions[$0] }
      for position in inside.dropFirst() { sets.join(inside[0], position) }
    }
    var members: [[Int]] = []
    var numberOfFirst: [Int: Int] = [:]
    for (position, index) in order.enumerated() {
      let first = sets.first(with: position)
      if let number = numberOfFirst[first] {
        members[number].append(index)
      } else {
        numberOfFirst[first] = members.count
        members.append([index])
      }
    }
    return members
  }
}

extension Dataset {
  /// `indices` sorted by path: what is drawn from them does not depend on the order of the rows.
  func byPath(_ indices: some Sequence<Int>) -> [Int] {
    indices.sorted {
      examples[$0].path.utf8.lexicographicallyPrecedes(examples[$1].path.utf8)
    }
  }
}
