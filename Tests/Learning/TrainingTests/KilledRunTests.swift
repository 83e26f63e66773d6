import Batches
import Methods
import Plans
import Runs
import Sampling
import TestSupport
import Testing
import Training

/// Killed in its last stage and resumed, a run ends with the bytes of one never killed, model included: of any method in the
/// proofs, else of a fourth of them, beside those that are stopped on the way in `ResumeTests`.
@Suite struct KilledRunTests {
  private struct Killed: Error {}

  /// A ninth tenth of what a run reads of the training part lies in its last epoch of three, or in the edits that
  /// follow; the checkpoint that it goes back to lies there too.
  @Test(arguments: Proofs.some(22, of: TinyRun.everyMethod))
  func everyMethodArrivesAtTheSameBytes(method: any Method) throws {
    try withTemporaryFolder { folder in
      // What is fitted has one epoch, without a step.
      let isFitted = method.isFitted(for: try ClassCounts([20, 8, 3]))
      var tiny = try TinyRun(method, epochs: isFitted ? 1 : 3, folder: folder)
      tiny.plan.checkpointSteps = 3
      tiny.plan.cacheBytes = 0
      let data = tiny.data
      let reads = Counter(limit: .max)
      tiny.data = try killed(data, by: reads)
      let whole = try tiny.directory("whole")
      _ = try tiny.trainer(in: whole).run()
      // No saving on the way out: as `kill -9` leaves it. Reading an image fails at this point.
      tiny.data = try killed(data, by: Counter(limit: reads.count * 9 / 10))
      let directory = try tiny.directory("killed")
      #expect(throws: Killed.self) { try tiny.trainer(in: directory).run() }
      tiny.data = data
      let resumed = try tiny.trainer(in: directory, resuming: true)
      #expect(resumed.position.epoch >= 2 || isFitted)
      _ = try resumed.run()
      let (golden, bytes) = (try TinyRun.bytes(whole), try TinyRun.bytes(directory))
      for (name, expected) in golden {
        let same = bytes[name] == expected
        #expect(same, "\(name) differs")
      }
    }
  }

  /// The same data, whose training images fail once more have been read than a counter allows.
  private func killed(_ data: TrainingData, by count: Counter) throws -> TrainingData {
    let images = data.train
    let read = try #require(images.read)
    return try TrainingData(
      classes: data.classes,
      train: ExampleSet(paths: images.paths, labels: images.labels, groups: images.groups) {
        row, size in
        if count.isOver() { throw Killed() }
        return try read(row, size)
      }, val: data.val, test: data.test)
  }
}
