import Foundation

/// What is learned of some consecutive rows in one pass.
struct RowFacts: Sendable {
  /// P of the given class.
  var selfConfidence: [Double] = []
  /// The largest P of another class.
  var rival: [Double] = []
  /// Entropy over log C.
  var entropy: [Double] = []
  /// The most probable class; the first of equals.
  var best: [Int32] = []
  /// The same, where the given class counts as a millionth more probable.
  var predicted: [Int32] = []
  /// What the test of structure needs.
  var votes: VoteSums
  /// The first row that is not one of probabilities.
  var problem: AuditError?

  /// - Parameters:
  ///   - block: the rows, `[n, C]` flat.
  ///   - first: number of the first.
  ///   - given: given classes of all rows.
  ///   - shares: share of each class among the given labels, `[C]`.
  init(_ block: UnsafeBufferPointer<Double>, first: Int, given: [Int32], shares: [Double]) {
    let classes = shares.count
    let count = block.count / classes
    votes = VoteSums(classes: classes)
    let scale = 1 / log(Double(classes))
    selfConfidence.reserveCapacity(count)
    for row in 0..<count {
      let p = UnsafeBufferPointer(rebasing: block[row * classes..<(row + 1) * classes])
      let label = Int(given[first + row])
      var (sum, entropy, rival) = (0.0, 0.0, -Double.infinity)
      var best = 0
      for k in 0..<classes {
        let value = p[k]
        guard value >= -Self.tolerance, value <= 1 + Self.tolerance else {
          problem = .notAProbability(row: first + row, column: k, value: value)
          return
        }
        sum += value
        if value > 0 { entropy -= value * log(value) }
        if value > p[best] { best = k }
        if k != label, value > rival { rival = value }
      }
      guard abs(sum - 1) <= Self.sumTolerance else {
        problem = .badSum(row: first + row, sum: sum)
        return
      }
      selfConfidence.append(p[label])
      self.rival.append(rival)
      self.entropy.append(entropy * scale)
      self.best.append(Int32(best))
      predicted.append(Int32(Self.predicted(p, label, best: best)))
      votes.add(p, label: label, shares: shares)
    }
  }

  /// How far beyond 0…1 a number may lie: files of others are rounded.
  static let tolerance = 1e-3
  /// How far from 1 a row may sum; half precision and a thousand classes come to this.
  static let sumTolerance = 0.01

  /// The most probable class, where the given one has a millionth more; of equals the first.
  private static func predicted(
    _ p: UnsafeBufferPointer<Double>, _ label: Int, best: Int
  ) -> Int {
    let raised = p[label] + ConfidentThresholds.slack
    if best == label || raised > p[best] { return label }
    return raised == p[best] ? min(label, best) : best
  }
}
