import Evaluation
import Requirements

/// How right an answer of labels in levels is: R = r_c Σ_{l=0..D} 2^{D−l} r_l.
///
/// ```text
/// r_c  1 where no label is said without all that is above it, else 0
/// r_0  1: there is an answer; a missing one has R = 0
/// r_1  1 where the labels of the first level, which have none above them, are all right, else 0
/// r_l  F1 of the labels of level l that are said, 2 |said ∩ true| / (|said| + |true|); 1 where there are none of either
/// ```
///
/// With three levels an answer that contradicts itself has 0, one that is consistent and wrong everywhere 8, and one that is right
/// 15. A label's level is 1 where nothing is above it, and else one below the deepest of its parents.
///
/// Source: the reward of the MagicMirror project (assessment of generated images), whose levels are normal or artefact, four kinds
/// and their details. Departs from it: there are as many levels as the hierarchy has, and those below the first are graded by F1.
public struct HierarchicalReward: Sendable, Equatable {
  /// r_c.
  public let isConsistent: Bool
  /// r_1 … r_D, `[D]`, each in `0...1`.
  public let levels: [Double]

  /// - Parameters:
  ///   - isConsistent: r_c.
  ///   - levels: r_1 … r_D, `[D]`.
  /// - Precondition: each is in `0...1`, and there is a level and ``mostLevels`` at most.
  public init(isConsistent: Bool, levels: [Double]) {
    require(
      (1...Self.mostLevels).contains(levels.count) && levels.allSatisfy { (0...1).contains($0) },
      "HierarchicalReward: expected 1 to \(Self.mostLevels) levels, each in 0...1, got \(levels)")
    (self.isConsistent, self.levels) = (isConsistent, levels)
  }

  /// Most levels of a hierarchy whose answers have a reward; what the last of them adds is a billionth of the whole.
  public static let mostLevels = 30

  /// R, in `0...most`.
  public var value: Double {
    guard isConsistent else { return 0 }
    return levels.reduce(1) { 2 * $0 + $1 }
  }

  /// R of an answer that is right, 2^{D+1} − 1.
  public var most: Double { levels.reduce(1) { sum, _ in 2 * sum + 1 } }
}

extension LabelHierarchy {
  /// The level of each label, from 1, `[L]`.
  ///
  /// - Parameter labels: `[L]`; those that the hierarchy does not name are of the first level.
  public func levels(of labels: [String]) -> [Int] {
    let parents = Dictionary(grouping: edges, by: \.child).mapValues { $0.map(\.parent) }
    var known: [String: Int] = [:]
    func level(_ label: String) -> Int {
      if let found = known[label] { return found }
      let found = 1 + ((parents[label] ?? []).map(level).max() ?? 0)
      known[label] = found
      return found
    }
    return labels.map(level)
  }

  /// The reward of each row's answer, `[N]`; `nil` where of some level no entry is known, and of every row where the labels have
  /// more levels than ``HierarchicalReward/mostLevels``.
  ///
  /// - Parameters:
  ///   - predictions: with their truths; decoded, or as the model gave them.
  ///   - thresholds: from this probability on a label is said, `[L]`.
  /// - Precondition: a threshold for each label.
  public func rewards(
    of predictions: LabelPredictions, thresholds: [Double]
  ) -> [HierarchicalReward?] {
    let width = predictions.labels.count
    require(
      thresholds.count == width,
      "LabelHierarchy.rewards: expected \(width) thresholds, got \(thresholds.count)")
    let (under, level) = (below(predictions.labels), levels(of: predictions.labels))
    let places = Set(level).sorted().map { one in (0..<width).filter { level[$0] == one } }
    guard places.count <= HierarchicalReward.mostLevels else {
      return [HierarchicalReward?](repeating: nil, count: predictions.count)
    }
    return (0..<predictions.count).map { row in
      let said = (0..<width).map { predictions.probabilities[row * width + $0] >= thresholds[$0] }
      let truths = (0..<width).map { predictions.truths[row * width + $0] }
      let isConsistent = (0..<width).allSatisfy { label in
        said[label] || !under[label].contains { said[$0] }
      }
      var levels: [Double] = []
      for (place, labels) in places.enumerated() {
        let known = labels.filter { truths[$0] != nil }
        guard !known.isEmpty else { return nil }
        let both = known.count { said[$0] && truths[$0] == true }
        let all = known.count { said[$0] } + known.count { truths[$0] == true }
        let isRight = 2 * both == all
        levels.append(
          place == 0 ? (isRight ? 1 : 0) : (all == 0 ? 1 : 2 * Double(both) / Double(all)))
      }
      return HierarchicalReward(isConsistent: isConsistent, levels: levels)
    }
  }
}
