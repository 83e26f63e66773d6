import Requirements

/// At which place the true class stood, when classes are ordered by probability.
///
/// Equal probabilities are ordered by class index, so place 0 is the arg max and the top-1 accuracy is
/// the accuracy (scikit-learn's `top_k_accuracy_score` puts the last of equals first).
public struct TruthRank: Accumulator, Equatable, Codable {
  /// Examples whose true class stood at each place, `[C]`.
  public private(set) var value: [Int]

  /// An empty accumulator.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    require(classes > 0, "TruthRank: expected at least 1 class, got \(classes)")
    value = [Int](repeating: 0, count: classes)
  }

  /// An accumulator of counts, such as those of weighted examples.
  ///
  /// - Parameter counts: Examples whose true class stood at each place, `[C]`.
  package init(counts: [Int]) { value = counts }

  /// Takes in one example.
  ///
  /// - Precondition: the outcome has `C` probabilities.
  public mutating func add(_ outcome: Outcome) {
    let probabilities = outcome.probabilities
    require(
      probabilities.count == value.count,
      "TruthRank.add: expected \(value.count) probabilities, got \(probabilities.count)")
    let truth = probabilities.startIndex + outcome.truth
    let score = probabilities[truth]
    var place = 0
    for index in probabilities.indices
    where probabilities[index] > score || (probabilities[index] == score && index < truth) {
      place += 1
    }
    value[place] += 1
  }

  /// Takes in the examples of another accumulator.
  ///
  /// - Precondition: both tallies have the same number of classes.
  public mutating func merge(_ other: TruthRank) {
    require(
      value.count == other.value.count,
      "TruthRank.merge: expected \(value.count) classes, got \(other.value.count)")
    for index in value.indices { value[index] += other.value[index] }
  }

  /// Part of the examples whose true class is among the `k` most probable; `nil` without examples.
  ///
  /// - Parameter k: Number of places that count, at least 1.
  /// - Precondition: `k` is positive.
  public func accuracy(top k: Int) -> Double? {
    require(k > 0, "TruthRank.accuracy: expected k of at least 1, got \(k)")
    return ratio(value.prefix(k).reduce(0, +), value.reduce(0, +))
  }
}
