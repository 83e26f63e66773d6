import Batches
import Datasets
import Evaluation
import Files
import Losses
import Methods
import Mixing
import Plans
import Randomness
import Runs
import Sampling
import Synchronization
import Targets
import TestSupport
import Testing
import Training

/// Buckets of labels in place of what a method draws, through to the batches that its loss sees.
@Suite struct LabelBucketTrainingTests {
  /// 70 rows of three features: label 0 in 20, label 1 in 6, label 2 in 2; of the others ten are hard normals.
  private static func set(_ seed: UInt64) -> ExampleSet {
    var source = RandomSource(seed: seed)
    let numbers = (0..<210).map { _ in Float(source.normal()) }
    let entries = (0..<70).flatMap { row in [row < 20, (20..<26).contains(row), row >= 68] }
    return ExampleSet(
      paths: (0..<70).map { "set\(seed)/\($0)" }, labels: (0..<70).map { _ in nil },
      labelTable: LabelTable(entries.map { $0 }, width: 3),
      content: .rows(RowStore(features: numbers, width: 3), members: Array(0..<70)))
  }
  private static let buckets = LabelBucketSampler(
    [0, 1, 1], none: 2, hard: 3, hardRows: Set(30..<40), each: [1, 2, 4, 1])

  private func tiny(_ method: any Method, folder: String) throws -> TinyRun {
    var tiny = try TinyRun(method, folder: folder)
    tiny.take(
      rows: try TrainingData(
        classes: ["a", "b", "c"], train: Self.set(1), val: Self.set(2), test: nil),
      target: .labels, by: .averagePrecisionMacro)
    (tiny.plan.batchSize, tiny.plan.labelBuckets) = (16, Self.buckets)
    return tiny
  }

  /// The rows of every batch of a run are those of the recipe: of 16, 2 of a, 4 of b or c, 8 without any label and 2 hard
  /// normals, though b and c have 8 rows together.
  @Test func everyBatchOfARunHasItsRecipe() throws {
    try withTemporaryFolder { folder in
      Noted.batches.withLock { $0 = [] }
      let tiny = try tiny(Noted(), folder: folder)
      _ = try tiny.trainer(in: nil).run()
      let batches = Noted.batches.withLock(\.self)
      #expect(batches.count == 8, "two epochs of four whole batches")
      let places = Self.buckets.places(in: try #require(tiny.data.labelTable))
      for batch in batches {
        let found = (0..<4).map { bucket in batch.count { places[$0] == bucket } }
        #expect(found == [2, 4, 8, 2], "\(found)")
      }
    }
  }

  /// What is expected of the draws is what was drawn, and a run that was stopped draws on as if it had not been; a run of other buckets is another run, and so is one without.
  @Test func drawsAreExpectedAndBelongToTheRun() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(ERM(), folder: folder)
      let stopped = try tiny.directory("stopped")
      try tiny.runUntilStopped(in: stopped, at: 6)
      let history = try tiny.trainer(in: stopped, resuming: true).run().history
      let whole = try tiny.directory("whole")
      _ = try tiny.trainer(in: whole).run()
      #expect(try FileBytes.read(stopped.model) == FileBytes.read(whole.model))
      for epoch in history {
        for (label, mass) in [1.0 / 3, 0.5, 1.0 / 6].enumerated() {
          #expect(close(epoch.drawn[label].expectedMass ?? 0, mass, absolute: 1e-9))
        }
        #expect(
          epoch.drawn[0].examples == 8 && epoch.drawn[1].examples + epoch.drawn[2].examples == 16)
      }
      for other in [
        nil, LabelBucketSampler([0, 1, 1], none: 2, hard: 3, hardRows: [30], each: [1, 2, 4, 1]),
      ] {
        tiny.plan.labelBuckets = other
        #expect(throws: RunError.self) { try tiny.trainer(in: stopped, resuming: true) }
      }
    }
  }

  /// A last layer that begins with shares begins with those of the draws: 1, 1.5 and .5 of 8 rows.
  @Test func sigmoidsBeginWithTheSharesOfTheDraws() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(SigmoidBCE(), folder: folder)
      let stage = try #require(tiny.plan.stages(for: tiny.data).first)
      let bias = try #require(stage.opening.first as? PriorBias)
      #expect(difference(bias.shares, [1.0 / 8, 1.5 / 8, 0.5 / 8], relative: 1e-9) == nil)
    }
  }

  /// A method that says itself what is drawn takes no buckets.
  @Test func aMethodThatDrawsStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      try withTemporaryFolder { folder in
        var tiny = try TinyRun(ClassBalanced(), folder: folder)
        tiny.plan.labelBuckets = LabelBucketSampler([0, 1, 1], each: [1, 1])
        _ = tiny.plan.stages(for: tiny.data.counts)
      }
    }
  }
}

/// Sigmoid cross-entropy, noting the rows of every batch.
private struct Noted: Method {
  static let name = "noted"
  static let summary = "a test"
  static let citation = Citation(authors: "", title: "", venue: "", link: "")
  static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")
  static let batches = Mutex<[[Int]]>([])

  func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(SigmoidCrossEntropy(), mixing: Noting()))]
  }

  func stages(for table: LabelTable) -> [Stage]? {
    [Stage(Supervised(SigmoidCrossEntropy(), mixing: Noting()))]
  }
}

/// Leaves the batch as it is and notes its rows.
private struct Noting: Mixing {
  var streams: Int { 1 }
  var expectedWeights: [Double] { [1] }
  var blends: Bool { false }

  func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    Noted.batches.withLock { $0.append(batches[0].examples) }
    return batches[0]
  }
}
