import Audit
import Curation
import Foundation
import Randomness
import TestSupport
import Testing

/// Clusters and copies beside exhaustive searches.
@Suite struct ClusterBruteForceTests {
  /// Σ ‖x − c(x)‖² of a partition, c the means.
  private func inertia(_ points: [[Double]], _ parts: [Int], _ k: Int) -> Double {
    (0..<k).reduce(0.0) { sum, part in
      let own = points.indices.filter { parts[$0] == part }.map { points[$0] }
      guard let width = own.first?.count else { return sum }
      return (0..<width).reduce(sum) { sum, d in
        let mean = own.reduce(0) { $0 + $1[d] } / Double(own.count)
        return sum + own.reduce(0) { $0 + ($1[d] - mean) * ($1[d] - mean) }
      }
    }
  }

  private func points(_ seed: UInt64, _ count: Int, width: Int) -> [[Double]] {
    var source = RandomKey(seed: seed).folding("points").source
    return (0..<count).map { _ in (0..<width).map { _ in Double(Float(source.normal())) } }
  }

  /// Of all 3⁷ partitions none is better than the best of forty runs, and no run is better than the best partition; started at
  /// the means of the best, it stays.
  @Test(arguments: UInt64(1)...4) func noPartitionIsBetter(seed: UInt64) throws {
    let (count, k, width) = (7, 3, 2)
    let points = points(seed, count, width: width)
    let flat = points.flatMap { $0.map { Float($0) } }
    var best = (inertia: Double.infinity, parts: [Int]())
    for code in 0..<2187 {
      var (rest, parts) = (code, [Int]())
      for _ in 0..<count {
        parts.append(rest % k)
        rest /= k
      }
      let own = inertia(points, parts, k)
      if own < best.inertia { best = (own, parts) }
    }
    var least = Double.infinity
    for run in UInt64(0)..<40 {
      let found = try KMeans(
        flat, width: width, count: k, key: RandomKey(seed: run), products: PlainProducts())
      let own = inertia(points, found.clusters.map(Int.init), found.count)
      #expect(close(found.inertia, own, relative: 1e-5, absolute: 1e-6))
      #expect(found.inertia >= best.inertia - 1e-5)
      least = min(least, found.inertia)
    }
    #expect(close(least, best.inertia, relative: 1e-4, absolute: 1e-5))
    let centres = (0..<k).flatMap { part -> [Float] in
      let own = points.indices.filter { best.parts[$0] == part }.map { points[$0] }
      return (0..<width).map { d in Float(own.reduce(0) { $0 + $1[d] } / Double(own.count)) }
    }
    let stays = KMeans(flat, width: width, from: centres, products: PlainProducts())
    #expect(stays.clusters.map(Int.init) == best.parts)
    #expect(close(stays.inertia, best.inertia, relative: 1e-5))
  }

  /// More steps never make the sum larger; after the last nothing changes any more.
  @Test(arguments: UInt64(1)...4) func theSumNeverGrows(seed: UInt64) throws {
    let flat = points(seed, 300, width: 3).flatMap { $0.map { Float($0) } }
    let first = Array(flat[0..<24])
    var before = Double.infinity
    for steps in 1...40 {
      let found = KMeans(
        flat, width: 3, from: first, mostSteps: steps, products: PlainProducts())
      #expect(found.inertia <= before * (1 + 1e-6))
      #expect(found.steps <= steps)
      before = found.inertia
    }
    let all = KMeans(flat, width: 3, from: first, mostSteps: 1000, products: PlainProducts())
    let again = KMeans(flat, width: 3, from: all.centres, products: PlainProducts())
    #expect(all.steps < 1000 && again.clusters == all.clusters)
  }

  /// One cluster: its centre is the mean. As many clusters as points: none is away from its centre.
  @Test func oneClusterAndAll() throws {
    let points = points(9, 31, width: 4)
    let flat = points.flatMap { $0.map { Float($0) } }
    let one = try KMeans(
      flat, width: 4, count: 1, key: RandomKey(seed: 1), products: PlainProducts())
    for d in 0..<4 {
      let mean = points.reduce(0) { $0 + $1[d] } / 31
      #expect(close(Double(one.centres[d]), mean, relative: 1e-6, absolute: 1e-7))
    }
    #expect(close(one.inertia, inertia(points, [Int](repeating: 0, count: 31), 1), relative: 1e-5))
    let all = try KMeans(
      flat, width: 4, count: 31, key: RandomKey(seed: 1), products: PlainProducts())
    #expect(all.count == 31 && all.inertia < 1e-9 && Set(all.clusters).count == 31)
  }

  /// Sets hang together by pairs: beside all pairs of up to eleven directions of a circle, each of which has all others among its ten
  /// nearest.
  @Test(arguments: UInt64(1)...12) func copiesHangTogetherByPairs(seed: UInt64) throws {
    var source = RandomKey(seed: seed).folding("circle").source
    let count = 2 + source.below(10)
    // Degrees that are whole, so that none is just 8.1° from another.
    let degrees = (0..<count).map { _ in source.below(12) * 11 + source.below(6) }
    let features = degrees.flatMap { degree -> [Float] in
      let (angle, length) = (Double(degree) * .pi / 180, 1 + source.uniform())
      return [Float(length * cos(angle)), Float(length * sin(angle))]
    }
    let bound = 1 - cos(8.5 * .pi / 180)
    let found = try FeatureCopies(
      features, width: 2, within: bound, threads: 2, products: PlainProducts())
    var sets = Array(0..<count)
    for _ in 0..<count {
      for a in 0..<count {
        for b in 0..<count where abs(degrees[a] - degrees[b]) <= 8 {
          sets[a] = min(sets[a], sets[b])
        }
      }
    }
    #expect(found.originals == sets, "\(degrees)")
    #expect(found.count == sets.indices.count { sets[$0] != $0 })
  }

