import Randomness
import Sampling
import TestSupport
import Testing

/// Joint cells of ranges and clusters, drawn alike up to a cap, and dealt into parts.
@Suite struct CellSamplerTests {
  private struct Case: Decodable { let sizes: [Int], cap: Double, draws: Int, quotas: [Int] }

  /// 300 rows of four ranges, of which the last has six, and of three clusters.
  private static func cells(seed: UInt64 = 3) -> JointCells {
    var source = RandomSource(seed: seed)
    let ranges = (0..<300).map { $0 < 200 ? 0 : $0 < 270 ? 1 : $0 < 294 ? 2 : 3 }
    return JointCells(ranges: ranges, clusters: ranges.map { _ in source.below(3) })
  }

  private static func drawn(_ sampler: CellSampler, seed: UInt64 = 1) throws -> [Int] {
    let labels = sampler.cells.ofRow.map { sampler.cells.range[$0] }
    let counts = try ClassCounts(labels: labels, classes: 4)
    var source = RandomSource(seed: seed)
    return sampler.indices(for: labels, classes: counts, progress: 0, using: &source)
  }

  @Test func cellsByHand() {
    let cells = JointCells(ranges: [2, 0, 2, 2, 0], clusters: [1, 0, 0, 1, 0])
    #expect(cells.ofRow == [2, 0, 1, 2, 0])
    #expect(cells.range == [0, 2, 2] && cells.cluster == [0, 0, 1] && cells.sizes == [2, 1, 2])
  }

  @Test func quotasAreThoseOfDrawsHandedOutOneByOne() throws {
    for golden in try Golden.load("Sampling/cells.json", as: [Case].self) {
      let found = CellQuotas(sizes: golden.sizes, draws: golden.draws, cap: golden.cap)
      #expect(found.values == golden.quotas, "\(golden)")
    }
  }

  /// By hand: caps of 3 let cells of 8 and 2 rows have 24 and 6, so that 70 are left; a large cap gives thirds.
  @Test func quotasByHand() {
    #expect(CellQuotas(sizes: [90, 8, 2], draws: 100, cap: 3).values == [70, 24, 6])
    #expect(CellQuotas(sizes: [50, 30, 20], draws: 100, cap: 1e9).values == [34, 33, 33])
    #expect(CellQuotas(sizes: [50, 30, 20], draws: 100, cap: 1).values == [50, 30, 20])
    #expect(CellQuotas(sizes: [2, 1], draws: 0, cap: 2).values == [0, 0])
    #expect(CellQuotas(sizes: [2, 1], draws: 100, cap: 2).values == [4, 2])
  }

