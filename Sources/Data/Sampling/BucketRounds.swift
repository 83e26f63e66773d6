import Randomness
import Requirements

/// Rounds of so many rows of each bucket: what the samplers of buckets draw by.
///
/// The rows of a bucket come in a shuffled order of their own, none a second time before each came once; a bucket of fewer
/// rows than a round has of it repeats them within the round. The rows of a round are shuffled.
struct BucketRounds {
  /// Rows of each bucket, `[B]`.
  private let members: [[Int]]
  /// k, rows of each bucket in a round, `[B]`.
  private let each: [Int]

  /// - Parameters:
  ///   - buckets: bucket of each row, `[N]`, below B; −1 is never drawn.
  ///   - each: k, rows of each bucket in a round, `[B]`, at least 0.
  ///   - caller: what a message names.
  /// - Precondition: all are in range; some bucket is drawn, and none that is drawn is empty.
  init(_ buckets: [Int], each: [Int], caller: String) {
    require(
      buckets.allSatisfy { (-1..<each.count).contains($0) },
      "\(caller): expected one of \(each.count) buckets for each row, got \(Set(buckets).sorted())")
    var members = [[Int]](repeating: [], count: each.count)
    for (row, bucket) in buckets.enumerated() where bucket >= 0 { members[bucket].append(row) }
    require(
      each.allSatisfy { $0 >= 0 } && each.contains { $0 > 0 }
        && zip(each, members).allSatisfy { $0 == 0 || !$1.isEmpty },
      "\(caller): expected rows of buckets that have some, got \(each) of \(members.map(\.count))")
    (self.members, self.each) = (members, each)
  }

  /// How likely a single draw is to be each row of a bucket: k_b / (n_b Σ k), `[B]`; 0 of a bucket that is left out.
  var probabilities: [Double] {
    let round = each.reduce(0, +)
    return zip(each, members).map { $0 == 0 ? 0 : Double($0) / Double($1.count * round) }
  }

  /// Round after round, `[count]`.
  func rows(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Int] {
    var waiting = [[Int]](repeating: [], count: each.count)
    var order: [Int] = []
    while order.count < count {
      var round: [Int] = []
      for bucket in each.indices {
        for _ in 0..<each[bucket] {
          if waiting[bucket].isEmpty {
            waiting[bucket] = generator.shuffle(members[bucket].count).map { members[bucket][$0] }
          }
          round.append(waiting[bucket].removeLast())
        }
      }
      order += generator.shuffle(round.count).map { round[$0] }
    }
    return Array(order.prefix(count))
  }
}