  @Test func nobodyAndOneAreNoCopies() throws {
    #expect(FeatureCopies(none: 3).originals == [0, 1, 2])
    for rows in [0, 1] {
      let found = try FeatureCopies(
        [Float](repeating: 1, count: rows * 2), width: 2, within: 2, threads: 1,
        products: PlainProducts())
      #expect(found.originals == Array(0..<rows) && found.count == 0)
    }
    // Rows of zeros have no direction, and are no copies of each other but at a distance of 1.
    let zeros = [Float](repeating: 0, count: 6)
    let apart = try FeatureCopies(
      zeros, width: 2, within: 0.99, threads: 1, products: PlainProducts())
    #expect(apart.count == 0)
    let one = try FeatureCopies(
      zeros, width: 2, within: 1, threads: 1, products: PlainProducts())
    #expect(one.originals == [0, 0, 0])
    #expect(throws: AuditError.notFinite(row: 1, column: 1)) {
      try FeatureCopies(
        [1, 2, 3, .infinity], width: 2, within: 1, threads: 1, products: PlainProducts())
    }
  }

  /// Groups by themselves: each as if it were alone.
  @Test func groupsDoNotSeeEachOther() throws {
    let flat = points(5, 60, width: 2).flatMap { $0.map { Float($0) } }
    let groups = (0..<60).map { $0 % 3 == 0 ? "b" : "a" }
    func clusters(_ rows: [Int]) throws -> GroupClusters {
      try GroupClusters(
        rows.flatMap { flat[$0 * 2..<$0 * 2 + 2] }, width: 2, groups: rows.map { groups[$0] },
        count: .squareRoot, least: 1, key: RandomKey(seed: 2), products: PlainProducts())
    }
    let both = try clusters(Array(0..<60))
    for name in ["a", "b"] {
      let rows = (0..<60).filter { groups[$0] == name }
      let alone = try clusters(rows)
      let own = both.clusters.filter { $0.group == name }
      #expect(own.map(\.centre) == alone.clusters.map(\.centre))
      #expect(own.map(\.rows) == alone.clusters.map { $0.rows.map { rows[$0] } })
      #expect(rows.map { both.distances[$0] } == alone.distances)
      #expect(own.map(\.number) == Array(1..<own.count + 1))
    }
    #expect(both.clusters.map(\.group) == both.clusters.map(\.group).sorted())
  }

  /// By its definition: who of the labelled agrees, whose centres are nearest, and nothing for clusters that disagree.
  @Test(arguments: UInt64(1)...8) func labelsSpreadAsIsSaid(seed: UInt64) throws {
    var source = RandomKey(seed: seed).folding("spread").source
    let flat = points(seed, 80, width: 2).flatMap { $0.map { Float($0) } }
    let clusters = try GroupClusters(
      flat, width: 2, groups: [String](repeating: "g", count: 80), count: .fixed(12), least: 1,
      key: RandomKey(seed: seed), products: PlainProducts())
    let labels = (0..<80).map { _ -> String? in
      source.below(10) == 0 ? ["x", "y"][source.below(2)] : nil
    }
    let all = clusters.clusters
    let own = all.map { cluster -> String?? in
      let known = cluster.rows.compactMap { labels[$0] }
      guard !known.isEmpty else { return .none }
      for name in ["x", "y"] where Double(known.count { $0 == name }) >= 0.8 * Double(known.count) {
        return .some(name)
      }
      return .some(nil)
    }
    func distance(_ a: Int, _ b: Int) -> Double {
      zip(all[a].centre, all[b].centre).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
        .squareRoot()
    }
    for reach in [0, 1, 3, 20] {
      let found = SeedSpread(clusters, labels: labels, reach: reach).proposals
      for place in all.indices {
        if let decided = own[place] {
          #expect(found[place]?.label == decided)
          if decided != nil { #expect(found[place]?.source == place) }
          continue
        }
        // Labelled clusters that count this one among their m nearest without a label.
        let seeds = all.indices.filter { seed in
          guard let decided = own[seed], decided != nil else { return false }
          let nearer = all.indices.filter {
            own[$0] == nil && distance(seed, $0) < distance(seed, place)
          }
          return nearer.count < reach
        }
        let nearest = seeds.min { distance($0, place) < distance($1, place) }
        #expect(found[place]?.source == nearest)
        if let nearest {
          #expect(found[place]?.label == own[nearest].flatMap { $0 })
          #expect(close(found[place]?.distance ?? -1, distance(nearest, place), relative: 1e-9))
        }
      }
    }
  }

  /// Every share of up to 60 labels that is just the asked one, in hundredths, is enough; one label fewer is not.
  @Test func theAskedShareIsEnough() throws {
    for count in 2...60 {
      let clusters = try GroupClusters(
        (0..<count).map { Float($0) }, width: 1, groups: [String](repeating: "g", count: count),
        count: .fixed(1), least: 1, key: RandomKey(seed: 1), products: PlainProducts())
      for percent in 51...100 where percent * count % 100 == 0 {
        let most = percent * count / 100
        func proposal(_ own: Int) -> String? {
          let labels = (0..<count).map { $0 < own ? "x" : "y" }
          return SeedSpread(clusters, labels: labels, reach: 0, purity: Double(percent) / 100)
            .proposals[0]?.label
        }
        #expect(proposal(most) == "x", "\(percent) % of \(count)")
        // With one fewer only the others may have it.
        let others = (count - most + 1) * 100 >= percent * count ? "y" : nil
        #expect(proposal(most - 1) == others, "\(percent) % of \(count)")
      }
    }
  }
}
