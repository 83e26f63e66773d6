import Foundation

/// Whether labels go with what votes for them: a permutation test of the votes that given labels get.
///
/// S = Σ_i v_i(given_i), over rows of votes v that sum to 1. Were labels handed out at random, S would have the mean
/// Σ_c (n_c / N) Σ_i v_i(c) and the variance 1 / (N − 1) · Σ_i Σ_c n_c d_ic², d the votes centred by row and by label:
/// both exact, over all permutations of the labels. ``z`` is S from its mean in standard deviations.
///
/// Source: Hoeffding, "A Combinatorial Central Limit Theorem", Annals of Mathematical Statistics 1951.
public struct VoteSums: Sendable, Equatable {
  private var count = 0
  private var sum: [Double]
  private var squares: [Double]
  private var members: [Int]
  /// Σ v_i(given_i).
  private var given = 0.0
  /// Σ r_i and Σ r_i², r_i the mean vote of row i over all labels.
  private var mean = 0.0
  private var meanSquares = 0.0

  /// From where on votes are taken to go with labels, in standard deviations.
  public static let bar = 3.0

  init(classes: Int) {
    sum = [Double](repeating: 0, count: classes)
    squares = sum
    members = [Int](repeating: 0, count: classes)
  }

  mutating func add(_ votes: UnsafeBufferPointer<Double>, label: Int, shares: [Double]) {
    var row = 0.0
    for k in votes.indices {
      let v = votes[k]
      sum[k] += v
      squares[k] += v * v
      row += shares[k] * v
    }
    count += 1
    members[label] += 1
    given += votes[label]
    mean += row
    meanSquares += row * row
  }

  mutating func merge(_ other: VoteSums) {
    for k in sum.indices {
      sum[k] += other.sum[k]
      squares[k] += other.squares[k]
      members[k] += other.members[k]
    }
    count += other.count
    given += other.given
    mean += other.mean
    meanSquares += other.meanSquares
  }

  /// Standard deviations by which labels get more votes than labels handed out at random would; nil where all labels
  /// or all votes are alike.
  public var z: Double? {
    guard count > 1 else { return nil }
    let n = Double(count)
    var spread = 0.0
    var expected = 0.0
    for k in sum.indices where members[k] > 0 {
      let share = Double(members[k])
      spread += share * (squares[k] - sum[k] * sum[k] / n)
      expected += share / n * sum[k]
    }
    let variance = (spread - n * (meanSquares - mean * mean / n)) / (n - 1)
    guard variance > 1e-12 * n else { return nil }
    return (given - expected) / variance.squareRoot()
  }

  /// Whether labels carry structure: nil counts as none.
  public var hasStructure: Bool { (z ?? 0) > Self.bar }
}
