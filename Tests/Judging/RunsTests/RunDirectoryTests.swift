import Files
import Foundation
import Runs
import Synchronization
import TestSupport
import Testing

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
          == "\(folder): not a run directory (no config.yaml in it); give the folder that `train` made;"
          + " one that was killed before it wrote config.yaml has learned nothing yet: delete it and start the run again"
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
      #expect(
        error?.description
          == "\(file)/below/run: cannot be created: Not a directory; choose another place")
    }
  }

  @Test func partsWithPredictionsAreListedTestFirst() throws {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      let run = try RunDirectory(existing: folder + "/run")
      #expect(try run.evaluatedParts() == ["test", "val"])
      for name in [
        "predictions-new.csv", "predictions-.csv", "predictions-a-b.csv", "predictions-c.tsv",
      ] {
        try AtomicFile.write("", to: FilePath.join(run.path, name))
      }
      #expect(try run.evaluatedParts() == ["test", "val", "a-b", "new"])
    }
  }
}
