import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A run that is taken up later: by two at once, over data that have changed, from somebody else, after a kill.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct TakenUpRunTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--threads", "1",
    "--no-tensorboard", "--experiment", "run", "-q",
  ]

  private func draw(_ folder: String, seed: UInt64 = 1) throws {
    let set = DemoSet(seed: seed, side: 16, most: 16, ratio: 4, testPerClass: 3)
    _ = try DemoFolder(folder).draw(set, threads: 2)
  }

  private func withRun(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try draw(folder)
      let trained = try Programme.run(["train", "images"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      try body(folder)
    }
  }

  private func copy(_ from: String, over to: String) throws {
    try AtomicFile.write(FileBytes.read(from), to: to)
  }

  @Test func imagesThatHaveChangedAreRefusedByName() throws {
    try withRun { folder in
      let image = folder + "/images/test/oval/oval-0001.png"
      let whole = try FileBytes.read(image)
      try copy(folder + "/images/test/round/round-0001.png", over: image)
      for arguments in [["evaluate", "runs/run"], ["train", "--resume", "runs/run"]] {
        let ended = try Programme.run(arguments + ["-q"], in: folder)
        #expect(ended.status == 2, "\(ended.errors)")
        #expect(
          ended.errors.contains(
            "these data have changed since the run began (other pixels or numbers):\n"
              + "test/oval/oval-0001.png\n"), "\(ended.errors)")
      }
      try AtomicFile.write(whole, to: image)
      // What is evaluated is looked at, and nothing else.
      let training = folder + "/images/train/oval/oval-0001.png"
      let kept = try FileBytes.read(training)
      try AtomicFile.write("no image", to: training)
      #expect(try Programme.run(["evaluate", "runs/run", "-q"], in: folder).status == 0)
      let resumed = try Programme.run(["train", "--resume", "runs/run", "-q"], in: folder)
      #expect(resumed.status == 2 && resumed.errors.contains("oval-0001.png"))
      try AtomicFile.write(kept, to: training)
      #expect(
        try Programme.run(["train", "--resume", "runs/run", "-q"], in: folder).status == 0)
    }
  }

  /// Header and state are read before the data, which need not even be there.
  @Test func aDamagedCheckpointIsNamedBeforeTheDataAreRead() throws {
    try withRun { folder in
      let last = folder + "/runs/run/checkpoints/last.safetensors"
      try AtomicFile.write(Array(try FileBytes.read(last).dropLast(9)), to: last)
      try FileManager.default.removeItem(atPath: folder + "/images")
      let resumed = try Programme.run(["train", "--resume", "runs/run", "-q"], in: folder)
      #expect(resumed.status != 0)
      #expect(
        resumed.errors.contains("The run cannot go on from this checkpoint."), "\(resumed.errors)")
      #expect(!resumed.errors.contains("images: no such"), "\(resumed.errors)")
    }
  }

  /// Blanks at the ends of names, and marks that tables are written with.
  @Test func foldersOfOddNamesAreTakenUp() throws {
    try withTemporaryFolder { folder in
      try draw(folder)
      let manager = FileManager.default
      for part in ["train", "val", "test"] {
        for (old, new) in [("round", " a;b|c "), ("oval", "\"d\", e")] {
          let place = folder + "/images/\(part)/"
          guard manager.fileExists(atPath: place + old) else { continue }
          try manager.moveItem(atPath: place + old, toPath: place + new)
        }
      }
      let trained = try Programme.run(["train", "images"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      for arguments in [
        ["train", "--resume", "runs/run"], ["evaluate", "runs/run"], ["decide", "runs/run"],
        ["report", "runs/run"], ["evaluate", "runs/run/predictions-test.csv"],
      ] {
        let ended = try Programme.run(arguments + ["-q"], in: folder)
        #expect(ended.status == 0, "\(arguments): \(ended.errors)")
      }
    }
  }

  @Test func theSecondProgrammeInARunIsRefused() throws {
    try withRun { folder in
      let commands = [
        ["train", "--resume", "runs/run"], ["evaluate", "runs/run"], ["report", "runs/run"],
        ["decide", "runs/run"],
      ]
      let claim = try FolderClaim(folder + "/runs/run")
      for arguments in commands {
        let ended = try Programme.run(arguments, in: folder)
        #expect(ended.status == 1, "\(arguments)")
        #expect(
          ended.errors.contains("runs/run: another steelyard works in this run"),
          "\(ended.errors)")
      }
      let elsewhere = try Programme.run(
        ["evaluate", "runs/run", "--output-dir", "judged"], in: folder)
      #expect(elsewhere.status == 0, "\(elsewhere.errors)")
      withExtendedLifetime(claim) {}
    }
  }

  @Test func aReportOpensNothingOutsideTheRunUnlessTold() throws {
    try withRun { folder in
      let table = folder + "/runs/run/predictions-test.csv"
      let own = try String(contentsOfFile: table, encoding: .utf8)
      try FileManager.default.copyItem(
        atPath: folder + "/images/test", toPath: folder + "/secret")
      let foreign = own.replacingOccurrences(of: "\ntest/", with: "\n../secret/")
      #expect(foreign != own)
      func pictures(_ table: String, _ more: [String] = []) throws -> Bool {
        try AtomicFile.write(table, to: folder + "/runs/run/predictions-test.csv")
        let ended = try Programme.run(["report", "runs/run"] + more, in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        return try String(contentsOfFile: folder + "/runs/run/report.html", encoding: .utf8)
          .contains("<img src=\"data:image/png;base64,")
      }
      #expect(try pictures(own), "those shown before are shown again")
      #expect(try !pictures(foreign))
      #expect(try !pictures(foreign, ["--data", "images"]))
      #expect(try !pictures(own), "no file is opened")
      #expect(try pictures(own, ["--data", "images"]))
    }
  }

  @Test func groupsOfUnrelatedSetsDoNotCollide() throws {
    try withTemporaryFolder { folder in
      for (name, seed) in [("a", 1), ("b", 2)] as [(String, UInt64)] {
        let place = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
        try draw(place, seed: seed)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: place + "/images")
          .filter { $0.hasSuffix(".png") }.sorted()
        let rows = paths.enumerated().map { number, path in
          "images/\(path),\(path.split(separator: "/")[1]),p\(number)\n"
        }
        let head = "path,label,patient_id\n"
        try AtomicFile.write(head + rows.joined(), to: place + "/t.csv")
      }
      let trained = try Programme.run(["train", "a/t.csv"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let other = try Programme.run(["evaluate", "runs/run", "--data", "b/t.csv"], in: folder)
      #expect(other.status == 0, "\(other.errors)")
      #expect(other.errors.contains("names of groups occur in train too, such as 'p"))
      let training = try String(contentsOfFile: folder + "/runs/run/split.csv", encoding: .utf8)
        .split(separator: "\n").first { $0.hasSuffix(",train") }
      let fields = try #require(training).split(separator: ",")
      // Another image of one of the run's patients, beside the run's table.
      try copy(
        folder + "/b/images/test/oval/oval-0001.png", over: folder + "/a/new.png")
      try AtomicFile.write(
        "path,label,patient_id\nnew.png,oval,\(fields[2])\n", to: folder + "/a/new.csv")
      let beside = try Programme.run(["evaluate", "runs/run", "--data", "a/new.csv"], in: folder)
      #expect(beside.status == 2, "\(beside.errors)")
      #expect(beside.errors.contains("group '\(fields[2])' (1) lies in train too"))
    }
  }

  @Test func aRunKilledBeforeItsFirstCheckpointGoesOn() throws {
    try withTemporaryFolder { folder in
      try draw(folder)
      let run = folder + "/runs/run"
      let process = try Programme.start(["train", "images"] + Self.flags, in: folder)
      while !FilePath.isFile(run + "/config.yaml") && process.isRunning { usleep(200) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(FilePath.isFile(run + "/split.csv") && FilePath.isFile(run + "/images.csv"))
      try AtomicFile.write("half", to: run + "/data.json.2147483646.5.tmp")
      let resumed = try Programme.run(["train", "--resume", "runs/run", "-q"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      let files = try FileManager.default.contentsOfDirectory(atPath: run)
      #expect(!files.contains { $0.hasSuffix(".tmp") }, "\(files)")
      try FileManager.default.removeItem(atPath: run + "/config.yaml")
      let none = try Programme.run(["train", "--resume", "runs/run"], in: folder)
      #expect(none.status != 0 && none.errors.contains("delete it and start the run again"))
    }
  }
}
