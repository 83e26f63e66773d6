import Evaluation
import Files
import Foundation
import Runs
import Targets
import TestSupport
import Testing
import Uncertainty

/// `crossfit` of rows that have several labels, or a number.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct CrossfitTargetsTests {
  /// 120 rows of two features and their targets, in groups of two.
  private func table(_ path: String) throws {
    try TargetRows.write(120, to: path, "patient") { "p\($0 / 2)" }
  }

  private func crossfit(_ more: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      [
        "crossfit", "t.csv", "--folds", "3", "--group-column", "patient", "--model", "linear",
        "--epochs", "4", "-b", "16", "--threads", "1", "--output-dir", "runs", "--experiment", "c",
      ] + more, in: folder)
  }

  @Test func severalLabels() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let ended = try crossfit(["--label-columns", "has_*"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("target: 2 labels"), "\(ended.output)")
      #expect(
        ended.output.contains("over 3 folds")
          && ended.output.contains("predictions-crossfit.csv --task labels"), "\(ended.output)")
      let run = folder + "/runs/c"
      let all = try LabelPredictions.read(run + "/predictions-crossfit.csv")
      let table = try FoldTable.read(run + "/folds.csv")
      #expect(all.labels == ["has_a", "has_b"] && all.count == 120)
      #expect(all.paths == table.rows.map(\.path))
      #expect(all.carried.named("fold")?.values == table.rows.map { "\($0.fold)" })
      #expect(all.carried.named("group")?.values == table.rows.map(\.group))
      for fold in 1...3 {
        let part = try LabelPredictions.read(run + "/fold-\(fold)/predictions-test.csv")
        let rows = table.rows.indices.filter { table.rows[$0].fold == fold }
        #expect(Set(part.paths) == Set(rows.map { table.rows[$0].path }))
        for (row, path) in part.paths.enumerated() {
          let place = try #require(all.paths.firstIndex(of: path))
          #expect(
            all.probabilities[2 * place..<2 * place + 2]
              == part.probabilities[2 * row..<2 * row + 2])
          #expect(all.truths[2 * place..<2 * place + 2] == part.truths[2 * row..<2 * row + 2])
        }
      }
      let pooled = try JSONText.object(at: run + "/metrics-crossfit.json")
      #expect(pooled["task"] as? String == "labels" && pooled["n"] as? Int == 120)
      let own = LabelAssessment(all, settings: nil)
      #expect(
        close(
          try #require(pooled["average_precision_macro"] as? Double),
          try #require(own["average_precision_macro"]), relative: 1e-9))
      let folds = try FoldsRecord.read(run + "/folds-crossfit.json")
      #expect(folds.names == ["1", "2", "3"] && folds.sizes.reduce(0, +) == 120)
      #expect(folds.metrics["average_precision_macro"]?.values.count == 3)
      #expect(folds.metrics["f1_macro_stored"] != nil)
      let judged = try Programme.run(
        [
          "evaluate", "runs/c/predictions-crossfit.csv", "--task", "labels", "--resamples", "0",
          "--json",
        ], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
    }
  }

  @Test func numbers() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let ended = try crossfit(["--label-column", "age"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("target: numbers from "), "\(ended.output)")
      let run = folder + "/runs/c"
      let all = try NumberPredictions.read(run + "/predictions-crossfit.csv")
      let table = try FoldTable.read(run + "/folds.csv")
      #expect(all.paths == table.rows.map(\.path) && all.truths.allSatisfy { $0 != nil })
      for fold in 1...3 {
        let part = try NumberPredictions.read(run + "/fold-\(fold)/predictions-test.csv")
        for (row, path) in part.paths.enumerated() {
          let place = try #require(all.paths.firstIndex(of: path))
          #expect(all.predicted[place] == part.predicted[row])
          #expect(all.intervals?[place] == part.intervals?[row])
        }
      }
      // The options that it was begun with say how numbers are judged.
      let again = try Programme.run(["crossfit", "--resume", "runs/c"], in: folder)
      #expect(again.status == 0, "\(again.errors)")
      let pooled = try JSONText.object(at: run + "/metrics-crossfit.json")
      #expect(pooled["task"] as? String == "number" && pooled["n"] as? Int == 120)
      #expect(pooled["mae"] is Double && pooled["pearson"] is Double)
      let folds = try FoldsRecord.read(run + "/folds-crossfit.json")
      let errors = try #require(folds.metrics["mae"]?.values)
      for fold in 1...3 {
        let rows = table.rows.indices.filter { table.rows[$0].fold == fold }
        let mean =
          rows.reduce(0.0) { $0 + abs(all.predicted[$1] - (all.truths[$1] ?? 0)) }
          / Double(rows.count)
        #expect(close(try #require(errors[fold - 1]), mean, relative: 1e-9))
      }
    }
  }

  @Test func whatCannotBeLearnedIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let cases: [(arguments: [String], words: String)] = [
        (
          ["--label-columns", "has_*", "--method", "seesaw"],
          "seesaw knows one class an image, and the data have several labels; choose one of: erm,"
        ),
        (
          ["--label-column", "age", "--method", "ldam"],
          "ldam knows classes, and the target is a number; choose one of: erm"
        ),
      ]
      for (arguments, words) in cases {
        let refused = try crossfit(arguments, in: folder)
        #expect(refused.status == 64 && refused.errors.contains(words), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
    }
  }
}
