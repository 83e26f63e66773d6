import Files
import Methods
import Plans
import Randomness
import Runs
import Sampling
import TestSupport
import Testing
import Torch
import Training

/// What a run draws beyond what its method says, and what its stages choose.
@Suite struct DrawingTests {
  private func plan(
    _ method: any Method, seed: UInt64 = 1, _ change: (inout TrainingPlan) -> Void = { _ in }
  )
    throws -> TrainingPlan
  {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, seed: seed, folder: folder)
      change(&tiny.plan)
      return tiny.plan
    }
  }

  /// Images that under-sampling keeps are those of the seed.
  @Test func keptRowsFollowTheSeed() throws {
    let labels = [20, 8, 3].enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let classes = try ClassCounts([20, 8, 3])
    func rows(_ seed: UInt64, drawnBy epoch: UInt64) throws -> Set<Int> {
      var source = RandomSource(seed: epoch)
      let stage = try plan(UnderSampling(), seed: seed).stages(for: classes)[0]
      return Set(
        stage.streams[0].sampler.indices(
          for: labels, classes: classes, progress: 0, using: &source))
    }
    #expect(try rows(1, drawnBy: 1) == rows(1, drawnBy: 2))
    #expect(try rows(1, drawnBy: 1) != rows(2, drawnBy: 1))
  }

  /// Given shares take the place of the data's in every stage, and the label mass says so.
  @Test func givenSharesAreDrawn() throws {
    let classes = try ClassCounts([20, 8, 3])
    let stages = try plan(TauNorm()) { $0.classMass = [0.2, 0.3, 0.5] }.stages(for: classes)
    #expect(
      stages[0].streams[0].sampler.distribution(for: classes, progress: 0) == [0.2, 0.3, 0.5])
    #expect(stages[0].expectedLabelMass(for: classes, progress: 1) == [0.2, 0.3, 0.5])
    let corrected = try plan(BalancedSoftmax()) { $0.classMass = [0.2, 0.3, 0.5] }
      .stages(for: classes)[0].correction(for: classes)
    #expect((corrected?.drawn[2] ?? 0) > 5, "drawn over its share of 3 in 31")
  }

  /// Buckets of classes take the place of the data's shares too, and stand in the digest of the settings.
  @Test func givenBucketsAreDrawn() throws {
    let classes = try ClassCounts([20, 8, 3])
    let buckets = ClassBucketSampler([0, 1, 1], each: [1, 1])
    let stages = try plan(TauNorm()) { $0.buckets = buckets }.stages(for: classes)
    #expect(
      difference(
        stages[0].expectedLabelMass(for: classes, progress: 1), [0.5, 4.0 / 11, 1.5 / 11]) == nil)
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), folder: folder)
      tiny.plan.buckets = buckets
      let stopped = try tiny.directory("stopped")
      try tiny.runUntilStopped(in: stopped, at: 9)
      tiny.plan.buckets = nil
      #expect(throws: RunError.self) { try tiny.trainer(in: stopped, resuming: true) }
    }
  }

  /// Shares change what is drawn, a resumed run included, and other settings are refused.
  @Test func aRunDrawsThem() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), folder: folder)
      tiny.plan.classMass = [0.1, 0.1, 0.8]
      let whole = try tiny.directory("whole")
      let history = try tiny.trainer(in: whole).run().history
      let drawn = history.flatMap { $0.drawn.map(\.expectedMass) }
      #expect(drawn.contains { abs(($0 ?? 0) - 0.8) < 1e-9 }, "\(history[0].drawn)")
      let stopped = try tiny.directory("stopped")
      try tiny.runUntilStopped(in: stopped, at: 9)
      _ = try tiny.trainer(in: stopped, resuming: true).run()
      #expect(try FileBytes.read(stopped.model) == FileBytes.read(whole.model))
      tiny.plan.classMass = nil
      #expect(throws: RunError.self) { try tiny.trainer(in: stopped, resuming: true) }
    }
  }

  private final class Notes: TrainingObserver {
    var choices: [ChoicesRecord.Choice] = []
    func chose(_ choice: ChoicesRecord.Choice) { choices.append(choice) }
  }

  /// What an edit chose is told, and written, once, however often the run ends.
  @Test(arguments: [true, false])
  func choicesAreWrittenDown(searches: Bool) throws {
    try withTemporaryFolder { folder in
      var method = PostHocAdjustment()
      method.search = searches
      let tiny = try TinyRun(method, folder: folder)
      let (directory, notes) = (try tiny.directory("run"), Notes())
      _ = try Trainer(tiny.plan, data: tiny.data, directory: directory, observer: notes).run()
      guard searches else {
        #expect(notes.choices.isEmpty && !FilePath.isFile(directory.choices))
        return
      }
      let choice = try #require(notes.choices.first)
      #expect(choice.name == "tau" && PriorShift.path.contains(choice.value) && choice.stage == 1)
      #expect((0...1).contains(choice.score))
      _ = try tiny.trainer(in: directory, resuming: true).run()
      #expect(try ChoicesRecord.read(directory.choices).choices == notes.choices)
    }
  }
}
