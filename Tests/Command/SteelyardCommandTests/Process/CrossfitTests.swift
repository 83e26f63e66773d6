import Evaluation
import Files
import Foundation
import Imaging
import Randomness
import Runs
import TestSupport
import Testing
import Uncertainty

/// `crossfit` as a person runs it: whole, killed, stopped, refused.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct CrossfitTests {
  /// Three classes of tinted noise, 30, 18 and 9 images in groups of three of a class.
  private func draw(into folder: String) throws {
    var rows = ["path,label,patient\n"]
    try FileManager.default.createDirectory(
      atPath: folder + "/images", withIntermediateDirectories: true)
    for (label, count) in [("a", 30), ("b", 18), ("c", 9)] {
      for number in 0..<count {
        var source = RandomKey(seed: 4).folding(label).folding(number).source
        let low = label == "a" ? 0 : label == "b" ? 60 : 120
        let pixels = (0..<12 * 12 * 3).map { _ in UInt8(low + source.below(128)) }
        let image = Image(width: 12, height: 12, channels: 3, pixels: pixels)
        let name = "\(label)-\(number).png"
        try AtomicFile.write(PNG.encode(image), to: folder + "/images/" + name)
        rows.append("images/\(name),\(label),\(label)\(number / 3)\n")
      }
    }
    try AtomicFile.write(rows.joined(), to: folder + "/table.csv")
  }

  private func crossfit(_ name: String, _ more: [String] = []) -> [String] {
    [
      "crossfit", "table.csv", "--folds", "3", "--model", "resnet20", "--img-size", "12",
      "--batch-size", "8", "--epochs", "2", "--checkpoint-interval", "1", "--threads", "1",
      "--amp", "off", "--no-tensorboard", "--output-dir", "runs", "--experiment", name,
    ] + more
  }

  private static let files = [
    "folds.csv", "predictions-crossfit.csv", "metrics-crossfit.json", "folds-crossfit.json",
    "fold-1/predictions-test.csv", "fold-2/model.safetensors",
    "fold-2/checkpoints/last.safetensors", "fold-2/examples.csv",
  ]

  private func bytes(_ folder: String, _ name: String) throws -> [[UInt8]] {
    try Self.files.map { try FileBytes.read("\(folder)/runs/\(name)/\($0)") }
  }

  @Test func everyRowOnceNoGroupTwiceAndKilledFoldsAreTakenUp() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let more = ["--record", "examples", "--keep-checkpoints", "1"]
      let whole = try Programme.run(crossfit("whole", more), in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      #expect(whole.errors.contains("fold 3 of 3\n") && whole.output.contains("over 3 folds"))
      #expect(whole.errors.ranges(of: "patient → group").count <= 1, "\(whole.errors)")
      try check(folder + "/runs/whole")
      let golden = try bytes(folder, "whole")
      let ends: [(name: String, signal: Int32, fold: Int, saves: Int)] = [
        ("kill", SIGKILL, 2, 2), ("term", SIGTERM, 2, 2), ("early", SIGKILL, 1, 2),
        ("bare", SIGKILL, 2, 0),
      ]
      for (name, signal, fold, saves) in ends {
        let status = try stop(crossfit(name, more), name, fold, saves, with: signal, in: folder)
        #expect(status == (signal == SIGTERM ? 143 : SIGKILL))
        let resumed = try Programme.run(["crossfit", "--resume", "runs/\(name)"], in: folder)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.errors.contains("fold 1 of 3 is done\n") == (fold == 2))
        for (file, pair) in zip(Self.files, zip(try bytes(folder, name), golden)) {
          let same = pair.0 == pair.1
          #expect(same, "\(file) differs after \(name)")
        }
      }
      try judge(folder)
    }
  }

  /// No group and no image in two folds; predictions of every image by the run that has not seen it.
  private func check(_ run: String) throws {
    let table = try FoldTable.read(run + "/folds.csv")
    #expect(table.rows.count == 57 && table.count == 3)
    let folds = Dictionary(grouping: table.rows, by: \.group).mapValues { Set($0.map(\.fold)) }
    #expect(folds.count == 19 && folds.values.allSatisfy { $0.count == 1 })
    let predictions = try Predictions.read(run + "/predictions-crossfit.csv")
    #expect(predictions.paths == table.rows.map(\.path))
    #expect(predictions.column("fold") == table.rows.map { "\($0.fold)" })
    #expect(predictions.groups == table.rows.map(\.group))
    for fold in 1...3 {
      let own = RunDirectoryPaths(run + "/fold-\(fold)")
      let (train, val, test) = (try own.paths("train"), try own.paths("val"), try own.paths("test"))
      #expect(test == Set(table.rows.filter { $0.fold == fold }.map(\.path)))
      #expect(!val.isEmpty && train.union(val).union(test).count == 57)
      #expect(train.count + val.count + test.count == 57)
      let part = try Predictions.read(run + "/fold-\(fold)/predictions-test.csv")
      for (row, path) in part.paths.enumerated() {
        let place = try #require(predictions.paths.firstIndex(of: path))
        #expect(Array(predictions[place]) == Array(part[row]))
      }
    }
    let record = try FoldsRecord.read(run + "/folds-crossfit.json")
    #expect(record.sizes.reduce(0, +) == 57)
    let accuracy = try #require(record.metrics["accuracy"]?.values)
    for fold in 1...3 {
      let rows = table.rows.indices.filter { table.rows[$0].fold == fold }
      let correct = rows.count { predictions.predicted[$0] == predictions.truths[$0] }
      #expect(close(try #require(accuracy[fold - 1]), Double(correct) / Double(rows.count)))
    }
  }

  /// The parts of a fold's run.
  private struct RunDirectoryPaths {
    let file: String
    init(_ run: String) { file = run + "/split.csv" }
    func paths(_ part: String) throws -> Set<String> {
      var reader = try DelimitedReader(path: file)
      var found: Set<String> = []
      while let row = try reader.next() {
        if row.fields.last == part { found.insert(row.fields[0]) }
      }
      return found
    }
  }

  private func judge(_ folder: String) throws {
    let table = "runs/whole/predictions-crossfit.csv"
    let evaluated = try Programme.run(["evaluate", table, "--resamples", "50"], in: folder)
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    #expect(
      evaluated.output.contains("over 3 folds, mean with its interval"), "\(evaluated.output)")
    let reported = try Programme.run(["report", table, "--resamples", "50"], in: folder)
    #expect(reported.status == 0, "\(reported.errors)")
    #expect(FileManager.default.fileExists(atPath: folder + "/report.html"))
    let again = try Programme.run(
      ["crossfit", "--resume", "runs/whole", "--folds", "4", "--lr", "1"], in: folder)
    #expect(again.status == 64)
    #expect(again.errors.contains("keeps the options it was begun with; leave out --lr, --folds"))
  }

  /// Starts a cross-fit, waits for so many checkpoints of a fold, or until its folder is begun where 0, sends the
  /// signal.
  private func stop(
    _ arguments: [String], _ name: String, _ fold: Int, _ saves: Int, with signal: Int32,
    in folder: String
  ) throws -> Int32 {
    let process = try Programme.start(arguments, in: folder)
    let run = "\(folder)/runs/\(name)/fold-\(fold)"
    var seen: Set<Date> = []
    while process.isRunning && (saves > 0 ? seen.count < saves : !FilePath.isFolder(run)) {
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: run + "/checkpoints/last.safetensors")
      if let changed = attributes?[.modificationDate] as? Date { seen.insert(changed) }
      usleep(500)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func whatCannotBeDividedIsRefused() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let refused: [(arguments: [String], status: Int32, words: String)] = [
        (
          crossfit("x", ["--folds", "20"]), 2,
          "20 folds need at least 20 groups of images that belong together, and there are 19; take fewer folds"
        ),
        (crossfit("x", ["--split-file", "s.csv"]), 64, "split-file: a cross-fit divides the data"),
        (
          ["crossfit", "--resume", "images"], 64, "images: not a cross-fit (no crossfit.yaml in it)"
        ),
        (["crossfit", "--folds", "3"], 64, "the data is missing; name a folder or a table"),
        (
          crossfit("x", ["--folds", "1"]), 64,
          "folds: expected a whole number from 2 to 1000000000, got 1"
        ),
      ]
      for (arguments, status, words) in refused {
        let ended = try Programme.run(arguments, in: folder)
        #expect(ended.status == status && ended.errors.contains(words), "\(ended.errors)")
      }
      let text = String(decoding: try FileBytes.read(folder + "/table.csv"), as: UTF8.self)
      try AtomicFile.write(
        text.replacing(/,c[0-9]\n/, with: ",c0\n"), to: folder + "/table.csv")
      let one = try Programme.run(crossfit("x"), in: folder)
      #expect(one.status == 2)
      #expect(
        one.errors.contains("class 'c' is one group of 9 image(s) that stay together")
          && one.errors.contains("Option for it: --drop-class"), "\(one.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
    }
  }
}
