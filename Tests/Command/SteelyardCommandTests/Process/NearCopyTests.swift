import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// `--near-duplicates`, and what `inspect`, `train` and the report say of near copies.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct NearCopyTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "4", "--threads",
    "1", "--amp", "off", "--experiment", "run", "--no-tensorboard", "--method", "erm",
  ]

  /// Six pictures and, of each, one that was saved again, in two classes; `place` says where they lie.
  private func withCopies<R>(
    _ place: (_ kind: String) -> String, _ body: (String) throws -> R
  ) throws -> R {
    try withTemporaryFolder { folder in
      for number in 0..<6 {
        for kind in ["same.png", "quality60.jpg"] {
          let file = "0\(number)-\(kind)"
          let to = "\(folder)/set/\(place(kind))\(number % 2 == 0 ? "a" : "b")/\(file)"
          try FileManager.default.createDirectory(
            atPath: FilePath.folder(of: to), withIntermediateDirectories: true)
          try AtomicFile.write(FileBytes.read(Golden.path("Datasets/Copies/\(file)")), to: to)
        }
      }
      return try body(folder)
    }
  }

  @Test func pairsInTwoPartsAreSaidAndRefused() throws {
    try withCopies({ $0.hasPrefix("same") ? "train/" : "test/" }) { folder in
      let found = try Programme.run(["inspect", "set"], in: folder)
      #expect(
        found.output.contains("near copies         6 pairs, 6 in two parts\n"), "\(found.output)")
      #expect(
        found.output.contains(
          "warning: near copies: 6 pairs of images that show the same picture (saved again, resized or"
            + " slightly cropped) in two parts, which flatters the numbers;"), "\(found.output)")
      #expect(
        found.output.contains(
          "near copy: test/a/00-quality60.jpg (test) ~ train/a/00-same.png (train)")
          || found.output.contains(
            "near copy: train/a/00-same.png (train) ~ test/a/00-quality60.jpg (test)"),
        "\(found.output)")
      let refused = try Programme.run(
        ["train", "set", "--near-duplicates", "refuse"] + Self.flags, in: folder)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("near copy: "), "\(refused.errors)")
      #expect(refused.errors.contains("--near-duplicates group"), "\(refused.errors)")
      let kept = try Programme.run(["train", "set"] + Self.flags, in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      #expect(kept.errors.contains("warning: near copies: 6 pairs"), "\(kept.errors)")
      let report = try String(contentsOfFile: folder + "/runs/run/report.html", encoding: .utf8)
      #expect(
        report.contains("Near copies lie in more than one part, which flatters the numbers: "))
      #expect(report.components(separatedBy: "<img src=\"data:image/png;base64,").count > 12)
    }
  }

  @Test func aSplitThatIsDrawnKeepsThemTogether() throws {
    try withCopies({ _ in "" }) { folder in
      let found = try Programme.run(["inspect", "set"], in: folder)
      #expect(
        found.output.contains("train with --near-duplicates group keeps each pair in one part"),
        "\(found.output)")
      let trained = try Programme.run(
        ["train", "set", "--near-duplicates", "group", "--split", "0.4,0.3,0.3"] + Self.flags,
        in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("kept together because they are near copies: 12 images in 6 sets"),
        "\(trained.errors)")
      let table = try String(contentsOfFile: folder + "/runs/run/split.csv", encoding: .utf8)
      for number in 0..<6 {
        let parts = table.split(separator: "\n").filter { $0.contains("0\(number)-") }
          .compactMap { $0.split(separator: ",").last }
        #expect(parts.count == 2 && Set(parts).count == 1, "\(table)")
      }
    }
  }
}
