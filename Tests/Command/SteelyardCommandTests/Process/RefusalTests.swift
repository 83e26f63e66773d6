import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// What `train` refuses about the data, `inspect` finds, in the same words and with the same status.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct RefusalTests {
  /// Images by their paths, each with its own shade; of equal ones the number behind `=` is.
  static let faulty: [[String]] = [
    ["a/1.png"],
    ["train/a/1.png", "test/a/2.png"],
    ["train/a/1.png", "train/b/2.png", "val/c/3.png", "test/d/4.png"],
    ["val/a/1.png", "test/b/2.png"],
    ["train/a/1.png=7", "train/b/2.png", "test/a/3.png=7", "test/b/4.png"],
    ["train/a/1.png", "train/b/2.png", "test/a/3.png", "test/b/broken.png"],
    ["a/1.png", "stray.png"],
    ["a/train/1.png", "a/test/2.png", "b/train/3.png", "b/test/4.png"],
    ["images/a/1.png", "images/b/2.png"],
  ]

  private func draw(_ files: [String], in folder: String) throws {
    for (number, entry) in files.enumerated() {
      let parts = entry.split(separator: "=")
      let path = "\(folder)/\(parts[0])"
      let shade = parts.count > 1 ? UInt8(parts[1]) ?? 0 : UInt8(100 + number)
      let image = Image(
        width: 4, height: 4, channels: 3, pixels: [UInt8](repeating: shade, count: 48))
      try FileManager.default.createDirectory(
        atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
      let bytes = try path.hasSuffix("broken.png") ? Array("none".utf8) : PNG.encode(image)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
  }

  @Test(arguments: faulty) func inspectSaysWhatTrainSays(files: [String]) throws {
    try withTemporaryFolder { folder in
      try draw(files, in: "\(folder)/data")
      // Whole paths on both sides: train makes them whole.
      let data = FilePath.absolute("\(folder)/data")
      let trained = try Programme.run(["train", data, "--model", "resnet20"], in: folder)
      #expect(trained.status == 2, "\(trained.errors)")
      let inspected = try Programme.run(["inspect", data], in: folder)
      #expect(inspected.status == 2, "\(inspected.output)")
      let said = inspected.output + inspected.errors
      let words = try #require(trained.errors.split(separator: "Error: ").last)
      // What train adds is about its own options.
      for line in words.split(separator: "\n") where !line.hasPrefix("Option ") {
        #expect(said.contains(line), "\(said)")
      }
    }
  }

  @Test func equalImagesWithoutASplitAreNoObstacle() throws {
    try withTemporaryFolder { folder in
      let shades = (0..<20).map { "\($0 < 14 ? "a" : "b")/\($0).png=\($0 / 2)" }
      try draw(shades + ["b/same.png=0"], in: "\(folder)/data")
      let inspected = try Programme.run(["inspect", "data"], in: folder)
      #expect(inspected.status == 0, "\(inspected.output)")
      let warning = "same bytes, different labels: a/0.png (a) = a/1.png (a) = b/same.png (b)"
      #expect(inspected.output.contains(warning), "\(inspected.output)")
      let flags = ["--model", "resnet20", "--img-size", "16", "--dry-run", "--threads", "1"]
      for seed in 0..<3 {
        let tried = try Programme.run(
          ["train", "data", "--seed", "\(seed)"] + flags, in: folder)
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(tried.errors.contains("kept together because they are equal: 21 images in 10 sets"))
        #expect(tried.errors.contains(warning))
      }
    }
  }
}
