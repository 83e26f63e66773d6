import Batches
import Datasets
import Inference
import Networks
import TestSupport
import Testing
import Torch
import Training

/// How many kernel threads are taken where that is measured.
@Suite struct ThreadTrialTests {
  @Test func everyHalfIsTriedAndNothingChanges() throws {
    try withTemporaryFolder { folder in
      let run = try TinyRun(folder: folder)
      let before = Engine.threads
      defer { Engine.threads = before }
      for (most, tried) in [(6, [6, 3, 1]), (2, [2, 1]), (1, [1])] {
        Engine.threads = most
        let trial = try #require(try ThreadTrial(run.plan))
        #expect(trial.rates.map(\.threads) == tried)
        #expect(trial.rates.allSatisfy { $0.rowsPerSecond > 0 && $0.rowsPerSecond.isFinite })
        #expect(tried.contains(trial.fastest) && Engine.threads == most)
      }
    }
  }

  @Test func theHighestRateIsTakenAndOfEqualOnesTheLargerNumber() {
    func fastest(_ rates: [(Int, Double)]) -> Int {
      ThreadTrial(rates: rates.map { .init(threads: $0, rowsPerSecond: $1) }).fastest
    }
    #expect(fastest([(4, 90), (2, 205), (1, 200)]) == 2)
    #expect(fastest([(2, 91), (1, 205)]) == 1)
    #expect(fastest([(2, 100), (1, 100)]) == 2)
  }

  @Test func whatIsNoImageIsNotTried() throws {
    try withTemporaryFolder { folder in
      var plan = try TinyRun(folder: folder).plan
      plan.preprocessing = .rows(
        Standardization(input: .features, names: ["a"], mean: [0], std: [1]))
      #expect(try ThreadTrial(plan) == nil)
    }
  }
}
