import Evaluation
import Inference
import Methods
import Networks
import Plans
import TestSupport
import Testing
import Torch
import Training

/// Heads on frozen features of weights that were given.
@Suite struct FrozenBaselineTests {
  private struct Stopped: Error {}

  /// Votes of neighbours, and a regression that is told as "fit".
  static let heads = [
    FrozenBaseline.Head("votes", settings: "k = 20", NeighbourMemory()),
    FrozenBaseline.Head("fit", settings: "", FittedHead(.logistic(LogisticRegression()))),
  ]

  private func withBaseline(_ body: (FrozenBaseline, TrainingData) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(ERM(), folder: folder)
      let weights = try tiny.trainer(in: nil).network.stateDict
      try body(
        FrozenBaseline(
          weights, of: tiny.plan.architecture, tiny.plan.preprocessing,
          Predictor(batchSize: 8, workers: 1, autocast: nil, device: .cpu)), tiny.data)
    }
  }

  /// Both heads answer for both parts, one alone answers as it did beside the other, and the networks answer as said.
  @Test func headsByThemselves() throws {
    try withBaseline { baseline, data in
      var made: [String: Network] = [:]
      let both = try baseline.answers(on: data, of: Self.heads, made: { made[$0.name] = $1 })
      #expect(both.map(\.head.name) == ["votes", "fit"] && made.count == 2)
      #expect(both[0].head.settings == "k = 20")
      #expect(both.allSatisfy { Set($0.predictions.keys) == ["val", "test"] })
      let alone = try baseline.answers(on: data, of: [Self.heads[1]])
      #expect(alone.count == 1)
      #expect(
        alone[0].predictions["test"]?.probabilities == both[1].predictions["test"]?.probabilities)
      #expect(made["fit"]?.headNames.isEmpty == false)
    }
  }

  /// Images × features × classes, 31 × 64 × 3.
  @Test func whatAFitGrowsWith() throws {
    try withBaseline { baseline, data in
      let work = try baseline.work(on: data)
      #expect(work == 31 * 64 * 3)
    }
  }

  /// Parts and fits are told in order, and a fit ends where it is asked to.
  @Test func itTellsHowFarItIsAndStopsInAFit() throws {
    try withBaseline { baseline, data in
      var told: [String] = []
      _ = try baseline.answers(
        on: data, of: Self.heads,
        progress: { part, _, _ in
          if told.last != part { told.append(part) }
        })
      #expect(told == ["train", "val", "test", "fit"])
      var calls = 0
      #expect(throws: Stopped.self) {
        try baseline.answers(
          on: data, of: Self.heads,
          progress: { part, _, _ in
            guard part == "fit" else { return }
            calls += 1
            if calls == 3 { throw Stopped() }
          })
      }
      #expect(calls == 3)
    }
  }
}
