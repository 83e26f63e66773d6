import Evaluation
import Files
import Foundation
import Runs
import Targets
import TestSupport
import Testing
import Uncertainty

/// `compare` of methods that tell labels, or a number.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct CompareTargetsTests {
  /// 150 rows of two features and their targets, in three parts.
  private func table(_ path: String) throws {
    try TargetRows.write(150, to: path, "split") {
      $0 < 70 ? "train" : $0 < 110 ? "val" : "test"
    }
  }

  private func compare(_ more: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      [
        "compare", "t.csv", "--model", "linear", "--epochs", "2", "--batch-size", "16", "--threads",
        "1",
        "--resamples", "60", "--output", "grid",
      ] + more, in: folder)
  }

  @Test func severalLabels() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let labels = ["--label-columns", "has_*", "--methods", "erm,class-balanced"]
      let ended = try compare(labels + ["--seeds", "2"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        ended.output.contains("40 test rows; differences of average_precision_macro"),
        "\(ended.output)")
      #expect(ended.output.contains("roc_auc_macro") && !ended.output.contains("mcc"))
      let header = try DelimitedReader(path: folder + "/grid/cells.csv").columns
      #expect(header.contains("average_precision_macro") && header.contains("roc_auc[has_b]"))
      #expect(!header.contains("mcc"))
      let cells = try CellTable.read(folder + "/grid/cells.csv").cells
      #expect(cells.count == 4 && cells.allSatisfy { $0.status == .done })
      for cell in cells {
        let run = try RunDirectory(existing: "\(folder)/grid/runs/\(cell.name)")
        let found = LabelAssessment(
          try LabelPredictions.read(run.predictions("test")), settings: nil)
        #expect(
          close(
            try #require(cell.metrics["average_precision_macro"]),
            try #require(found["average_precision_macro"]), relative: 1e-9))
        #expect(cell.metrics["f1_macro_stored"] != nil)
        #expect(cell.metrics["average_precision_few"] != nil)
      }
      let record = try GridRecord.read(folder + "/grid/compare.json")
      #expect(record.metric == "average_precision_macro")
      let comparison = try #require(record.parts[0].comparison)
      #expect(comparison.design == .shared && comparison.classes == ["has_a", "has_b"])
      #expect(comparison.rows[1].differences["average_precision_macro"]?.adjusted != nil)
      // Labels are grouped by their training rows in comparisons, too: of 50 or so rows with b few have it.
      #expect(comparison.rows[1].values["average_precision_few"] != nil)
      let page = String(decoding: try FileBytes.read(folder + "/grid/compare.html"), as: UTF8.self)
      #expect(page.contains("average_precision_macro"))
      let again = try Programme.run(["compare", "--resume", "grid"], in: folder)
      #expect(again.status == 0 && !again.errors.contains("run directory"), "\(again.errors)")
    }
  }

  @Test func numbersOverFoldsWithASearch() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let ended = try compare(
        [
          "--label-column", "age", "--methods", "erm,density-weighted", "--folds", "2",
          "--search", "density-weighted.power=0.5,1", "--metric", "rmse",
        ], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("differences of rmse"), "\(ended.output)")
      let header = try DelimitedReader(path: folder + "/grid/cells.csv").columns
      #expect(header.contains("mae") && header.contains("pearson") && !header.contains("mcc"))
      let cells = try CellTable.read(folder + "/grid/cells.csv").cells
      #expect(cells.count == 6 && cells.allSatisfy { $0.status == .done })
      // Of the settings of a fold validation chose one, that of the least error.
      #expect(cells.count { $0.isChosen == true } == 2)
      let record = try GridRecord.read(folder + "/grid/compare.json")
      let comparison = try #require(record.parts[0].comparison)
      if case .own = comparison.design {} else { Issue.record("\(comparison.design)") }
      #expect(comparison.rows.map(\.trainings) == [2, 2])
      // A table whose truths were lost is that cell's trouble.
      let lost = try #require(cells.first { $0.isChosen == true })
      let table = try RunDirectory(existing: "\(folder)/grid/runs/\(lost.name)").predictions("test")
      let read = try NumberPredictions.read(table)
      try DelimitedWriter.write(
        columns: ["path", "y_true", "y_pred"],
        rows: zip(read.paths, read.predicted).map { [$0, "", "\($1)"] }, to: table)
      _ = try Programme.run(["compare", "--resume", "grid"], in: folder)
      let after = try CellTable.read(folder + "/grid/cells.csv").cells.first {
        $0.name == lost.name
      }
      #expect(
        after?.status == .failed && after?.problem.contains("has no true classes") == true,
        "\(String(describing: after))")
    }
  }

  @Test func whatDoesNotGoWithTheTargetIsRefusedBeforeAnythingIsTrained() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let labels = ["--label-columns", "has_*"]
      let cases: [(arguments: [String], words: String)] = [
        (
          labels + ["--methods", "erm,seesaw"],
          "seesaw knows one class an image, and the data have several labels; choose one of: erm,"
        ),
        (
          ["--label-column", "age", "--methods", "erm,ldam"],
          "ldam knows classes, and the target is a number; choose one of: erm"
        ),
        (labels + ["--methods", "erm", "--metric", "mcc"], "metric: no metric is called 'mcc'"),
        (
          ["--label-column", "age", "--methods", "erm", "--metric", "bias"],
          "metric: neither more nor less bias is better, so it ranks no methods; choose one of: mae, rmse, r2,"
        ),
        (
          labels + ["--methods", "erm", "--long-tail", "10"],
          "--long-tail is of classes, and the data have several labels"
        ),
      ]
      for (arguments, words) in cases {
        let refused = try compare(arguments, in: folder)
        #expect(refused.status == 64 && refused.errors.contains(words), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/grid/runs"))
    }
  }

  /// `all` is all methods that know labels.
  @Test func everyMethodThatKnowsLabels() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let listed = try compare(
        ["--label-columns", "has_*", "--methods", "all", "--seeds", "1", "--dry-run"], in: folder)
      #expect(listed.status == 0, "\(listed.errors)")
      #expect(listed.errors.contains("methods for several labels, of features"), "\(listed.errors)")
      #expect(listed.output.contains("distribution-balanced") && !listed.output.contains("seesaw"))
    }
  }
}
