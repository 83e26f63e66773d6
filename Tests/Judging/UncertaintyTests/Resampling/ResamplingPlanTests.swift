import Randomness
import Testing
import Uncertainty

@Suite("What a resample is drawn from")
struct ResamplingPlanTests {
  /// Weights of examples in one resample.
  private func weights(_ plan: ResamplingPlan, seed: UInt64) -> [Int] {
    var block = WeightBlock(count: plan.count)
    var source = RandomKey(seed: seed).source
    plan.draw(using: &source, into: &block, lane: 3)
    #expect(block.vectors.allSatisfy { $0[0] == 0 && $0[4] == 0 })
    return block.vectors.map { Int($0[3]) }
  }

  @Test("sampled class counts vary as a multinomial's, with groups and without")
  func sampled() {
    let truths = (0..<200).map { $0 % 10 == 0 ? 1 : 0 }
    for groups in [nil, truths.indices.map { "\($0 / 10)" }] {
      let plan = ResamplingPlan(truths: truths, groups: groups)
      #expect(plan.strata == [Array(0..<plan.units)])
      let counts = (0..<2000).map { seed in
        zip(truths, weights(plan, seed: UInt64(seed))).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let mean = Double(counts.reduce(0, +)) / 2000
      let variance = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 2000
      // Of 200 examples 20 are of class 1: n p (1 − p) = 18. A group has one each, so groups do not vary it.
      #expect(abs(mean - 20) < 0.4)
      #expect(groups == nil ? abs(variance - 18) < 2.5 : variance == 0)
    }
  }

  @Test("no examples, no strata")
  func none() {
    for counts in ClassCounts.allCases {
      #expect(ResamplingPlan(truths: [], groups: nil, counts: counts).strata.isEmpty)
    }
  }

  @Test("fixed: without groups each class keeps its number of examples")
  func stratified() {
    let truths = [0, 0, 1, 0, 2, 1, 0, 0]
    let plan = ResamplingPlan(truths: truths, groups: nil, counts: .fixed)
    #expect(plan.strata == [[0, 1, 3, 6, 7], [2, 5], [4]])
    #expect(!plan.isClustered && plan.units == 8)
    for seed in 0..<20 {
      let weights = weights(plan, seed: UInt64(seed))
      for (index, size) in [5, 2, 1].enumerated() {
        let drawn = zip(truths, weights).filter { $0.0 == index }.reduce(0) { $0 + $1.1 }
        #expect(drawn == size)
      }
    }
  }

  @Test("every example is drawn once on average, with the variance of a multinomial")
  func moments() {
    let plan = ResamplingPlan(truths: [Int](repeating: 0, count: 20), groups: nil)
    var (sum, squares) = (0, 0)
    for seed in 0..<4000 {
      let first = weights(plan, seed: UInt64(seed))[7]
      sum += first
      squares += first * first
    }
    let mean = Double(sum) / 4000
    let variance = Double(squares) / 4000 - mean * mean
    // Standard errors are .016 and .023.
    #expect(abs(mean - 1) < 0.07)
    #expect(abs(variance - 0.95) < 0.1)
  }

  @Test("fixed: groups are drawn whole; pure groups by class, mixed and single ones together")
  func clustered() {
    let truths = [0, 0, 0, 1, 1, 0, 1, 2]
    let groups = ["a", "a", "b", "c", "c", "d", "d", "e"]
    let plan = ResamplingPlan(truths: truths, groups: groups, counts: .fixed)
    // a and b are of class 0; c, alone of class 1, e, alone of class 2, and the mixed d together.
    #expect(plan.strata == [[0, 1], [2, 3, 4]])
    #expect(plan.isClustered && plan.units == 5)
    #expect(Array(plan.examples(of: 2)) == [3, 4])
    for seed in 0..<20 {
      let weights = weights(plan, seed: UInt64(seed))
      for group in Set(groups) {
        let own = zip(groups, weights).filter { $0.0 == group }.map(\.1)
        #expect(Set(own).count == 1, "the examples of \(group) differ: \(own)")
      }
    }
  }

  @Test("fixed: a lone mixed group varies with the largest stratum")
  func lone() {
    let truths = [0, 0, 0, 0, 1, 1, 1, 1, 0, 1]
    let groups = ["a", "a", "b", "b", "c", "d", "e", "e", "f", "f"]
    let plan = ResamplingPlan(truths: truths, groups: groups, counts: .fixed)
    // a and b of class 0; c, d and e of class 1; f mixed.
    #expect(plan.strata == [[0, 1], [2, 3, 4, 5]])
    #expect(Set((0..<40).map { weights(plan, seed: UInt64($0))[8] }).count > 2)
    // With nothing but itself it cannot vary.
    #expect(ResamplingPlan(truths: [0, 1], groups: ["a", "a"], counts: .fixed).strata == [[0]])
  }

  @Test("groups of one example each are no groups; an empty group is a unit of its own")
  func singles() {
    #expect(!ResamplingPlan(truths: [0, 1, 1], groups: ["a", "b", "c"]).isClustered)
    #expect(!ResamplingPlan(truths: [0, 1, 1], groups: ["", "", ""]).isClustered)
    let some = ResamplingPlan(truths: [0, 1, 1, 0], groups: ["", "p", "p", ""])
    #expect(some.units == 3)
  }

  @Test("the same source, the same draw; the number of draws of a seed is pinned")
  func pinned() {
    let plan = ResamplingPlan(truths: [0, 0, 0, 0, 1, 1, 1], groups: nil)
    #expect(weights(plan, seed: 1) == weights(plan, seed: 1))
    let all = (0..<6).map { weights(plan, seed: UInt64($0)) }
    #expect(Set(all).count > 3)
  }

  @Test("groups for other examples trap")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      _ = ResamplingPlan(truths: [0, 1, 0], groups: ["a", "a"])
    }
  }
}
