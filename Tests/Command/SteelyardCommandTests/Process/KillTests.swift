import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// The programme killed or stopped by a signal, resumed, and compared with one left alone.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct KillTests {
  private static let files = [
    "model.safetensors", "checkpoints/last.safetensors", "checkpoints/best.safetensors",
    "summary.csv", "predictions-val.csv", "metrics-val.json",
  ]

  /// Three classes of 12 × 12 noise with a tint, 30, 12 and 6 images.
  private func draw(into folder: String) throws {
    for (label, count) in [("a", 30), ("b", 12), ("c", 6)] {
      let place = FilePath.join(folder, "images/\(label)")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      for number in 0..<count {
        var source = RandomKey(seed: 4).folding(label).folding(number).source
        let pixels = (0..<12 * 12 * 3).map { _ in UInt8(source.below(label == "a" ? 128 : 256)) }
        let image = Image(width: 12, height: 12, channels: 3, pixels: pixels)
        try AtomicFile.write(PNG.encode(image), to: FilePath.join(place, "\(number).png"))
      }
    }
  }

  private func train(_ name: String) -> [String] {
    [
      "train", "images", "--model", "resnet20", "--img-size", "12", "--batch-size", "4",
      "--epochs", "3", "--augment", "crop", "--checkpoint-interval", "1", "--threads", "1",
      "--no-tensorboard", "--output-dir", "runs", "--experiment", name,
    ]
  }

  private func bytes(_ folder: String, _ name: String) throws -> [[UInt8]] {
    try Self.files.map { try FileBytes.read(FilePath.join(folder, "runs/\(name)/\($0)")) }
  }

  @Test func killedOrStoppedAndResumedItEndsWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let whole = try Programme.run(train("whole"), in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      let golden = try bytes(folder, "whole")
      let signals: [(name: String, number: Int32, status: Int32)] = [
        ("kill", SIGKILL, SIGKILL), ("term", SIGTERM, 143), ("int", SIGINT, 130),
      ]
      for (index, signal) in signals.enumerated() {
        let status = try stop(signal.name, with: signal.number, after: 2 + 5 * index, in: folder)
        #expect(status == signal.status, "\(signal.name) ended with \(status)")
        let resumed = try Programme.run(
          ["train", "--resume", "runs/\(signal.name)"], in: folder)
        #expect(resumed.status == 0, "\(resumed.errors)")
        for (file, pair) in zip(Self.files, zip(try bytes(folder, signal.name), golden)) {
          let same = pair.0 == pair.1
          #expect(same, "\(file) differs after \(signal.name)")
        }
      }
    }
  }

  /// Starts a run, waits until the checkpoint has changed so many times, sends the signal.
  private func stop(
    _ name: String, with signal: Int32, after saves: Int, in folder: String
  ) throws -> Int32 {
    let process = try Programme.start(train(name), in: folder)
    let path = FilePath.join(folder, "runs/\(name)/checkpoints/last.safetensors")
    var seen: Set<Date> = []
    while seen.count < saves && process.isRunning {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if let changed = attributes?[.modificationDate] as? Date { seen.insert(changed) }
      usleep(500)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }
}
