import Randomness
import Requirements

/// Draws with replacement: a class from a distribution, then any of its examples.
///
/// Members of a class lie side by side in one array, so setting up is O(N + C) and a draw is
/// O(log C), with no dictionary.
package struct ClassDraw {
  private let members: [Int]
  private let starts: [Int]
  private let cumulative: [Double]

  /// - Parameters:
  ///   - labels: class of every example, `[N]`.
  ///   - classes: counts of these labels.
  ///   - distribution: P(c), `[C]`, not negative; need not be normalised.
  /// - Precondition: `labels` have exactly the counts of `classes`.
  package init(labels: [Int], classes: ClassCounts, distribution: [Double]) {
    require(
      labels.count == classes.total && distribution.count == classes.count,
      "Sampler: expected \(classes.total) labels of \(classes.count) classes, got "
        + "\(labels.count) labels and \(distribution.count) probabilities")
    let starts = classes.starts
    var next = starts
    var members = [Int](repeating: 0, count: labels.count)
    for (index, label) in labels.enumerated() {
      require(
        label >= 0 && label < classes.count && next[label] < starts[label + 1],
        "Sampler: expected labels counted by \(classes.counts), got one more of class \(label)")
      members[next[label]] = index
      next[label] += 1
    }
    var sum = 0.0
    cumulative = distribution.map {
      sum += $0
      return sum
    }
    (self.members, self.starts) = (members, starts)
  }

  /// One example's index.
  package func callAsFunction(_ generator: inout some RandomNumberGenerator) -> Int {
    let label = cumulative.firstPlace(
      above: generator.uniform() * cumulative[cumulative.count - 1])
    return members[starts[label] + generator.below(starts[label + 1] - starts[label])]
  }
}
