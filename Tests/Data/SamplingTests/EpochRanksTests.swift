import Sampling
import TestSupport
import Testing

/// Processes that share an epoch.
@Suite struct EpochRanksTests {
  @Test func moreRanksThanRows() throws {
    let draws = try EpochDrawsTests.uniform([1])
    #expect((0..<3).map { Array(draws.rows(of: $0, among: 3)) } == [[0], [], []])
  }

  /// Ranks differ by one row at most, the first have it.
  @Test(arguments: [(7, 3), (6, 3), (2, 5)]) func ranksDifferByARow(count: Int, ranks: Int) throws {
    let draws = try EpochDrawsTests.uniform([count])
    let sizes = (0..<ranks).map { Array(draws.rows(of: $0, among: ranks)).count }
    #expect(sizes == (0..<ranks).map { count / ranks + ($0 < count % ranks ? 1 : 0) })
  }

  @Test(arguments: [1, 2, 3, 7]) func ranksShareAnEpoch(ranks: Int) throws {
    let draws = try EpochDrawsTests.draws(SquareRootSampler(), [90, 9, 1, 3])
    let parts = (0..<ranks).map { Array(draws.rows(of: $0, among: ranks)) }
    #expect(parts.reduce(0) { $0 + $1.count } == draws.count)
    for position in 0..<draws.count {
      #expect(parts[position % ranks][position / ranks] == draws.row(at: position))
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try EpochDrawsTests.uniform([3, 4]).rows(of: 2, among: 2)
    }
  }
}
