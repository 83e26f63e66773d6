import Requirements

/// Which of L labels each of N examples has, does not have, or is not known to have: all that samplers and methods may know
/// of the data before training, where an example may have several labels.
public struct LabelTable: Sendable, Equatable {
  /// Number of labels, L.
  public let width: Int
  /// `[N, L]` flat; `nil` where it is not known.
  public let entries: [Bool?]
  /// Examples that have each label, n, `[L]`.
  public let present: [Int]
  /// Examples known not to have it, m, `[L]`.
  public let absent: [Int]

  /// - Parameters:
  ///   - entries: `[N, L]` flat; `nil` where it is not known.
  ///   - width: number of labels, L, at least 1.
  /// - Precondition: whole rows.
  public init(_ entries: [Bool?], width: Int) {
    require(
      width >= 1 && entries.count.isMultiple(of: width),
      "LabelTable: expected rows of \(width) labels, at least 1, got \(entries.count) entries")
    (self.entries, self.width) = (entries, width)
    var present = [Int](repeating: 0, count: width)
    var absent = present
    var label = 0
    for entry in entries {
      if entry == true { present[label] += 1 }
      if entry == false { absent[label] += 1 }
      label = label + 1 == width ? 0 : label + 1
    }
    (self.present, self.absent) = (present, absent)
  }

  /// Number of examples, N.
  public var count: Int { entries.count / width }

  /// What is known of a label of an example.
  ///
  /// - Precondition: `row` is in `0..<N` and `label` in `0..<L`.
  public subscript(row: Int, label: Int) -> Bool? { entries[row * width + label] }

  /// What an example has, `[L]`.
  ///
  /// - Precondition: `row` is in `0..<N`.
  public subscript(row: Int) -> ArraySlice<Bool?> { entries[row * width..<(row + 1) * width] }

  /// The examples that have each label, `[L]`, in the order of the set.
  public var members: [[Int]] {
    var members = [[Int]](repeating: [], count: width)
    for row in 0..<count {
      for label in 0..<width where self[row, label] == true { members[label].append(row) }
    }
    return members
  }

  /// How likely a drawn example is to have each label, and how likely each label is to be known of it.
  ///
  /// - Parameter probabilities: how likely a draw is to be each example, `[N]`; they sum to 1.
  /// - Returns: `[L]` each, in `0...1`.
  /// - Precondition: a probability for each example.
  public func shares(_ probabilities: [Double]) -> (present: [Double], known: [Double]) {
    require(
      probabilities.count == count,
      "LabelTable.shares: expected \(count) probabilities, got \(probabilities.count)")
    var present = [Double](repeating: 0, count: width)
    var known = present
    for (row, p) in probabilities.enumerated() {
      for label in 0..<width {
        guard let entry = self[row, label] else { continue }
        known[label] += p
        if entry { present[label] += p }
      }
    }
    return (present, known)
  }
}
