import Batches
import Imaging
import Methods
import Plans
import Runs
import Sampling
import Synchronization
import TestSupport
import Testing
import Training

/// Images without labels in a run.
@Suite struct UnlabelledTests {
  /// They are read, and they are in no tally, no prior and no count of the run.
  @Test(arguments: [FixMatch() as any Method, MeanTeacher()])
  func inNoTally(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, folder: folder)
      let read = Mutex(Set<Int>())
      let others = TinyRun.images([30, 30, 30], seed: 7)
      let readOther = try #require(others.read)
      let counted = ExampleSet(paths: others.paths, labels: others.labels) { row, size in
        read.withLock { _ = $0.insert(row) }
        return try readOther(row, size)
      }
      let data = tiny.data
      tiny.data = try TrainingData(
        classes: data.classes, train: data.train, val: data.val, test: data.test,
        unlabelled: counted)
      let outcome = try tiny.trainer(in: nil).run()
      #expect(read.withLock { $0.count } > 20)
      #expect(tiny.data.counts.counts == [20, 8, 3])
      for record in outcome.history {
        #expect(record.drawn.map(\.examples).reduce(0, +) == 28)
        #expect(zip(record.drawn, [20, 8, 3]).allSatisfy { $0.distinct <= $1 })
        #expect(abs(record.drawn.compactMap(\.expectedMass).reduce(0, +) - 1) < 1e-9)
      }
    }
  }

  /// Other unlabelled images make another run: a checkpoint is not taken up with them.
  @Test func theyBelongToTheRun() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(FixMatch(), epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let data = tiny.data
      tiny.data = try TrainingData(
        classes: data.classes, train: data.train, val: data.val, test: data.test,
        unlabelled: TinyRun.images([3], seed: 7))
      #expect(throws: (any Error).self) { try tiny.trainer(in: directory, resuming: true) }
    }
  }

  /// While a representation is trained nothing is validated, and its last epoch goes on.
  @Test func aStageWithoutHeadsIsNotValidated() throws {
    try withTemporaryFolder { folder in
      var method = SupConTraining()
      method.share = 0.5
      let tiny = try TinyRun(method, epochs: 4, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      #expect(outcome.history.map { $0.validation.isEmpty } == [true, true, false, false])
      #expect(outcome.bestEpoch > 2)
      #expect(outcome.reports["test"] != nil)
    }
  }
}
