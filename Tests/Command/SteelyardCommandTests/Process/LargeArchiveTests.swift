import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// An archive larger than `--max-unpacked`: images one by one, to the same bytes as in memory.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct LargeArchiveTests {
  /// 60 images of 64 × 64 pixels, .7 MB in all, deflated.
  private func draw(into folder: String) throws {
    var source = RandomKey(seed: 8).source
    let size = 64 * 64 * 3
    let pixels = (0..<60 * size).map { UInt8(source.below($0 / size % 3 == 0 ? 128 : 256)) }
    let labels = (0..<60).map { UInt8($0 % 3 == 0 ? 0 : 1) }
    let images = NpyArray(dtype: .uint8, shape: [60, 64, 64, 3], bytes: pixels)
    let archive = zipped([
      ("train_images.npy", images.encoded()),
      ("train_labels.npy", NpyArray(dtype: .uint8, shape: [60, 1], bytes: labels).encoded()),
    ])
    try AtomicFile.write(archive, to: folder + "/set.npz")
    let zeros = NpyArray(
      dtype: .uint8, shape: [600, 64, 64], bytes: [UInt8](repeating: 0, count: 600 * 4096))
    let bomb = zipped([
      ("train_images.npy", zeros.encoded()),
      ("train_labels.npy", NpyArray(dtype: .uint8, shape: [1], bytes: [0]).encoded()),
    ])
    try AtomicFile.write(bomb, to: folder + "/bomb.npz")
  }

  private func train(_ name: String, _ more: String...) -> [String] {
    [
      "train", "set.npz", "--model", "resnet20", "--img-size", "16", "--batch-size", "8",
      "--epochs", "1", "--threads", "1", "--no-tensorboard", "--output-dir", "runs", "--experiment",
      name,
    ] + more
  }

  @Test func itIsReadImageByImageToTheSameBytes() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      for (name, limit) in [("whole", "1G"), ("rows", "100K")] {
        let run = try Programme.run(train(name, "--max-unpacked", limit), in: folder)
        #expect(run.status == 0, "\(run.errors)")
      }
      for file in ["model.safetensors", "split.csv", "images.csv", "predictions-val.csv"] {
        let whole = try FileBytes.read(folder + "/runs/whole/\(file)")
        let same = try whole == FileBytes.read(folder + "/runs/rows/\(file)")
        #expect(same, "\(file)")
      }
      // The limit is of the call and in no run.
      let config = try FileBytes.read(folder + "/runs/rows/config.yaml")
      #expect(!String(decoding: config, as: UTF8.self).contains("unpacked"))
    }
  }

  @Test func whatCannotBeReadInPartsIsRefusedWithTheOption() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let run = try Programme.run(["inspect", "bomb.npz", "--max-unpacked", "1M"], in: folder)
      #expect(run.status == 2)
      #expect(
        run.errors.contains(
          "bomb.npz:train_images: would take 3 MB unpacked, more than --max-unpacked allows, 1 MB"),
        "\(run.errors)")
      let wrong = try Programme.run(["inspect", "bomb.npz", "--max-unpacked", "lots"], in: folder)
      #expect(wrong.status == 64)
    }
  }

  @Test func anEmptyPathIsNoFolder() throws {
    try withTemporaryFolder { folder in
      for arguments in [["inspect", ""], ["train", "", "--dry-run"]] {
        let run = try Programme.run(arguments, in: folder)
        #expect(run.status == 2 && run.errors.contains("'': is empty, expected the name of"))
      }
    }
  }
}
