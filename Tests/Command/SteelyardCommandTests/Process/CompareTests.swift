import Evaluation
import Files
import Foundation
import Randomness
import Runs
import TestSupport
import Testing
import Uncertainty

/// `compare` as a person runs it: whole, killed, refused, with failures, searches, folds and budgets.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct CompareTests {
  /// `rows.csv`: 150 rows of three classes, two thirds of them training, in parts of their own or not.
  private func draw(into folder: String, hasSplit: Bool = true) throws {
    var source = RandomKey(seed: 3).source
    let labels = [90, 40, 20].enumerated().flatMap { Array(repeating: $0, count: $1) }
    let rows = labels.enumerated().map { number, label in
      let part = hasSplit ? ["train", "train", "train", "val", "test"][number % 5] : ""
      let cells = (0..<4).map { _ in "\(0.8 * Double(label) + source.normal())" }
      return (["row\(number)"] + cells + ["class\(label)"] + (hasSplit ? [part] : []))
        .joined(separator: ",")
    }
    let header = "id,feature_0,feature_1,feature_2,feature_3,label" + (hasSplit ? ",split" : "")
    try AtomicFile.write(
      ([header] + rows).joined(separator: "\n") + "\n", to: folder + "/rows.csv")
  }

  private func compare(_ output: String, _ more: [String], epochs: Int = 2) -> [String] {
    [
      "compare", "rows.csv", "--epochs", "\(epochs)", "--batch-size", "8", "--threads", "1",
      "--amp", "off", "--no-tensorboard", "--resamples", "40", "--output", output,
    ] + more
  }

  private func cells(_ folder: String, _ output: String) throws -> [CellRecord] {
    try CellTable.read("\(folder)/\(output)/cells.csv").cells
  }

  /// Cells without what the clock says.
  private func timeless(_ cells: [CellRecord]) -> [CellRecord] {
    cells.map { cell in
      var cell = cell
      cell.seconds = nil
      return cell
    }
  }

  /// Methods, imbalances and seeds in one table, with everything beside it.
  @Test func fillsTheGrid() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let flags = [
        "--methods", "erm,class-balanced,balanced-mixup.alpha=0.1", "--long-tail", "1,5",
        "--long-tail-shape", "step", "--seeds", "2",
      ]
      let listed = try Programme.run(compare("grid", flags + ["--dry-run"]), in: folder)
      #expect(listed.status == 0 && listed.output.split(separator: "\n").count == 12)
      #expect(!FileManager.default.fileExists(atPath: folder + "/grid"))
      let ended = try Programme.run(compare("grid", flags), in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("imbalance 5 (step), 2 seeds, 30 test"), "\(ended.output)")
      let cells = try cells(folder, "grid")
      #expect(cells.count == 12 && cells.allSatisfy { $0.status == .done })
      #expect(Set(cells.map(\.name)).count == 12)
      for cell in cells {
        let run = try RunDirectory(existing: "\(folder)/grid/runs/\(cell.name)")
        let report = try Judgement.read(run.metrics("test")).report
        #expect(cell.metrics["mcc"] == report["mcc"] && cell.version == "0.1.0")
        #expect(cell.metrics["ece_decided"] != nil && (cell.seconds ?? 0) > 0)
        for row in report.perClass {
          #expect(cell.metrics["roc_auc[\(row.name)]"] == row.rocAUC)
          #expect(cell.metrics["average_precision[\(row.name)]"] == row.averagePrecision)
          #expect(cell.metrics["recall_at_specificity_95[\(row.name)]"] != nil)
        }
        #expect((cell.metrics["specificity_at_specificity_95"] ?? 0) > 0.7)
        let data = try DataRecord.read(run.data)
        let counts = data.counts(of: "train")
        #expect(counts == (cell.imbalance == nil ? [54, 24, 12] : [54, 24, 10]))
      }
      try checkPairs(folder, cells)
      let record = try GridRecord.read(folder + "/grid/compare.json")
      #expect(record.parts.count == 2 && record.conclusions.count == 2)
      let comparison = try #require(record.parts[1].comparison)
      #expect(comparison.design == .shared && comparison.rows.map(\.trainings) == [2, 2, 2])
      #expect(comparison.rows[1].differences["mcc"]?.adjusted != nil)
      let text = String(
        decoding: try FileBytes.read(folder + "/grid/compare.md"), as: UTF8.self)
      #expect(text.contains("## At imbalance 5") && text.contains("| class-balanced |"))
      #expect(text.contains("Area under the ROC curve of each class against the rest"))
      #expect(
        text.contains("Each class flagged with the threshold that keeps a specificity of 0.95"))
      #expect(comparison.rows[1].values["roc_auc[class2]"]?.values.count == 2)
      #expect(FileManager.default.fileExists(atPath: folder + "/grid/compare.html"))
      try again(folder, flags)
    }
  }

  /// All cells of one seed have the same split, thinning and test rows, whatever the method.
  private func checkPairs(_ folder: String, _ cells: [CellRecord]) throws {
    for (_, own) in Dictionary(grouping: cells, by: { "\($0.seed) \($0.imbalance ?? 1)" }) {
      let files = try own.map { cell in
        try ["split.csv", "images.csv"].map {
          try FileBytes.read("\(folder)/grid/runs/\(cell.name)/\($0)")
        }
      }
      #expect(own.count == 3 && files.allSatisfy { $0 == files[0] })
    }
  }

  /// The same command again trains nothing; more seeds are added; other options are refused.
  private func again(_ folder: String, _ flags: [String]) throws {
    let before = try FileBytes.read(folder + "/grid/cells.csv")
    let same = try Programme.run(["compare", "--resume", "grid"], in: folder)
    #expect(same.status == 0 && !same.errors.contains("run directory"), "\(same.errors)")
    #expect(try FileBytes.read(folder + "/grid/cells.csv") == before)
    let more = try Programme.run(compare("grid", flags + ["--seeds", "3"]), in: folder)
    #expect(more.status == 0, "\(more.errors)")
    #expect(more.errors.ranges(of: "run directory").count == 6, "\(more.errors)")
    #expect(try cells(folder, "grid").count == 18)
    let other = try Programme.run(compare("grid", flags + ["--lr", "1"], epochs: 3), in: folder)
    #expect(other.status == 64)
    #expect(other.errors.contains("begun with other values of lr, epochs"), "\(other.errors)")
    let given = try Programme.run(["compare", "--resume", "grid", "--seeds", "2"], in: folder)
    #expect(given.status == 64 && given.errors.contains("leave out --seeds"))
  }

  /// Killed at random, as often as asked, and taken up: every cell once, with the bytes of one never stopped.
  @Test func killedAnywhereEndsWithTheSameTable() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let flags = ["--methods", "erm,class-balanced", "--seeds", "2", "--checkpoint-interval", "1"]
      let whole = try Programme.run(compare("whole", flags, epochs: 4), in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      let golden = try cells(folder, "whole")
      var (source, kills) = (RandomKey(seed: 11).source, 0)
      let started = Date()
      while kills < (Proofs.areAsked ? 10 : 3) {
        let process = try Programme.start(compare("grid", flags, epochs: 4), in: folder)
        let end = Date().addingTimeInterval(0.1 + 1.5 * source.uniform())
        while process.isRunning && Date() < end { usleep(2000) }
        if process.isRunning {
          kills += 1
          kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        // Done before it could be killed: begin anew.
        if process.terminationReason == .exit {
          try FileManager.default.removeItem(atPath: folder + "/grid")
        }
        guard Date().timeIntervalSince(started) < 600 else { break }
      }
      let ended = try Programme.run(compare("grid", flags, epochs: 4), in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try timeless(cells(folder, "grid")) == timeless(golden))
      for cell in golden {
        for file in ["predictions-test.csv", "model.safetensors"] {
          let bytes = try ["whole", "grid"].map {
            try FileBytes.read("\(folder)/\($0)/runs/\(cell.name)/\(file)")
          }
          let same = bytes[0] == bytes[1]
          #expect(same, "\(cell.name)/\(file) differs")
        }
      }
      let runs = try FileManager.default.contentsOfDirectory(atPath: folder + "/grid/runs")
      #expect(runs.count == 4, "\(runs)")
    }
  }

  /// A cell that fails is named, the others go on, and it stays failed until it is asked for again.
  @Test func failedCellsAreReported() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let flags = ["--methods", "erm,ldam-drw.scale=1e300,class-balanced", "--seeds", "1"]
      let ended = try Programme.run(compare("grid", flags), in: folder)
      #expect(ended.status == 1, "\(ended.errors)")
      #expect(ended.output.contains("without a result:\n  ldam-drw.scale=1e300_seed0: failed, "))
      #expect(try cells(folder, "grid").map(\.status) == [.done, .failed, .done])
      let record = try GridRecord.read(folder + "/grid/compare.json")
      #expect(record.missing.map(\.cell) == ["ldam-drw.scale=1e300_seed0"])
      #expect(record.conclusions.last?.contains("One training each") ?? false)
      let again = try Programme.run(compare("grid", flags), in: folder)
      #expect(again.status == 1 && !again.errors.contains("run directory"), "\(again.errors)")
      let retried = try Programme.run(compare("grid", flags + ["--retry-failed"]), in: folder)
      #expect(retried.status == 1 && retried.errors.contains("run directory"))
    }
  }

  /// A run that is damaged after it was done is that cell's failure, and the others are still compared.
  @Test func damagedRunsAreFailedCells() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let flags = ["--methods", "erm,class-balanced,square-root", "--seeds", "2"]
      let first = try Programme.run(compare("grid", flags), in: folder)
      #expect(first.status == 0, "\(first.errors)")
      try AtomicFile.write(
        "path,y_true\n", to: folder + "/grid/runs/class-balanced_seed1/predictions-test.csv")
      let again = try Programme.run(compare("grid", flags), in: folder)
      #expect(again.status == 1, "\(again.errors)")
      #expect(again.output.contains("class-balanced_seed1: failed, its run was damaged"))
      let cells = try cells(folder, "grid")
      #expect(cells.filter { $0.status == .failed }.map(\.name) == ["class-balanced_seed1"])
      let record = try GridRecord.read(folder + "/grid/compare.json")
      #expect(record.parts[0].comparison?.rows.map(\.trainings) == [2, 1, 2])
      #expect(record.missing.map(\.cell) == ["class-balanced_seed1"])
    }
  }

  @Test func searchChoosesOnValidation() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let flags = [
        "--methods", "erm,balanced-mixup", "--search", "balanced-mixup.alpha=0.05,0.4,3",
        "--seeds", "2",
      ]
      let ended = try Programme.run(compare("grid", flags), in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let tried = try cells(folder, "grid").filter { $0.method == "balanced-mixup" }
      #expect(tried.count == 6 && tried.allSatisfy { $0.isChosen != nil })
      let record = try GridRecord.read(folder + "/grid/compare.json")
      let row = try #require(record.parts[0].comparison?.rows.last)
      #expect(row.label == "balanced-mixup.alpha=?" && row.tried == 3)
      for (place, seed) in [0, 1].enumerated() {
        let own = tried.filter { $0.seed == seed }
        let chosen = try #require(own.first { $0.isChosen == true })
        #expect(own.count { $0.isChosen == true } == 1)
        let merits = try own.map { cell in
          try Judgement.read("\(folder)/grid/runs/\(cell.name)/metrics-val.json").report["mcc"]
            ?? -2
        }
        let best = try Judgement.read("\(folder)/grid/runs/\(chosen.name)/metrics-val.json")
        #expect(best.report["mcc"] == merits.max())
        #expect(row.values["mcc"]?.values[place] == chosen.metrics["mcc"])
        // What was tried is paid for.
        let cost = own.compactMap(\.seconds).reduce(0, +)
        #expect(close(row.values["seconds"]?.values[place] ?? 0, cost, relative: 1e-9))
      }
    }
  }

  @Test func foldsAreTrainings() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder, hasSplit: false)
      let ended = try Programme.run(
        compare("grid", ["--methods", "erm,class-balanced", "--folds", "3"]), in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let cells = try cells(folder, "grid")
      #expect(cells.count == 6 && cells.map(\.fold) == [1, 1, 2, 2, 3, 3])
      let tests = try (1...3).map { fold in
        try Predictions.read("\(folder)/grid/runs/erm_fold\(fold)/predictions-test.csv").paths
      }
      #expect(Set(tests.joined()).count == 150 && tests.joined().count == 150)
      let record = try GridRecord.read(folder + "/grid/compare.json")
      // Test rows beside rows trained on: validation is no part of either.
      let data = try DataRecord.read("\(folder)/grid/runs/erm_fold1/data.json")
      let (test, train) = (
        data.counts(of: "test").reduce(0, +), data.counts(of: "train").reduce(0, +)
      )
      #expect(test == 50 && train < 100 && data.counts(of: "val").reduce(0, +) > 0)
      #expect(
        record.parts[0].comparison?.design == .own(ratio: Double(test) / Double(train)))
    }
  }

  @Test func budgetLeavesOutAndSaysSo() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let ended = try Programme.run(
        compare(
          "grid", ["--methods", "erm,class-balanced", "--seeds", "2", "--budget", "0.0001s"]),
        in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        try cells(folder, "grid").map(\.status) == [.done, .leftOut, .leftOut, .leftOut])
      #expect(ended.output.contains("erm_seed1: left-out, does not fit into the budget"))
    }
  }

  @Test func twoInOneFolderAreRefused() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let directory = CompareDirectory(folder + "/grid")
      try RunDirectory.makeFolder(directory.path)
      let claim = try directory.claimed()
      let ended = try Programme.run(compare("grid", ["--methods", "erm"]), in: folder)
      #expect(ended.status == 1)
      #expect(ended.errors.contains("another steelyard compare works in this folder"))
      withExtendedLifetime(claim) {}
    }
  }

  /// Nothing is trained that could not be judged, or chosen.
  @Test func missingPartsAreRefusedBeforeTraining() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder, hasSplit: false)
      let search = ["--methods", "balanced-mixup", "--search", "balanced-mixup.alpha=0.1,0.2"]
      let refused: [(more: [String], words: String)] = [
        (
          ["--methods", "erm", "--split", "0.8,0.2,0"],
          "compare judges on a test part: give it a share with --split, or take --folds"
        ),
        (search + ["--split", "0.8,0,0.2"], "settings are chosen on validation"),
        (search + ["--split", "0.8,0,0.2", "--folds", "3"], "settings are chosen on validation"),
      ]
      for (more, words) in refused {
        let ended = try Programme.run(compare("grid", more), in: folder)
        #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.errors)")
      }
      // A split of the data's own needs no share.
      try draw(into: folder)
      let listed = try Programme.run(
        compare("grid", ["--methods", "erm", "--split", "0.8,0.2,0", "--dry-run"]), in: folder)
      #expect(listed.status == 0, "\(listed.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/grid"))
    }
  }

  /// What a tail leaves out is said, and that it leaves nothing out: 54, 24 and 12 rows are trained on.
  @Test(arguments: [
    ("40", "long-tail: 27 left out of the training part"),
    ("1.5", "nothing is left out of the training part"),
  ])
  func whatALongTailLeavesOutIsSaid(ratio: String, words: String) throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let ended = try Programme.run(
        ["train", "rows.csv", "--long-tail", ratio, "--dry-run"], in: folder)
      #expect(ended.status == 0 && ended.errors.contains(words), "\(ended.errors)")
    }
  }

  /// All methods of features are those with heads that are fitted too, where the options leave heads to them.
  @Test func allMethodsOfFeatures() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let fitted = ["knn_seed0", "logistic_seed0", "class-mean_seed0", "easy-ensemble_seed0"]
      for (more, takes) in [
        ([], true), (["--model", "mlp"], false), (["--head", "cosine"], false),
      ] {
        let ended = try Programme.run(
          compare("grid", ["--methods", "all", "--seeds", "1", "--dry-run"] + more), in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        let cells = Set(ended.output.split(whereSeparator: \.isWhitespace).map(String.init))
        #expect(cells.contains("erm_seed0"))
        #expect(fitted.allSatisfy { cells.contains($0) == takes }, "\(more): \(ended.output)")
      }
    }
  }

  @Test func whatIsMistypedIsRefusedBeforeAnythingIsWritten() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/full/other", withIntermediateDirectories: true)
      let refused: [(arguments: [String], status: Int32, words: String)] = [
        (compare("grid", []), 64, "--methods is missing; name some"),
        (compare("grid", ["--methods", "emr"]), 64, "no method is called 'emr'"),
        (compare("grid", ["--methods", "erm,erm"]), 64, "'erm' is named twice"),
        (compare("grid", ["--methods", "erm", "--long-tail", "0.5"]), 64, "ratios of at least 1"),
        (
          compare("grid", ["--methods", "erm", "--seeds", "0"]), 64,
          "seeds: expected 1 to 10000, got 0"
        ),
        (
          compare("grid", ["--methods", "erm", "--folds", "3", "--seeds", "2"]), 64, "leave out one"
        ),
        (compare("grid", ["--methods", "erm", "--reference", "b"]), 64, "not among the methods"),
        (compare("grid", ["--methods", "erm", "--metric", "mmc"]), 64, "did you mean 'mcc'?"),
        (compare("grid", ["--methods", "erm", "--budget", "2"]), 64, "expected a time such as 2h"),
        (
          compare("grid", ["--methods", "erm", "--search", "cutmix.alpha=1,2"]), 64,
          "cutmix"
        ),
        (compare("full", ["--methods", "erm"]), 64, "holds other files and no comparison"),
        (["compare", "--resume", "grid"], 64, "not a comparison (no grid.json in it)"),
        (["compare", "rows.csv", "--methods", "erm"], 64, "the folder is missing"),
        (["compare", "--methods", "erm", "--output", "grid"], 64, "the data is missing"),
      ]
      for (arguments, status, words) in refused {
        let ended = try Programme.run(arguments, in: folder)
        #expect(ended.status == status && ended.errors.contains(words), "\(ended.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/grid"))
      let none = try Programme.run(
        ["compare", "nowhere.csv", "--methods", "erm", "--output", "grid"], in: folder)
      #expect(none.status != 0 && none.errors.contains("nowhere.csv"), "\(none.errors)")
    }
  }
}