  /// Every epoch has exactly the quota of each cell; within a cell no row comes twice before each came as often as the quota lets it,
  /// and none more often than the cap.
  @Test(arguments: [1, 1.5, 4, 1e6] as [Double])
  func theDrawIsExact(cap: Double) throws {
    let sampler = CellSampler(Self.cells(), cap: cap)
    let quotas = sampler.quotas
    #expect(quotas.reduce(0, +) == 300)
    for seed in 1...5 {
      let rows = try Self.drawn(sampler, seed: UInt64(seed))
      #expect(rows.count == 300)
      var times = [Int](repeating: 0, count: 300)
      for row in rows { times[row] += 1 }
      for (cell, quota) in quotas.enumerated() {
        let own = times.indices.filter { sampler.cells.ofRow[$0] == cell }.map { times[$0] }
        #expect(own.reduce(0, +) == quota, "cell \(cell)")
        let least = quota / own.count
        #expect(own.allSatisfy { $0 == least || $0 == least + 1 && quota % own.count > 0 })
      }
      #expect(Double(times.max() ?? 0) <= cap.rounded(.up))
    }
    if cap == 1 { #expect(try Self.drawn(sampler).sorted() == Array(0..<300)) }
  }

  /// Without a bound that matters all cells have the same number of draws, to one.
  @Test func aLargeCapMakesCellsAlike() {
    let quotas = CellSampler(Self.cells(), cap: 1e6).quotas
    #expect((quotas.max() ?? 0) - (quotas.min() ?? 0) <= 1)
  }

  @Test func aSeedDrawsTheSameAndEachEpochOthers() throws {
    let sampler = CellSampler(Self.cells(), cap: 4)
    #expect(try Self.drawn(sampler, seed: 7) == Self.drawn(sampler, seed: 7))
    #expect(try Self.drawn(sampler, seed: 7) != Self.drawn(sampler, seed: 8))
    // Which rows of a large cell are drawn changes too.
    let sets = try (1...2).map { Set(try Self.drawn(sampler, seed: UInt64($0))) }
    #expect(sets[0] != sets[1])
  }

  /// What is expected of a range is what is drawn of it, in every epoch.
  @Test func theDistributionIsWhatIsDrawn() throws {
    let sampler = CellSampler(Self.cells(), cap: 4)
    let labels = sampler.cells.ofRow.map { sampler.cells.range[$0] }
    let classes = try ClassCounts(labels: labels, classes: 4)
    let expected = sampler.distribution(for: classes, progress: 0.5)
    let rows = try Self.drawn(sampler)
    let found = (0..<4).map { range in Double(rows.count { labels[$0] == range }) / 300 }
    #expect(difference(found, expected, relative: 1e-12) == nil)
    #expect(expected[3] > 6.0 / 300 && expected[3] <= 24.0 / 300 + 1e-9)
  }

  @Test func aCapBelowOneStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = CellSampler(JointCells(ranges: [0], clusters: [0]), cap: 0.5)
    }
  }

  @Test func labelsOfOtherRowsStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      _ = CellSampler(JointCells(ranges: [0, 0], clusters: [0, 1]), cap: 2).indices(
        for: [0], classes: try ClassCounts([1]), progress: 0, using: &source)
    }
  }

  /// Of equal parts each has the floor or the ceiling of its part of all rows, of every range and of every cell.
  @Test(arguments: [2, 3, 5, 7]) func equalPartsAreExact(count: Int) {
    for seed in 1...10 {
      let cells = Self.cells(seed: UInt64(seed))
      var source = RandomSource(seed: UInt64(100 + seed))
      let shares = [Double](repeating: 1 / Double(count), count: count)
      let part = CellDeal(cells, shares: shares, using: &source).part
      func check(_ rows: [Int], _ what: String) {
        for number in 0..<count {
          let own = rows.count { part[$0] == number }
          #expect(
            own == rows.count / count || own == (rows.count + count - 1) / count,
            "\(what): \(own) of \(rows.count) in \(number)")
        }
      }
      check(Array(0..<300), "all")
      for cell in 0..<cells.count {
        check((0..<300).filter { cells.ofRow[$0] == cell }, "cell \(cell)")
      }
      for range in 0..<4 {
        check((0..<300).filter { cells.range[cells.ofRow[$0]] == range }, "range \(range)")
      }
    }
  }

  @Test func unequalPartsAreWithinTwoRows() {
    let shares = [0.7, 0.15, 0.15]
    for seed in 1...20 {
      let cells = Self.cells(seed: UInt64(seed))
      var source = RandomSource(seed: UInt64(seed))
      let part = CellDeal(cells, shares: shares, using: &source).part
      for cell in 0..<cells.count {
        for (number, share) in shares.enumerated() {
          let own = (0..<300).count { cells.ofRow[$0] == cell && part[$0] == number }
          #expect(abs(Double(own) - share * Double(cells.sizes[cell])) < 2)
        }
      }
      let sizes = (0..<3).map { number in part.count { $0 == number } }
      #expect(zip(sizes, shares).allSatisfy { abs(Double($0) - 300 * $1) <= 1 }, "\(sizes)")
    }
  }

  @Test func theDealFollowsItsGenerator() {
    func part(_ seed: UInt64) -> [Int] {
      var source = RandomSource(seed: seed)
      return CellDeal(Self.cells(), shares: [0.5, 0.5], using: &source).part
    }
    #expect(part(1) == part(1) && part(1) != part(2))
  }
}
