import Files
import Foundation
import Synchronization
import TestSupport
import Testing
import Training

@Suite struct RunDirectoryTests {
  @Test func neverReusesAName() throws {
    try withTemporaryFolder { folder in
      let names = try (0..<3).map { _ in
        FilePath.name(of: try RunDirectory(creating: "run", in: folder).path)
      }
      #expect(names == ["run", "run-1", "run-2"])
    }
  }

  @Test func runsThatStartAtOnceGetAFolderEach() throws {
    try withTemporaryFolder { folder in
      let made = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 32) { _ in
        guard let directory = try? RunDirectory(creating: "run", in: folder) else { return }
        made.withLock { $0.append(FilePath.name(of: directory.path)) }
      }
      let expected = Set((1..<32).map { "run-\($0)" } + ["run"])
      #expect(made.withLock { $0.count } == 32)
      #expect(Set(made.withLock { $0 }) == expected)
      #expect(FilePath.name(of: RunDirectory.next("run", in: folder)) == "run-32")
      #expect(FilePath.name(of: RunDirectory.next("new", in: folder)) == "new")
    }
  }

  @Test func aFolderWithoutConfigurationIsNoRun() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: RunError.notARun(folder)) {
        try RunDirectory(existing: folder)
      }
      #expect(
        error?.description
          == "\(folder): not a run directory (no config.yaml in it); give the folder that `train` made"
      )
    }
  }

  @Test func aPlaceThatCannotBeMadeSaysWhy() throws {
    try withTemporaryFolder { folder in
      let file = FilePath.join(folder, "file")
      try AtomicFile.write("x", to: file)
      let error = #expect(throws: RunError.self) {
        try RunDirectory(creating: "run", in: FilePath.join(file, "below"))
      }
      #expect(error?.description.contains("choose another place with --output-dir") == true)
    }
  }

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
