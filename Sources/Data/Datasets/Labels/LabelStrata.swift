import Sampling

/// What is spread evenly over the splits where an example may have several labels: the examples that have each label; of
/// labels that are not known of all, those known not to have it; and all examples.
///
/// Examples without a label, and the share of what is known, are then spread as well. Strata are counted as classes are
/// (`GroupAssignment`), but an example is in several of them.
struct LabelStrata {
  /// The labels that some example has: the first strata.
  let names: ClassList
  /// Strata in all.
  let count: Int
  private let data: Dataset
  /// The stratum of having each label, and of being known not to, `[L]`; nil where there is none.
  private let present: [Int?]
  private let absent: [Int?]

  /// - Returns: nil for data of classes.
  init?(_ indices: [Int], of data: Dataset) {
    guard let labels = data.labelNames, !labels.isEmpty else { return nil }
    self.data = data
    let table = data.labelTable(of: indices)
    var next = 0
    func stratum(_ isWanted: Bool) -> Int? {
      defer { next += isWanted ? 1 : 0 }
      return isWanted ? next : nil
    }
    present = table.present.map { stratum($0 > 0) }
    absent = zip(table.present, table.absent).map { n, m in
      stratum(m > 0 && n + m < table.count)
    }
    names = ClassList(ordered: zip(labels, present).filter { $1 != nil }.map(\.0))
    count = next + 1
  }

  /// The strata of an example.
  func of(_ index: Int) -> [Int] {
    let labels = data.examples[index].labels ?? []
    let own = labels.enumerated().compactMap { label, entry in
      entry == true ? present[label] : entry == false ? absent[label] : nil
    }
    return own + [count - 1]
  }
}
