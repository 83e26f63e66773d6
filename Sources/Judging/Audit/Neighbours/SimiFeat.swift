import Foundation
public import Randomness
import Requirements

/// Wrong labels by what the neighbours in feature space are called, without a classifier.
///
/// A round draws 90 % of the examples; each votes with its k − 1 nearest drawn neighbours and itself, at weights 1 − d
/// (its own distance is 2 d₁ − d₂). *Vote*: the label is not the class with most votes. *Rank*: within a class, the
/// share 1 − T_cc p_c / p̃_c of lowest votes, T and p by ``HOC`` and the share held to 0.05…0.95. An example is outvoted, or
/// low-ranked, where (n + 1) / (m + 2) > ½ of its m rounds say so.
///
/// Source: Zhu, Dong, Liu, "Detecting Corrupted Labels Without Training a Model to Predict", ICML 2022.
public struct SimiFeat: Sendable, Equatable {
  /// Neighbours of each, itself among them, k.
  public let neighbours: Int
  /// Whether most rounds outvote the label, `[N]`.
  public let isOutvoted: [Bool]
  /// Whether most rounds rank the label low, `[N]`.
  public let isLowRanked: [Bool]
  /// The class with most votes in most rounds, `[N]`.
  public let suggested: [Int32]
  /// Mean share of the votes for the given class, `[N]`, in 0…1: low where the label is likely to be wrong; 1 of an example that
  /// no round has drawn.
  public let votes: [Double]
  /// 2 / (1 + e^−d̄) − 1, d̄ the mean distance of the neighbours: high for outliers and rare examples, `[N]`.
  public let outlierScores: [Double]
  /// The noise transition by neighbours.
  public let noise: HOC
  /// Whether labels go with those of neighbours.
  public let structure: VoteSums
  private let same: [UInt16]

  /// Neighbours with the label of a row, itself among them.
  public func agreeing(_ row: Int) -> Int { Int(same[row]) }

  /// Votes of neighbours.
  ///
  /// - Parameters:
  ///   - near: at least two neighbours of each; more than `neighbours` are needed, so that rounds that leave some out
  ///     still have enough.
  ///   - given: given class, `[N]`.
  ///   - classes: C.
  ///   - neighbours: k, itself among them, at least 3.
  ///   - rounds: how many, at least 1.
  ///   - key: of the draws.
  /// - Precondition: there are neighbours of each row.
  public init(
    _ near: Neighbours, given: [Int32], classes: Int, neighbours: Int = 10, rounds: Int = 21,
    key: RandomKey
  ) {
    require(
      near.rows.count == given.count * near.count && neighbours >= 3 && rounds >= 1,
      "SimiFeat: expected neighbours of \(given.count) rows, at least 3 of each and a round, got"
        + " \(near.rows.count / near.count), \(neighbours) and \(rounds)")
    let noise = HOC(near, given: given, classes: classes)
    var met = [Int](repeating: 0, count: given.count)
    var (outvoted, low) = (met, met)
    var counts = [[Int32: Int]](repeating: [:], count: given.count)
    var shares = [Double](repeating: 0, count: given.count)
    for round in 0..<rounds {
      var source = key.folding(round).source
      let drawn = given.indices.map { _ in source.uniform() < 0.9 }
      let result = SimiFeatRound(near, given, classes, neighbours, drawn: drawn, noise: noise)
      for row in given.indices where drawn[row] {
        met[row] += 1
        if result.best[row] != given[row] { outvoted[row] += 1 }
        if result.isLow[row] { low[row] += 1 }
        counts[row][result.best[row], default: 0] += 1
        shares[row] += result.share[row]
      }
    }
    let most = { (count: Int, rounds: Int) in 2 * (count + 1) > rounds + 2 }
    isOutvoted = given.indices.map { most(outvoted[$0], met[$0]) }
    isLowRanked = given.indices.map { most(low[$0], met[$0]) }
    suggested = given.indices.map { row in
      counts[row].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? given[row]
    }
    votes = given.indices.map { met[$0] > 0 ? shares[$0] / Double(met[$0]) : 1 }
    let used = min(neighbours - 1, near.count)
    outlierScores = given.indices.map { row in
      let sum = (0..<used).reduce(0.0) { $0 + Double(near.distances[row * near.count + $1]) }
      return 2 / (1 + exp(-sum / Double(used))) - 1
    }
    same = given.indices.map { row in
      1 + UInt16((0..<used).count { given[Int(near.rows[row * near.count + $0])] == given[row] })
    }
    (self.neighbours, self.noise) = (used + 1, noise)
    structure = Self.structure(near, given, classes, used)
  }

  /// Votes of the other examples alone, so that a label does not vote for itself.
  private static func structure(
    _ near: Neighbours, _ given: [Int32], _ classes: Int, _ used: Int
  ) -> VoteSums {
    var members = [Double](repeating: 0, count: classes)
    for label in given { members[Int(label)] += 1 / Double(given.count) }
    var sums = VoteSums(classes: classes)
    for row in given.indices {
      var votes = [Double](repeating: 0, count: classes)
      for place in 0..<used {
        votes[Int(given[Int(near.rows[row * near.count + place])])] += 1 / Double(used)
      }
      votes.withUnsafeBufferPointer { sums.add($0, label: Int(given[row]), shares: members) }
    }
    return sums
  }
}
