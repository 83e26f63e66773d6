import Foundation

/// One round of ``SimiFeat``: votes among the examples that were drawn.
struct SimiFeatRound {
  /// The class with most votes, `[N]`; of equals the first.
  private(set) var best: [Int32]
  /// Share of the votes for the given class, by the length of all votes, `[N]`.
  private(set) var share: [Double]
  /// Whether the label is among the lowest of its class, `[N]`.
  private(set) var isLow: [Bool]

  init(
    _ near: Neighbours, _ given: [Int32], _ classes: Int, _ k: Int, drawn: [Bool], noise: HOC
  ) {
    best = given
    share = [Double](repeating: 1, count: given.count)
    isLow = [Bool](repeating: false, count: given.count)
    var votes = [Double](repeating: 0, count: classes)
    for row in given.indices where drawn[row] {
      for c in 0..<classes { votes[c] = 0 }
      var distances: [Double] = []
      for place in 0..<near.count where distances.count < k - 1 {
        let other = Int(near.rows[row * near.count + place])
        guard drawn[other] else { continue }
        let d = Double(near.distances[row * near.count + place])
        distances.append(d)
        votes[Int(given[other])] += max(0, 1 - d)
      }
      let own = distances.count > 1 ? 2 * distances[0] - distances[1] : distances.first ?? 0
      votes[Int(given[row])] += max(0, 1 - own)
      let length = votes.reduce(0) { $0 + $1 * $1 }.squareRoot()
      var most = 0
      for c in 0..<classes where votes[c] > votes[most] { most = c }
      best[row] = Int32(most)
      share[row] = length > 0 ? votes[Int(given[row])] / length : 1
    }
    rank(given, classes, drawn, noise)
  }

  private mutating func rank(_ given: [Int32], _ classes: Int, _ drawn: [Bool], _ noise: HOC) {
    var members = [[Int]](repeating: [], count: classes)
    for row in given.indices where drawn[row] { members[Int(given[row])].append(row) }
    for c in 0..<classes {
      let right =
        noise.transition[c * classes + c] * noise.prior[c] / max(noise.noisyPrior[c], 1e-12)
      let wrong = min(max(1 - right, 0.05), 0.95)
      let order = members[c].sorted { share[$0] == share[$1] ? $0 < $1 : share[$0] < share[$1] }
      for row in order.prefix(Int((wrong * Double(order.count)).rounded(.down))) {
        isLow[row] = true
      }
    }
  }
}
