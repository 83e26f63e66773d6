import Requirements

/// How often each example occurs in each of sixteen resamples, which are then evaluated at once.
///
/// One vector for each example, `[N]`: whatever order the examples are visited in, the sixteen numbers
/// lie side by side.
package struct WeightBlock: Sendable {
  /// Resamples in a block.
  package static let lanes = 16

  /// Weights, `[N]` of sixteen lanes.
  package private(set) var vectors: [SIMD16<UInt8>]

  /// A block without any example in any resample.
  package init(count: Int) {
    vectors = [SIMD16<UInt8>](repeating: SIMD16(), count: count)
  }

  /// Puts every example into one lane once.
  package mutating func fill(lane: Int) {
    for row in vectors.indices { vectors[row][lane] = 1 }
  }

  /// Leaves an example out of one lane.
  package mutating func leaveOut(_ row: Int, lane: Int) { vectors[row][lane] = 0 }

  /// Hands `body` a function that adds one to an example's weight in `lane`.
  ///
  /// The counts of one lane are gathered side by side, where they are near in memory, and put into the vectors in
  /// one go. A weight is below 256 for certain: that one of `m` units is drawn that often in `m` draws has
  /// a probability below 10⁻⁵⁰⁰; should it happen, the programme stops.
  package mutating func withLane(_ lane: Int, _ body: ((Int) -> Void) -> Void) {
    let count = vectors.count
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { counts in
      counts.initialize(repeating: 0)
      body { row in
        require(row < count, "WeightBlock: expected a row below \(count), got \(row)")
        counts[row] += 1
      }
      vectors.withUnsafeMutableBytes { bytes in
        for row in 0..<count { bytes[row * Self.lanes + lane] += counts[row] }
      }
    }
  }

  /// The largest sum of weights over lanes, and the largest weight.
  package var extent: (total: Int, weight: Int) {
    var totals = SIMD16<UInt32>()
    var largest = SIMD16<UInt8>()
    for vector in vectors {
      totals &+= SIMD16(truncatingIfNeeded: vector)
      largest = pointwiseMax(largest, vector)
    }
    return (Int(totals.max()), Int(largest.max()))
  }
}
