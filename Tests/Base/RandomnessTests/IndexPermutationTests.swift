import Randomness
import TestSupport
import Testing

@Suite struct IndexPermutationTests {
  struct GoldenOrder: Decodable, Sendable {
    var count: Int, seed: UInt64, positions: [Int], values: [Int]
  }

  private func chiSquare(_ counts: [Double]) -> Double {
    let expected = counts.reduce(0, +) / Double(counts.count)
    return counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
  }

  @Test func golden() throws {
    for golden in try Golden.load("Randomness/permutation.json", as: [GoldenOrder].self) {
      let order = IndexPermutation(count: golden.count, key: RandomKey(seed: golden.seed))
      #expect(golden.positions.map { order($0) } == golden.values, "\(golden.count)")
      #expect(golden.values.map { order.position(of: $0) } == golden.positions)
    }
  }

  @Test func everyIndexOnce() {
    let powers = (1...20).flatMap { [(1 << $0) - 1, 1 << $0, (1 << $0) + 1] }
    for count in Array(1...600) + powers.filter({ $0 > 600 }) {
      for seed in 0..<(count > 600 ? 1 : 3) as Range<UInt64> {
        let order = IndexPermutation(count: count, key: RandomKey(seed: seed))
        var seen = [Bool](repeating: false, count: count)
        for position in 0..<count {
          let index = order(position)
          seen[index] = true
          if count <= 600 { #expect(order.position(of: index) == position) }
        }
        #expect(seen.allSatisfy { $0 }, "\(count), \(seed)")
      }
    }
  }

  @Test func extremes() {
    let key = RandomKey(seed: 3)
    #expect(IndexPermutation(count: 1, key: key)(0) == 0)
    for count in [1 << 62, (1 << 62) - 1, (1 << 61) + 1] {
      let order = IndexPermutation(count: count, key: key)
      let positions = [0, 1, count / 2, count - 1]
      let values = positions.map { order($0) }
      #expect(Set(values).count == 4 && values.allSatisfy((0..<count).contains))
      #expect(values.map { order.position(of: $0) } == positions)
    }
  }

  @Test func keysDiffer() {
    let orders = (0..<50 as Range<UInt64>).map { seed in
      let order = IndexPermutation(count: 1000, key: RandomKey(seed: seed))
      return (0..<1000).map { order($0) }
    }
    #expect(Set(orders).count == 50)
  }

  /// All orders of five things; χ² with 119 degrees of freedom, 172 at one in a thousand.
  @Test func everyOrderIsAsLikely() {
    var counts: [[Int]: Double] = [:]
    for seed in 0..<60_000 as Range<UInt64> {
      let order = IndexPermutation(count: 5, key: RandomKey(seed: seed))
      counts[(0..<5).map { order($0) }, default: 0] += 1
    }
    #expect(counts.count == 120)
    #expect(chiSquare(Array(counts.values)) < 172)
  }

  /// Positions by values, (n − 1)² degrees of freedom; limits at one in a thousand.
  @Test(arguments: [(3, 18.5), (7, 68), (12, 173), (33, 1166)])
  func everyPlaceIsAsLikely(count: Int, limit: Double) {
    var counts = [Double](repeating: 0, count: count * count)
    for seed in 0..<20_000 as Range<UInt64> {
      let order = IndexPermutation(count: count, key: RandomKey(seed: seed))
      for position in 0..<count { counts[position * count + order(position)] += 1 }
    }
    #expect(chiSquare(counts) < limit)
  }

  /// How far apart neighbours are, in 64 parts of the way round; χ² with 63 degrees of freedom, 103 at one in a thousand.
  @Test(arguments: [40_000, 1_000_003, 1 << 20, 1 << 40])
  func neighboursAreFarApart(count: Int) {
    for seed in 0..<4 as Range<UInt64> {
      let order = IndexPermutation(count: count, key: RandomKey(seed: seed))
      for step in [1, 2, 256] {
        var counts = [Double](repeating: 0, count: 64)
        for position in 0..<30_000 {
          let way = (order(position + step) - order(position) + count) % count
          counts[Int(Double(way) / Double(count) * 64)] += 1
        }
        #expect(chiSquare(counts) < 110, "\(count), \(seed), \(step)")
      }
    }
  }

  /// A random order leaves one thing in its place on average, with variance 1.
  @Test func oneStaysOnAverage() {
    var stayed = 0
    for seed in 0..<4000 as Range<UInt64> {
      let order = IndexPermutation(count: 300, key: RandomKey(seed: seed))
      stayed += (0..<300).count { order($0) == $0 }
    }
    #expect(abs(Double(stayed) / 4000 - 1) < 4 / 4000.0.squareRoot())
  }

  /// Orders of an odd number of swaps are half of all; of 300 keys within 4 standard deviations.
  @Test(arguments: [2, 5, 12, 16, 64, 300, 1 << 12]) func oddAsOftenAsEven(count: Int) {
    var odd = 0
    for seed in 0..<300 as Range<UInt64> {
      let order = IndexPermutation(count: count, key: RandomKey(seed: seed))
      var seen = [Bool](repeating: false, count: count)
      var swaps = 0
      for start in 0..<count where !seen[start] {
        var place = order(start)
        seen[start] = true
        while place != start {
          seen[place] = true
          swaps += 1
          place = order(place)
        }
      }
      odd += swaps % 2
    }
    #expect(abs(odd - 150) < 35, "\(odd) of 300")
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = IndexPermutation(count: 0, key: RandomKey(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = IndexPermutation(count: (1 << 62) + 1, key: RandomKey(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = IndexPermutation(count: 5, key: RandomKey(seed: 1))(5)
    }
  }
}
