import Audit
import Curation
import Randomness
import TestSupport
import Testing

@Suite struct KMeansTests {
  /// Points around `kinds` centres that lie 40 apart.
  private func points(_ counts: [Int], seed: UInt64) -> (points: [Float], truth: [Int]) {
    var source = RandomKey(seed: seed).source
    var (points, truth): ([Float], [Int]) = ([], [])
    for (kind, count) in counts.enumerated() {
      for _ in 0..<count {
        points += [Float(40 * kind) + Float(source.normal()), Float(source.normal())]
        truth.append(kind)
      }
    }
    return (points, truth)
  }

  /// Planted clusters come back, the smallest too.
  @Test(arguments: 1...5) func plantedClustersComeBack(seed: UInt64) throws {
    let world = points([200, 80, 20, 5], seed: seed)
    let found = try KMeans(
      world.points, width: 2, count: 4, key: RandomKey(seed: seed), products: PlainProducts())
    let pairs = Set(zip(world.truth, found.clusters).map { [$0, Int($1)] })
    #expect(pairs.count == 4 && Set(found.clusters).count == 4)
  }

  /// The same seed gives the same for any number of threads; another seed draws other centres.
  @Test func sameSeedSameClusters() throws {
    var source = RandomKey(seed: 3).source
    let noise = (0..<600).map { _ in Float(source.normal()) }
    func run(_ seed: UInt64, _ threads: Int) throws -> KMeans {
      try KMeans(
        noise, width: 3, count: 9, key: RandomKey(seed: seed),
        products: PlainProducts(threads: threads))
    }
    let (one, again, other) = (try run(1, 1), try run(1, 3), try run(2, 1))
    #expect(one == again)
    #expect(one.clusters != other.clusters)
  }

  /// Every point stands with its nearest centre, and every centre in the middle of its points.
  @Test func whereItEndsNothingMoves() throws {
    var source = RandomKey(seed: 8).source
    let noise = (0..<400).map { _ in Float(source.normal()) }
    let found = try KMeans(
      noise, width: 2, count: 6, key: RandomKey(seed: 5), products: PlainProducts())
    for row in 0..<200 {
      let squares = (0..<6).map { c in
        (0..<2).reduce(0.0) { sum, d in
          let move = Double(noise[row * 2 + d]) - Double(found.centres[c * 2 + d])
          return sum + move * move
        }
      }
      let least = squares.min() ?? 0
      #expect(squares[Int(found.clusters[row])] <= least + 1e-5)
      #expect(
        close(found.distances[row], squares[Int(found.clusters[row])].squareRoot(), relative: 1e-9))
    }
    for c in 0..<6 {
      let rows = (0..<200).filter { Int(found.clusters[$0]) == c }
      for d in 0..<2 {
        let mean = rows.reduce(0.0) { $0 + Double(noise[$1 * 2 + d]) } / Double(rows.count)
        #expect(close(mean, Double(found.centres[c * 2 + d]), relative: 1e-5, absolute: 1e-6))
      }
    }
  }

  @Test func extremes() throws {
    #expect(throws: CurationError.tooManyClusters(asked: 4, rows: 3, group: "all")) {
      try KMeans(
        [1, 2, 3], width: 1, count: 4, key: RandomKey(seed: 1), products: PlainProducts())
    }
    let single = try KMeans(
      [1, 2], width: 2, count: 1, key: RandomKey(seed: 1), products: PlainProducts())
    #expect(single.clusters == [0] && single.distances == [0])
    let each = try KMeans(
      [1, 9, 4], width: 1, count: 3, key: RandomKey(seed: 1), products: PlainProducts())
    #expect(Set(each.clusters).count == 3 && each.inertia == 0)
    // Two different points cannot fill four clusters.
    let copies = try KMeans(
      [1, 1, 1, 7, 7], width: 1, count: 4, key: RandomKey(seed: 1), products: PlainProducts())
    #expect(copies.count == 2 && copies.inertia == 0)
  }

  /// A centre that nobody is near takes the farthest point.
  @Test func anEmptyClusterIsFilled() {
    let found = KMeans(
      [0, 1, 2, 50], width: 1, from: [1, 1000, 2000], products: PlainProducts())
    #expect(found.count == 3)
    #expect(found.inertia < 1)
  }
}
