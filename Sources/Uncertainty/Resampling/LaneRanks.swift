/// AUROC and average precision of one class against every other, for sixteen resamples at once.
///
/// One pass from the highest score down. With `t` twice the weight of the positives above, an example
/// of class `j` and weight `w` adds `w t` to twice the pairs won against `j`; within a run of equal
/// scores, of which positives weigh `g`, it adds `w (t + g)`. All of it in integers. The sum over `j` is
/// the pairs won against the rest.
struct LaneRanks: Sendable {
  typealias Lanes = SIMD16<UInt32>

  /// Twice the pairs won against each class, `[C]`.
  private(set) var wins: [SIMD16<UInt64>]
  /// Σ over runs of positives in it × precision down to it.
  private(set) var precision = SIMD16<Double>()

  private let positive: Int32
  /// The part of `wins` that is not yet added to it.
  private var recent: [Lanes]
  /// Twice the weight of positives so far.
  private var twice = Lanes()
  /// Weight of all examples so far.
  private var seen = Lanes()

  /// The statistics of one class.
  ///
  /// - Parameters:
  ///   - positive: The class.
  ///   - classes: `C`.
  ///   - order: Examples by this class's score.
  ///   - weights: Sixteen resamples.
  ///   - extent: Of the weights.
  init(
    _ positive: Int, of classes: Int, order: ScoreOrder, weights: WeightBlock,
    extent: (total: Int, weight: Int)
  ) {
    self.positive = Int32(positive)
    wins = [SIMD16<UInt64>](repeating: .init(), count: classes)
    recent = [Lanes](repeating: .init(), count: classes)
    // So many examples cannot take a 32-bit sum over its end.
    let limit = max(1, Int(UInt32.max) / max(1, 2 * extent.total * extent.weight))
    order.entries.withUnsafeBufferPointer { entries in
      weights.vectors.withUnsafeBufferPointer { weights in
        if order.runEnds.isEmpty {
          visit(entries, weights, limit)
        } else {
          visit(entries, weights, runs: order.runEnds, limit)
        }
      }
    }
    flush()
  }

  private typealias Entries = UnsafeBufferPointer<ScoreOrder.Entry>
  private typealias Weights = UnsafeBufferPointer<SIMD16<UInt8>>

  /// No two scores are equal.
  private mutating func visit(_ entries: Entries, _ weights: Weights, _ limit: Int) {
    var start = 0
    while start < entries.count {
      let end = min(start + limit, entries.count)
      recent.withUnsafeMutableBufferPointer { recent in
        // In local variables the sums stay in registers.
        var (twice, seen, precision) = (twice, seen, precision)
        for place in start..<end {
          let entry = entries[place]
          let weight = Lanes(truncatingIfNeeded: weights[Int(entry.row)])
          seen &+= weight
          if entry.truth == positive {
            twice &+= weight &+ weight
            precision += Self.precision(weight, twice, seen)
          } else {
            recent[Int(entry.truth)] &+= weight &* twice
          }
        }
        (self.twice, self.seen, self.precision) = (twice, seen, precision)
      }
      flush()
      start = end
    }
  }

  /// Runs of equal scores, each visited twice: for its positives, then for the pairs.
  private mutating func visit(
    _ entries: Entries, _ weights: Weights, runs: [Int32], _ limit: Int
  ) {
    var (start, pending) = (0, 0)
    for end in runs {
      let run = start..<Int(end)
      var (tied, total) = (Lanes(), Lanes())
      for place in run {
        let weight = Lanes(truncatingIfNeeded: weights[Int(entries[place].row)])
        total &+= weight
        if entries[place].truth == positive { tied &+= weight }
      }
      let multiplier = twice &+ tied
      for place in run where entries[place].truth != positive {
        let weight = Lanes(truncatingIfNeeded: weights[Int(entries[place].row)])
        recent[Int(entries[place].truth)] &+= weight &* multiplier
        pending += 1
        if pending >= limit {
          flush()
          pending = 0
        }
      }
      seen &+= total
      twice &+= tied &+ tied
      precision += Self.precision(tied, twice, seen)
      start = Int(end)
    }
  }

  /// Positives of a run × part of positives among all down to it.
  private static func precision(
    _ tied: Lanes, _ twice: Lanes, _ seen: Lanes
  ) -> SIMD16<Double> {
    // Below 2³¹, and signed numbers convert faster. Nothing seen: nothing tied either.
    let above = doubles(twice &>> 1)
    return doubles(tied) * above / doubles(pointwiseMax(seen, Lanes(repeating: 1)))
  }

  private static func doubles(_ lanes: Lanes) -> SIMD16<Double> {
    SIMD16<Double>(SIMD16<Int32>(truncatingIfNeeded: lanes))
  }

  private mutating func flush() {
    for index in recent.indices {
      wins[index] &+= SIMD16<UInt64>(truncatingIfNeeded: recent[index])
      recent[index] = Lanes()
    }
  }
}
