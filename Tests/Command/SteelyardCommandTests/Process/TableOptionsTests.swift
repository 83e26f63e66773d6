import Datasets
import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A table whose columns have names of their own.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct TableOptionsTests {
  private static let small = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "16", "--threads",
    "1", "--amp", "off", "--experiment", "run", "--no-tensorboard",
  ]
  private static let columns = [
    "--path-column", "pic", "--label-column", "what", "--group-column", "herd", "--split-column",
    "role",
  ]

  /// Draws images and writes `t.csv`, whose rows of test are a table `new.csv` too.
  private func withTables<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder + "/images")
        .filter { $0.hasSuffix(".png") }.sorted()
      let rows = paths.enumerated().map { row, path in
        let parts = path.split(separator: "/")
        return "images/\(path),\(parts[1]),\(parts[0].prefix(2))\(row / 3),\(parts[0])\n"
      }
      let head = "pic,what,herd,role\n"
      try AtomicFile.write(head + rows.joined(), to: folder + "/t.csv")
      let test = rows.filter { $0.hasSuffix("test\n") }
      try AtomicFile.write(head + test.joined(), to: folder + "/new.csv")
      return try body(folder)
    }
  }

  @Test func whatIsNotFoundIsAskedFor() throws {
    try withTables { folder in
      func inspect(_ arguments: String...) throws -> Programme.Result {
        try Programme.run(["inspect", "t.csv"] + arguments, in: folder)
      }
      let nothing = try inspect()
      #expect(nothing.status == 2)
      #expect(
        nothing.errors.contains(
          "t.csv:1: no image path column; found: pic, what, herd, role; by their cells it may be: pic;"
        ),
        "\(nothing.errors)")
      #expect(nothing.errors.hasSuffix("Option for it: --path-column NAME\n"))
      #expect(
        try inspect("--path-column", "pic").errors.hasSuffix("Option for it: --label-column NAME\n")
      )
      #expect(
        try inspect("--path-column", "pix").errors.contains(
          "t.csv:1: no column 'pix' for the image path; did you mean 'pic'? found: pic, what, herd, role"
        ))

      let half = ["--path-column", "pic", "--label-column", "what"]
      let warned = try Programme.run(["inspect", "t.csv"] + half, in: folder)
      #expect(warned.status == 0, "\(warned.output)")
      let lines = warned.output.split(separator: "\n").map(String.init)
      #expect(lines[1] == "columns used: pic as path, what as label; no group, no split")
      #expect(lines[2] == "columns left alone: herd, role")
      #expect(
        lines.contains {
          $0.hasPrefix("warning: the column 'herd' repeats like a group (")
            && $0.hasSuffix("; --group-column herd keeps them together")
        }, "\(warned.output)")
      #expect(
        lines.contains(
          "warning: the column 'role' holds the words of a split (test, train) and is left alone;"
            + " --split-column role takes it"))

      for command in [["inspect", "t.csv"], ["train", "t.csv"] + Self.small] {
        let strict = try Programme.run(command + half + ["--strict-columns"], in: folder)
        #expect(strict.status == 2)
        #expect(strict.errors.contains("t.csv: columns are left alone that may be meant\n"))
        #expect(
          strict.errors.hasSuffix("Options for it: --group-column NAME, --split-column NAME\n"),
          "\(strict.errors)")
      }
    }
  }

  @Test func everyCommandTakesTheColumns() throws {
    try withTables { folder in
      func run(_ arguments: [String]) throws -> Programme.Result {
        try Programme.run(arguments, in: folder)
      }
      let json = try run(["inspect", "t.csv", "--json", "--strict-columns"] + Self.columns)
      #expect(json.status == 0, "\(json.errors)")
      let found = try JSONDecoder().decode(Inspection.self, from: Data(json.output.utf8))
      let used = "pic as path, what as label, herd as group, role as split"
      #expect(found.columns.map(\.usedText) == [used])
      #expect(found.columns.map(\.leftAlone) == [[]])
      #expect(found.groups != nil && found.splits.keys.sorted() == ["test", "train"])

      try AtomicFile.write(
        "path-column: pic\nlabel-column: what\ngroup-column: herd\nsplit-column: role\n",
        to: folder + "/c.yaml")
      let trained = try run(["train", "t.csv", "--config", "c.yaml"] + Self.small)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.hasPrefix("columns used: \(used)\ncolumns left alone: none\n"),
        "\(trained.errors)")
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(config.contains("\ngroup-column: herd"))

      let evaluated = try run(["evaluate", "runs/run"])
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      let unlike = try run(["evaluate", "runs/run", "--label-column", "role"])
      #expect(unlike.status == 2)
      #expect(
        unlike.errors.contains(
          "t.csv:1: the column 'role' is asked for as label and as split; name another for one of them"
        ),
        "\(unlike.errors)")

      let other = ["evaluate", "runs/run", "--data", "new.csv", "--allow-leakage"]
      #expect(try run(other).status == 2)
      let named = try run(other + Self.columns)
      #expect(named.status == 0, "\(named.errors)")
      #expect(named.errors.contains("columns used: \(used)\n"))

      let predicted = try run(["predict", "runs/run", "new.csv", "--path-column", "pic"])
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(predicted.output.contains("\nimages/test/"))
      #expect(
        predicted.errors.contains(
          "columns used: pic as path; no label, no group, no split\n"
            + "columns left alone: what, herd, role\n"))
    }
  }

  @Test func columnsOfATableAreNoneOfAFolder() throws {
    try withTables { folder in
      for command in [["inspect", "images"], ["train", "images"] + Self.small] {
        let ended = try Programme.run(command + ["--group-column", "herd"], in: folder)
        #expect(ended.status == 2)
        #expect(ended.errors.contains("images: is no table, so it has no column herd"))
      }
      // The group of predictions is a column of theirs.
      let rows = (0..<12).map { "\($0).png,\($0 % 2 == 0 ? "a" : "b"),0.6,0.4,h\($0 / 3)\n" }
      try AtomicFile.write(
        "path,y_true,prob_a,prob_b,herd\n" + rows.joined(), to: folder + "/p.csv")
      func evaluate(_ arguments: String...) throws -> Programme.Result {
        try Programme.run(["evaluate", "p.csv", "--resamples", "50"] + arguments, in: folder)
      }
      let grouped = try evaluate("--group-column", "herd")
      #expect(grouped.status == 0 && grouped.output.contains("herd"), "\(grouped.output)")
      #expect(try evaluate("--group-column", "hrd").errors.contains("hrd"))
      #expect(
        try evaluate("--label-column", "y").errors.contains(
          "label-column: a table of predictions is evaluated without its images; leave it out"))
    }
  }

  @Test func aClassIsLeftOutBeforeItsFolderIsLookedAt() throws {
    try withTables { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/images/train/none", withIntermediateDirectories: true)
      let empty = try Programme.run(["inspect", "images"], in: folder)
      #expect(empty.status == 2)
      #expect(
        empty.errors.hasSuffix(
          "images/train/none: holds no image; add images or remove the folder\n"
            + "Option of inspect and train to leave a class out: --drop-class\n"), "\(empty.errors)"
      )
      let dropped = ["images", "--drop-class", "none"]
      let inspected = try Programme.run(["inspect"] + dropped, in: folder)
      #expect(inspected.status == 0, "\(inspected.errors)")
      let tried = try Programme.run(["train", "--dry-run"] + dropped + Self.small, in: folder)
      #expect(tried.status == 0, "\(tried.errors)")
    }
  }
}
