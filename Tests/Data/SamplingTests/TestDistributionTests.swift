import Randomness
import Sampling
import TestSupport
import Testing

/// The test-agnostic protocol.
@Suite struct TestDistributionTests {
  private let trained = [500, 5, 60, 20]

  /// int(n ρ^(−k/(C−1))) of a balanced set, as the authors' code has it: CIFAR's hundred a class, four classes.
  @Test(arguments: [
    ("forward-50", [100, 2, 27, 7]), ("backward-50", [2, 100, 7, 27]),
    ("forward-2", [100, 50, 79, 62]), ("uniform", [100, 100, 100, 100]),
    ("forward-1", [100, 100, 100, 100]),
  ])
  func countsOfABalancedSet(name: String, expected: [Int]) throws {
    let distribution = try #require(TestDistribution(name: name))
    #expect(distribution.name == name)
    #expect(distribution.counts(of: [100, 100, 100, 100], trained: trained) == expected)
  }

  /// Where a class has too few, all are made fewer in proportion; where it has none, it stays out.
  @Test func countsOfAnUnbalancedSet() {
    #expect(TestDistribution.uniform.counts(of: [40, 3, 20, 9], trained: trained) == [3, 3, 3, 3])
    let found = TestDistribution.backward(8).counts(of: [90, 16, 30, 12], trained: trained)
    #expect(found == [2, 16, 4, 8])
    #expect(
      TestDistribution.forward(8).counts(of: [80, 0, 80, 80], trained: trained) == [80, 0, 40, 20])
  }

  @Test func theElevenOfThePaper() {
    #expect(
      TestDistribution.published.map(\.name) == [
        "forward-50", "forward-25", "forward-10", "forward-5", "forward-2", "uniform",
        "backward-2", "backward-5", "backward-10", "backward-25", "backward-50",
      ])
    for one in TestDistribution.published { #expect(TestDistribution(name: one.name) == one) }
    for wrong in [
      "", "forward", "forward-", "forward-0.5", "sideways-3", "uniform-2", "forward-inf",
    ] {
      #expect(TestDistribution(name: wrong) == nil, "\(wrong)")
    }
  }

  @Test func rowsHaveTheCountsAndFollowTheKey() {
    let labels = (0..<400).map { $0 % 4 }
    let distribution = TestDistribution.forward(50)
    func rows(_ seed: UInt64, _ one: TestDistribution) -> [Int] {
      one.rows(of: labels, trained: trained, key: RandomKey(seed: seed))
    }
    let found = rows(1, distribution)
    #expect(found == found.sorted() && Set(found).count == found.count)
    #expect((0..<4).map { c in found.filter { labels[$0] == c }.count } == [100, 2, 27, 7])
    #expect(rows(1, distribution) == found && rows(2, distribution) != found)
    #expect(rows(1, .uniform) == Array(0..<400))
    #expect(Set(found).isSubset(of: rows(1, .forward(10))))
  }
}
