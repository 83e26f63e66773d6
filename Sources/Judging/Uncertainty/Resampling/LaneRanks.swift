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
  /// Products in it, at most.
  private var pending = 0
  /// So many products cannot take a 32-bit sum over its end.
  private let limit: Int
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
    limit = max(1, Int(UInt32.max) / max(1, 2 * extent.total * extent.weight))
    order.entries.withUnsafeBufferPointer { entries in
      weights.vectors.withUnsafeBufferPointer { weights in
        visit(entries, weights, runs: order.runEnds)
      }
    }
    flush()
  }

  private typealias Entries = UnsafeBufferPointer<ScoreOrder.Entry>
  private typealias Weights = UnsafeBufferPointer<SIMD16<UInt8>>

  private mutating func visit(_ entries: Entries, _ weights: Weights, runs: [Int32]) {
    // The first place that is not yet visited, and that of the run.
    var (next, start) = (0, 0)
    for end in runs.lazy.map(Int.init) {
      if end - start > 1 {
        visit(entries, weights, distinct: next..<start)
        visit(entries, weights, tied: start..<end)
        next = end
      }
      start = end
    }
    visit(entries, weights, distinct: next..<entries.count)
  }

  /// Places of which no two have the same score.
  private mutating func visit(_ entries: Entries, _ weights: Weights, distinct places: Range<Int>) {
    var start = places.lowerBound
    while start < places.upperBound {
      let end = min(start + limit - pending, places.upperBound)
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
      added(end - start)
      start = end
    }
  }

  /// Places of one score, each visited twice: for its positives, then for the pairs.
  private mutating func visit(_ entries: Entries, _ weights: Weights, tied places: Range<Int>) {
    var (tied, total, hasPositive) = (Lanes(), Lanes(), false)
    for place in places {
      let weight = Lanes(truncatingIfNeeded: weights[Int(entries[place].row)])
      total &+= weight
      if entries[place].truth == positive {
        tied &+= weight
        hasPositive = true
      }
    }
    let multiplier = twice &+ tied
    for place in places where entries[place].truth != positive {
      let weight = Lanes(truncatingIfNeeded: weights[Int(entries[place].row)])
      recent[Int(entries[place].truth)] &+= weight &* multiplier
      added(1)
    }
    seen &+= total
    guard hasPositive else { return }
    twice &+= tied &+ tied
    precision += Self.precision(tied, twice, seen)
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

  /// Empties `recent` before one more product could take it over its end.
  private mutating func added(_ products: Int) {
    pending += products
    if pending >= limit { flush() }
  }

  private mutating func flush() {
    pending = 0
    for index in recent.indices {
      wins[index] &+= SIMD16<UInt64>(truncatingIfNeeded: recent[index])
      recent[index] = Lanes()
    }
  }
}
