import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A run whose disk is full or cannot be written any more: it says so, ends with 1, and what it had
/// saved is whole and goes on to the bytes of a run that never had to stop.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct FullDiskTests {
  private static let mounting: Comment =
    "file systems cannot be mounted here (no `unshare -rm`); the test of a file-size limit ran"
  private static let saved = ["checkpoints/last.safetensors", "checkpoints/best.safetensors"]
  private static let results =
    saved + ["model.safetensors", "summary.csv", "predictions-val.csv", "metrics-val.json"]

  /// `train`, two epochs, a checkpoint at every step.
  private static func flags(_ name: String) -> String {
    "train images --model resnet20 --img-size 16 --batch-size 16 --epochs 2 --threads 1 --amp off"
      + " --checkpoint-interval 1 --experiment \(name)"
  }

  private func withRuns(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let whole = try Programme.shell("exec $STEELYARD \(Self.flags("whole"))", in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      try stopInTheSecondEpoch(folder)
      try body(folder)
    }
  }

  /// `runs/run`, stopped by a signal after its first epoch, with a checkpoint within the second.
  private func stopInTheSecondEpoch(_ folder: String) throws {
    let process = try Programme.start(
      Self.flags("run").split(separator: " ").map(String.init), in: folder)
    let best = FilePath.join(folder, "runs/run/checkpoints/best.safetensors")
    while process.isRunning && !FilePath.isFile(best) { usleep(500) }
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 143)
  }

  private func bytes(_ names: [String], of run: String, in folder: String) throws -> [[UInt8]] {
    try names.map { try FileBytes.read(FilePath.join(folder, "runs/\(run)/\($0)")) }
  }

  /// Every temporary file, wherever it lies in the run.
  private func litter(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder + "/runs/run")
      .filter { $0.hasSuffix(".tmp") }
  }

  private func goesOnToTheSameBytes(_ folder: String) throws {
    let resumed = try Programme.run(["train", "--resume", "runs/run"], in: folder)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let found = try bytes(Self.results, of: "run", in: folder)
    for (name, pair) in zip(
      Self.results, zip(found, try bytes(Self.results, of: "whole", in: folder)))
    {
      let same = pair.0 == pair.1
      #expect(same, "\(name) differs")
    }
  }

  @Test func aFileThatMayNotGrowIsAnErrorAndTheCheckpointSurvives() throws {
    try withRuns { folder in
      let before = try bytes(Self.saved, of: "run", in: folder)
      // 200 KiB: enough for every table, not for a checkpoint.
      let ended = try Programme.shell(
        "ulimit -f 200; trap '' XFSZ; exec $STEELYARD train --resume runs/run", in: folder)
      #expect(ended.status == 1, "\(ended.errors)")
      #expect(
        ended.errors.contains(
          "Error: runs/run/checkpoints/last.safetensors: cannot write it: File too large"),
        "\(ended.errors)")
      #expect(try bytes(Self.saved, of: "run", in: folder) == before)
      #expect(try litter(folder) == [])
      try goesOnToTheSameBytes(folder)
    }
  }

  @Test(.enabled(if: Programme.canMount, mounting))
  func aFullDiskIsAnErrorAndTheCheckpointSurvives() throws {
    try withRuns { folder in
      let before = try bytes(Self.saved, of: "run", in: folder)
      // A disk with room for the run as it is and half of another checkpoint.
      let script = """
        set -e
        cp -a runs copy; mount -t tmpfs tmpfs runs; cp -a copy/. runs
        used=$(du -sk runs | cut -f1)
        mount -o remount,size=$((used + 1000))k runs
        status=0; $STEELYARD train --resume runs/run || status=$?
        cp -a runs/. copy; exit $status
        """
      let ended = try Programme.shell("exec unshare -rm bash -c '\(script)'", in: folder)
      #expect(ended.status == 1, "\(ended.errors)")
      #expect(
        ended.errors.contains(
          "Error: runs/run/checkpoints/last.safetensors: cannot be written, the disk is full;"),
        "\(ended.errors)")
      try FileManager.default.removeItem(atPath: folder + "/runs/run")
      try FileManager.default.moveItem(atPath: folder + "/copy/run", toPath: folder + "/runs/run")
      #expect(try bytes(Self.saved, of: "run", in: folder) == before)
      #expect(try litter(folder) == [])
      try goesOnToTheSameBytes(folder)
    }
  }

  @Test(.enabled(if: Programme.canMount, mounting))
  func aReadOnlyDirectoryIsAnErrorAndTheCheckpointSurvives() throws {
    try withRuns { folder in
      let before = try bytes(Self.saved, of: "run", in: folder)
      let script = """
        mount --bind runs runs && mount -o remount,bind,ro runs && \
        exec $STEELYARD train --resume runs/run
        """
      let ended = try Programme.shell("exec unshare -rm bash -c '\(script)'", in: folder)
      #expect(ended.status == 1, "\(ended.errors)")
      #expect(
        ended.errors.contains("cannot be written, its file system is read-only"), "\(ended.errors)")
      #expect(try bytes(Self.saved, of: "run", in: folder) == before)
      try goesOnToTheSameBytes(folder)
    }
  }

  @Test func aPlaceWhereNoRunCanBeMadeIsAnErrorBeforeTraining() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 8, ratio: 2, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try AtomicFile.write("x", to: folder + "/file")
      let ended = try Programme.shell(
        "exec $STEELYARD \(Self.flags("run")) --output-dir file/runs", in: folder)
      #expect(ended.status == 1)
      #expect(
        ended.errors.contains("file/runs/run: cannot be created: Not a directory"),
        "\(ended.errors)")
      #expect(ended.errors.contains("choose another place with --output-dir"))
      #expect(!ended.errors.contains("epoch 1"))
    }
  }
}
