import Files
import Foundation
import Runs
import TestSupport
import Testing
import Training

/// What training writes beside the weights.
@Suite struct RunLogTests {
  @Test func theLogHoldsEveryEpochAndTensorBoardFilesBeginRight() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(folder: folder)
      tiny.plan.tensorBoard = true
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let summary = try String(contentsOfFile: directory.summary, encoding: .utf8)
      let lines = summary.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("epoch,train_loss,lr,lambda,val_accuracy"))
      let jsonl = try String(contentsOfFile: directory.metricsLines, encoding: .utf8)
      #expect(jsonl.split(separator: "\n").count == 2)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      let events = try #require(names.first { $0.hasPrefix("events.out.tfevents.") })
      let bytes = try FileBytes.read(FilePath.join(directory.path, events))
      #expect(String(decoding: bytes, as: UTF8.self).contains("brain.Event:2"))
    }
  }
}
