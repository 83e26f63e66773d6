import Files
import Foundation
import Networks
import Randomness
import TestSupport
import Testing
import Torch
import Weights

/// A pass of `embed` killed after its first part, taken up, and compared with one left alone.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct EmbedKillTests {
  /// More than two parts of 1,024 images, and weights of a small network.
  private func draw(into folder: String) throws {
    let count = 2100
    var source = RandomKey(seed: 9).source
    let pixels = (0..<count * 8 * 8).map { _ in UInt8(source.below(256)) }
    let images = NpyArray(dtype: .uint8, shape: [count, 8, 8], bytes: pixels)
    let labels = NpyArray(
      dtype: .uint8, shape: [count, 1], bytes: [UInt8](repeating: 0, count: count))
    try AtomicFile.write(
      zipped([
        ("train_images.npy", images.encoded()), ("train_labels.npy", labels.encoded()),
      ]), to: folder + "/set.npz")
    let network = try Architectures.named("resnet20").build(
      classes: 2, using: Generator(seed: 1))
    try Safetensors.write(network.stateDict, to: folder + "/w.safetensors")
  }

  private func embed(_ output: String, workers: Int) -> [String] {
    [
      "embed", "set.npz", "--model", "resnet20", "--pretrained", "w.safetensors", "--img-size",
      "16", "--no-labels", "--threads", "1", "--batch-size", "32", "--workers", "\(workers)",
      "--output", output,
    ]
  }

  @Test func killedAfterItsFirstPartItGoesOnToTheSameBytes() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let whole = try Programme.run(embed("whole.npz", workers: 2), in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      #expect(!whole.errors.contains("going on after"), "\(whole.errors)")

      let process = try Programme.start(embed("f.npz", workers: 2), in: folder)
      let first = folder + "/f.npz.parts/000000.f32"
      while process.isRunning, !FilePath.isFile(first) { usleep(500) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationStatus == SIGKILL)
      #expect(FilePath.isFile(first) && !FilePath.isFile(folder + "/f.npz"))

      let again = try Programme.run(embed("f.npz", workers: 3), in: folder)
      #expect(again.status == 0, "\(again.errors)")
      #expect(
        again.errors.contains("going on after 1,024 images that are done")
          || again.errors.contains("going on after 2,048 images that are done"),
        "\(again.errors)")
      let (golden, taken) = (
        try FileBytes.read(folder + "/whole.npz"), try FileBytes.read(folder + "/f.npz")
      )
      // Without the bytes in the message.
      let same = golden == taken
      #expect(same)
      #expect(!FilePath.isFolder(folder + "/f.npz.parts"))
    }
  }
}
