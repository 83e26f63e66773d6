import Batches
import Evaluation
import Files
import Foundation
import Inference
import Methods
import Networks
import Plans
import Runs
import Sampling
import TestSupport
import Testing
import Torch
import Training

/// `examples.csv` and kept epochs, of runs that went through and runs that were stopped.
@Suite struct RecordsTests {
  private func records(_ directory: RunDirectory) throws -> [ExampleRecords.Row] {
    try ExampleRecords.read(directory.examples).rows
  }

  /// Every row of every step, in order, with the losses that the log has the means of.
  @Test func everyRowOfEveryStepIsThereOnce() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), folder: folder)
      tiny.plan.recordsEvery = 1
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      let rows = try records(directory)
      let steps = 31 / 4
      #expect(rows.count == 2 * steps * 4)
      let places = (1...2).flatMap { epoch in
        (1...steps).flatMap { step in (0..<4).map { _ in [epoch, step] } }
      }
      #expect(rows.map { [$0.epoch, $0.step] } == places)
      for epoch in 1...2 {
        let own = rows.filter { $0.epoch == epoch }
        #expect(Set(own.map(\.path)).count == own.count)
        let mean = own.reduce(0) { $0 + Double($1.loss) } / Double(own.count)
        #expect(close(mean, outcome.history[epoch - 1].trainLoss, relative: 1e-5))
      }
      #expect(rows.allSatisfy { tiny.data.train.paths.contains($0.path) && $0.weight == 1 })
      #expect(rows.allSatisfy { ($0.margin ?? 0 > 0) == $0.isCorrect && $0.gradientNorm != nil })
    }
  }

  /// A run that records has the bytes of one that does not, and every third step is every third step.
  @Test func recordingChangesNothing() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(folder: folder)
      let plain = try tiny.directory("plain")
      _ = try tiny.trainer(in: plain).run()
      #expect(!FilePath.isFile(plain.examples))
      tiny.plan.recordsEvery = 1
      let all = try tiny.directory("all")
      _ = try tiny.trainer(in: all).run()
      tiny.plan.recordsEvery = 3
      let some = try tiny.directory("some")
      _ = try tiny.trainer(in: some).run()
      let (bytes, golden) = (try TinyRun.bytes(all), try TinyRun.bytes(plain))
      for (name, one) in golden where name != "checkpoints/last.safetensors" {
        let same = bytes[name] == one
        #expect(same, "\(name)")
      }
      let steps = 31 / 4
      let expected = try records(all).filter { (($0.epoch - 1) * steps + $0.step - 1) % 3 == 0 }
      #expect(try records(some) == expected && !expected.isEmpty)
      // Of two blended streams a row stands under the image of the first, with what it counts.
      #expect(try records(all).contains { $0.weight > 0 && $0.weight < 1 })
    }
  }

  /// Stopped anywhere and taken up, or killed between checkpoints with rows behind the last one.
  @Test(arguments: [ERM() as any Method, SADE(), ClassifierRetraining()])
  func noRowTwiceAndNoneLost(method: any Method) throws {
    struct Killed: Error {}
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, folder: folder)
      tiny.plan.recordsEvery = 2
      tiny.plan.keptCheckpoints = 1
      tiny.plan.checkpointSteps = 3
      let whole = try tiny.directory("whole")
      let asked = try tiny.runCountingStops(in: whole)
      let golden = try FileBytes.read(whole.examples)
      let kept = try FileBytes.read(whole.checkpoint(ofEpoch: 2))
      for point in stride(from: 1, through: asked, by: 4) {
        let directory = try tiny.directory("stopped")
        try tiny.runUntilStopped(in: directory, at: point)
        // What a killed programme may leave behind the last checkpoint.
        var text = try FileBytes.read(directory.examples)
        text += Array("set1/3.png,1,9,0.".utf8)
        try AtomicFile.write(text, to: directory.examples)
        _ = try tiny.trainer(in: directory, resuming: true).run()
        let same = try FileBytes.read(directory.examples) == golden
        #expect(same, "stopped at \(point)")
        #expect(try directory.keptEpochs() == [2])
        let sameKept = try FileBytes.read(directory.checkpoint(ofEpoch: 2)) == kept
        #expect(sameKept, "stopped at \(point)")
      }
    }
  }

  @Test func aTableThatIsTooShortIsRefused() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 1, folder: folder)
      tiny.plan.recordsEvery = 1
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      try AtomicFile.write("path\n", to: directory.examples)
      let error = #expect(throws: FileError.self) {
        try tiny.trainer(in: directory, resuming: true)
      }
      #expect(error?.description.hasSuffix("found 5; restore it from a copy") == true)
    }
  }

  /// The last two of three, with the weights that were validated, averaged where an average is kept.
  @Test(arguments: [nil, 0.8]) func lastEpochsAreKept(averageDecay: Double?) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 3, folder: folder)
      tiny.plan.keptCheckpoints = 2
      tiny.plan.averageDecay = averageDecay
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      #expect(try directory.keptEpochs() == [2, 3])
      for epoch in 2...3 {
        let path = directory.checkpoint(ofEpoch: epoch)
        #expect(try ModelFile.describe(path).epoch == epoch)
        #expect(try CheckpointNote.read(directory.note(of: path)).epochs == epoch)
      }
      #expect(!FilePath.isFile(directory.note(of: directory.checkpoint(ofEpoch: 1))))
      let last = try ModelFile.read(directory.checkpoint(ofEpoch: 3), on: .cpu).network
      let predictions = try Predictor(batchSize: 32, workers: 1, autocast: nil, device: .cpu)
        .predictions(
          on: #require(tiny.data.val), by: last, classes: tiny.data.classes,
          tiny.plan.preprocessing)
      let found = MetricsReport(predictions, trainingCounts: tiny.data.counts.counts)
      for name in ["accuracy", "roc_auc_ovr", "log_loss"] {
        let expected = try #require(outcome.history[2].validation[name])
        #expect(close(found[name] ?? .nan, expected, relative: 1e-6), "\(name)")
      }
    }
  }
}
