import Requirements

/// The examples of each class, in the order of the set.
struct Members {
  /// Indices of the examples of each class, `[C]`; none is empty.
  let ofClass: [[Int]]

  /// - Parameters:
  ///   - labels: class of every example, `[N]`.
  ///   - classes: counts of these labels.
  /// - Precondition: `labels` have exactly the counts of `classes`.
  init(_ labels: [Int], _ classes: ClassCounts) {
    var members = [[Int]](repeating: [], count: classes.count)
    for (index, label) in labels.enumerated() {
      require(
        members.indices.contains(label),
        "Sampler: expected labels of \(classes.count) classes, got \(label)")
      members[label].append(index)
    }
    require(
      members.map(\.count) == classes.counts,
      "Sampler: expected labels counted by \(classes.counts), got \(members.map(\.count))")
    ofClass = members
  }
}
