import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A table in one folder, its images in another.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct ImageRootTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "16", "--threads",
    "1", "--amp", "off", "--experiment", "run", "--no-tensorboard",
  ]

  /// Draws images and writes `tables/train.csv`, and `tables/new.csv` of what is in test.
  private func withTables<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder + "/images")
        .filter { $0.hasSuffix(".png") }.sorted()
      func row(_ path: String) -> String { "\(path),\(path.split(separator: "/")[1])\n" }
      let (test, train) = (
        paths.filter { $0.hasPrefix("test/") }, paths.filter { !$0.hasPrefix("test/") }
      )
      try FileManager.default.createDirectory(
        atPath: folder + "/tables", withIntermediateDirectories: true)
      for (name, rows) in [("train", train), ("new", test)] {
        try AtomicFile.write(
          "path,label\n" + rows.map(row).joined(), to: folder + "/tables/\(name).csv")
      }
      return try body(folder)
    }
  }

  @Test func everyCommandThatReadsImagesFindsThem() throws {
    try withTables { folder in
      func run(_ arguments: String...) throws -> Programme.Result {
        try Programme.run(arguments, in: folder)
      }
      #expect(try run("inspect", "tables/train.csv").status == 2)
      #expect(try run("inspect", "tables/train.csv", "--image-root", "images").status == 0)

      let trained = try Programme.run(
        ["train", "tables/train.csv", "--image-root", "images"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      let line = config.split(separator: "\n").first { $0.hasPrefix("image-root: ") }
      #expect(
        line?.contains("\(FilePath.absolute(folder + "/images"))  # flag") == true, "\(config)")
      let report = try String(contentsOfFile: folder + "/runs/run/report.html", encoding: .utf8)
      #expect(report.contains("<img src=\"data:image/png;base64,"))

      let evaluated = try run("evaluate", "runs/run")
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      let other = try run(
        "evaluate", "runs/run", "--data", "tables/new.csv", "--image-root", "images", "-q")
      #expect(other.status == 0, "\(other.errors)")
      let predicted = try run(
        "predict", "runs/run", "tables/new.csv", "--image-root", "images", "-q")
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(predicted.output.contains("\ntest/"))

      // The images have moved since: the paths of the table stand, and so does the split.
      try FileManager.default.moveItem(atPath: folder + "/images", toPath: folder + "/moved")
      #expect(try run("evaluate", "runs/run").status == 2)
      let moved = try run("evaluate", "runs/run", "--image-root", "moved")
      #expect(moved.status == 0, "\(moved.errors)")
      #expect(moved.output == evaluated.output)
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    try withTables { folder in
      func errors(_ arguments: String...) throws -> String {
        try Programme.run(arguments, in: folder).errors
      }
      #expect(
        try errors("train", "tables/train.csv", "--image-root", "tables")
          .contains(
            "as paths start from the image root \(FilePath.absolute(folder + "/tables")))"))
      #expect(
        try errors("train", "images", "--image-root", "images")
          .contains("only paths of a table start there"))
      try AtomicFile.write("path,y_true,y_pred,prob_a,prob_b\nx,a,a,1,0\n", to: folder + "/p.csv")
      #expect(
        try errors("evaluate", "p.csv", "--image-root", "images").contains(
          "image-root: a table of predictions is evaluated without its images; leave it out"))
    }
  }
}
