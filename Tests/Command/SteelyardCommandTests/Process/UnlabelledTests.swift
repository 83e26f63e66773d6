import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// `--unlabelled`: images without labels beside a labelled set.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct UnlabelledTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "8", "--threads",
    "1", "--amp", "off", "--experiment", "run", "--no-tensorboard",
  ]

  /// `images/` of class folders, `more/` of other images and one of the test part.
  private func withImages<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      _ = try DemoFolder(folder).draw(
        DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3), threads: 2)
      let other = folder + "/other"
      try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
      _ = try DemoFolder(other).draw(
        DemoSet(seed: 2, side: 16, most: 12, ratio: 4, testPerClass: 1), threads: 2)
      try FileManager.default.moveItem(atPath: other + "/images/train", toPath: folder + "/more")
      let test = try #require(
        try FileManager.default.subpathsOfDirectory(atPath: folder + "/images/test")
          .filter { $0.hasSuffix(".png") }.min())
      try FileManager.default.copyItem(
        atPath: "\(folder)/images/test/\(test)", toPath: folder + "/more/again.png")
      return try body(folder)
    }
  }

  @Test func theyAreLearnedFromAndCountedApart() throws {
    try withImages { folder in
      let more = try FileManager.default.subpathsOfDirectory(atPath: folder + "/more")
        .count { $0.hasSuffix(".png") }
      let trained = try Programme.run(
        ["train", "images", "--unlabelled", "more", "--method", "fixmatch", "--set", "ratio=2"]
          + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("unlabelled: \(more - 1) images without labels to learn from")
          && trained.errors.contains(
            "unlabelled: 1 images left out, the labelled data hold them already"),
        "\(trained.errors)")
      let directory = try RunDirectory(existing: folder + "/runs/run")
      let record = try DataRecord.read(directory.data)
      #expect(record.unlabelled == more - 1)
      #expect(record.images == record.counts.values.flatMap(\.values).reduce(0, +))
      let config = try String(contentsOfFile: directory.config, encoding: .utf8)
      #expect(config.contains("\nunlabelled: \(FilePath.absolute(folder + "/more"))  # flag"))

      let again = try Programme.run(["train", "--resume", "runs/run"], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      // The model is judged on labelled images; the others need not be there any more.
      try FileManager.default.removeItem(atPath: folder + "/more")
      let judged = try Programme.run(["evaluate", "runs/run"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
    }
  }

  /// Paths of both tables start in the folder of `--image-root`; a folder stays a folder beside it.
  @Test func tablesStartWhereTheOptionSays() throws {
    try withImages { folder in
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".png") }.sorted()
      let rows = paths.filter { $0.hasPrefix("images/") }.map { path in
        "\(path),\(path.split(separator: "/")[2])\n"
      }
      try FileManager.default.createDirectory(
        atPath: folder + "/tables", withIntermediateDirectories: true)
      try AtomicFile.write("path,label\n" + rows.joined(), to: folder + "/tables/all.csv")
      try AtomicFile.write(
        "path\n" + paths.filter { $0.hasPrefix("more/") }.map { $0 + "\n" }.joined(),
        to: folder + "/tables/more.csv")
      for unlabelled in ["tables/more.csv", "more"] {
        let trained = try Programme.run(
          ["train", "tables/all.csv", "--image-root", ".", "--unlabelled", unlabelled]
            + ["--method", "mean-teacher", "--output-dir", "runs-\(unlabelled.count)"] + Self.flags,
          in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(trained.errors.contains("images without labels to learn from"))
        #expect(
          trained.errors.contains("unlabelled: columns used: path as path")
            == unlabelled.hasSuffix(".csv"), "\(trained.errors)")
      }
    }
  }

  @Test func aMethodThatUsesNoneRefusesThem() throws {
    try withImages { folder in
      let trained = try Programme.run(
        ["train", "images", "--unlabelled", "more", "--method", "erm"] + Self.flags, in: folder)
      #expect(trained.status == 64)
      #expect(
        trained.errors.contains(
          "erm learns from no unlabelled images; leave out --unlabelled, or choose a method that does: "
            + "fixmatch, mean-teacher"), "\(trained.errors)")
      let averaged = try Programme.run(
        ["train", "images", "--method", "fixmatch", "--model-ema"] + Self.flags, in: folder)
      #expect(averaged.status == 64)
      #expect(
        averaged.errors.contains(
          "fixmatch keeps an average of the weights of its own, which becomes the model; leave out"
            + " --model-ema, and set its decay by --set decay=0.999"), "\(averaged.errors)")
      let alone = try Programme.run(
        ["train", "images", "--method", "mean-teacher", "--dry-run"] + Self.flags, in: folder)
      #expect(
        alone.errors.contains("the images of the training part serve without their labels"),
        "\(alone.errors)")
      let missing = try Programme.run(
        ["train", "images", "--unlabelled", "nowhere", "--method", "fixmatch"] + Self.flags,
        in: folder)
      #expect(missing.status == 2 && missing.errors.contains("nowhere"), "\(missing.errors)")
      #expect(!FilePath.isFolder(folder + "/runs/run"))
    }
  }
}
