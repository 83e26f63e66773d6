/// How many positives and examples stand above each place of an order, in sixteen resamples at once.
struct LaneLadder {
  typealias Lanes = SIMD16<UInt32>

  /// Weights above a place.
  struct Sums: Equatable {
    var hits = 0
    var seen = 0
    var alarms: Int { seen - hits }
  }

  private let ladder: RankLadder
  private let weights: WeightBlock
  /// Weight of the positives before each piece, and of all, `[pieces + 1]`.
  private var hits = [Lanes()]
  /// Weight of the examples before each piece, and of all, `[pieces + 1]`.
  private var seen = [Lanes()]

  /// The sums of one class.
  init(_ ladder: RankLadder, _ weights: WeightBlock) {
    (self.ladder, self.weights) = (ladder, weights)
    hits.reserveCapacity(ladder.pieces.count)
    seen.reserveCapacity(ladder.pieces.count)
    for piece in ladder.pieces.indices.dropLast() {
      let range = place(ladder.pieces[piece])..<place(ladder.pieces[piece + 1])
      let sums = sum(range)
      hits.append(hits[piece] &+ sums.hits)
      seen.append(seen[piece] &+ sums.seen)
    }
  }

  private func place(_ run: Int) -> Int { ladder.start(ofRun: run) }

  private func sum(_ places: Range<Int>) -> (hits: Lanes, seen: Lanes) {
    ladder.order.entries.withUnsafeBufferPointer { entries in
      weights.vectors.withUnsafeBufferPointer { vectors in
        var (hits, seen) = (Lanes(), Lanes())
        for place in places {
          let entry = entries[place]
          let weight = Lanes(truncatingIfNeeded: vectors[Int(entry.row)])
          seen &+= weight
          if entry.truth == ladder.positive { hits &+= weight }
        }
        return (hits, seen)
      }
    }
  }

  /// All weights of one resample.
  func total(lane: Int) -> Sums { sums(hits.count - 1, lane) }

  private func sums(_ piece: Int, _ lane: Int) -> Sums {
    Sums(hits: Int(hits[piece][lane]), seen: Int(seen[piece][lane]))
  }

  /// Weights of the first `count` places, where a run ends, in each resample.
  func above(_ count: Int) -> [Sums] {
    var (low, high) = (0, hits.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if place(ladder.pieces[middle]) <= count { low = middle } else { high = middle - 1 }
    }
    let rest = sum(place(ladder.pieces[low])..<count)
    let (hits, seen) = (hits[low] &+ rest.hits, seen[low] &+ rest.seen)
    return (0..<WeightBlock.lanes).map { Sums(hits: Int(hits[$0]), seen: Int(seen[$0])) }
  }

  /// The weights above and down to the first run at whose end a sum reaches `target`; `nil` where it
  /// never does.
  func step(
    _ sum: (Sums) -> Int, reaching target: Int, lane: Int
  ) -> (before: Sums, after: Sums)? {
    guard target > 0, sum(total(lane: lane)) >= target else { return nil }
    var (low, high) = (0, hits.count - 2)
    while low < high {
      let middle = (low + high) / 2
      if sum(sums(middle + 1, lane)) >= target { high = middle } else { low = middle + 1 }
    }
    let runs = ladder.pieces[low]..<ladder.pieces[low + 1]
    var before = sums(low, lane)
    guard runs.count > 1 else { return (before, sums(low + 1, lane)) }
    for run in runs {
      var after = before
      for place in ladder.start(ofRun: run)..<ladder.end(ofRun: run) {
        let entry = ladder.order.entries[place]
        let weight = Int(weights.vectors[Int(entry.row)][lane])
        after.seen += weight
        if entry.truth == ladder.positive { after.hits += weight }
      }
      if sum(after) >= target { return (before, after) }
      before = after
    }
    return nil
  }
}
