import Evaluation
import Files
import Foundation
import Randomness
import Runs
import Targets
import TestSupport
import Testing
import Uncertainty

/// `train --study-column`, and `evaluate RUN` after it, as a user asks for them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct StudyRunTests {
  /// Rows of two features with two labels; two rows are views of one visit and have its labels.
  private func table(_ path: String, rows: Int = 160, seed: UInt64 = 3, visits: Bool = true) throws
  {
    var source = RandomSource(seed: seed)
    var lines = ["feature_0,feature_1,has_a,has_b" + (visits ? ",visit" : "")]
    for visit in 0..<rows / 2 {
      let (a, b) = (visit % 3 == 0, visit % 4 == 0)
      for _ in 0..<2 {
        let (x, y) = (source.normal() + (a ? 1 : 0), source.normal() + (b ? 1 : 0))
        lines.append("\(x),\(y),\(a ? 1 : 0),\(b ? 1 : 0)" + (visits ? ",v\(visit)x" : ""))
      }
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private func file(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  private func train(_ more: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      [
        "train", "t.csv", "--label-columns", "has_*", "--epochs", "2", "--output-dir", "runs",
        "--experiment", "r", "--threads", "1",
      ] + more, in: folder)
  }

  @Test func aRunIsJudgedStudyByStudyAndImageByImage() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let trained = try train(["--study-column", "visit", "--study-join", "max"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "no column says the group, so the 80 studies of 'visit' are the groups"),
        "\(trained.errors)")
      #expect(trained.errors.contains("studies: 80 in 'visit'"), "\(trained.errors)")
      let run = folder + "/runs/r"

      // No visit is in two parts.
      var parts: [Substring: Set<Substring>] = [:]
      for line in try file(run + "/split.csv").split(separator: "\n").dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        parts[cells[2], default: []].insert(cells[3])
      }
      #expect(parts.count == 80 && parts.values.allSatisfy { $0.count == 1 })

      // The run's numbers are those that evaluate has for the table of its predictions.
      let head = try file(run + "/predictions-test.csv").prefix { $0 != "\n" }
      #expect(head.hasSuffix(",group,visit"), "\(head)")
      let test = try object(try file(run + "/metrics-test.json"))
      let images = try #require(test["images"] as? [String: Any])
      let table = try object(
        try Programme.run(
          [
            "evaluate", run + "/predictions-test.csv", "--study-column", "visit", "--study-join",
            "max", "--resamples", "0", "--json",
          ], in: folder
        ).output)
      let tableImages = try #require(table["images"] as? [String: Any])
      for key in ["average_precision_macro", "roc_auc_macro"] {
        #expect(test[key] is Double && test[key] as? Double == table[key] as? Double)
        #expect(images[key] as? Double == tableImages[key] as? Double)
      }
      #expect(test["n"] as? Int == table["n"] as? Int)
      #expect(images["n"] as? Int == (test["n"] as? Int).map { 2 * $0 })
      #expect(test["study_column"] as? String == "visit" && test["study_join"] as? String == "max")
      let page = try file(run + "/report.html")
      #expect(page.contains("test, study by study:") && page.contains("test, image by image:"))

      let judged = try Programme.run(
        ["evaluate", run, "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      let again = try object(judged.output)
      #expect(again["n"] as? Int == test["n"] as? Int && again["study_join"] as? String == "max")
      #expect(
        again["average_precision_macro"] as? Double == test["average_precision_macro"] as? Double)

      // Another way is kept; one that is chosen on validation does not judge it.
      let auto = try Programme.run(
        ["evaluate", run, "--study-join", "auto", "--resamples", "0", "--json"], in: folder)
      #expect(auto.status == 0, "\(auto.errors)")
      #expect(
        (try object(auto.output)["study_join_average_precision"] as? [String: Any])?.count == 3)
      let stored = try object(try file(run + "/studies.json"))
      #expect(stored["study_column"] as? String == "visit")
      #expect(stored["study_join_average_precision"] is [String: Any])
      let val = try Programme.run(
        ["evaluate", run, "--study-join", "auto", "--split", "val"], in: folder)
      #expect(val.status != 0)
      #expect(
        val.errors.contains("study-join auto: the way is chosen on the validation part"),
        "\(val.errors)")

      // Other data without the column are judged image by image, and that is said.
      try self.table(folder + "/other.csv", rows: 40, seed: 9, visits: false)
      let other = try Programme.run(
        [
          "evaluate", run, "--data", "other.csv", "--label-columns", "has_*", "--resamples", "0",
          "--json",
        ], in: folder)
      #expect(other.status == 0, "\(other.errors)")
      #expect(
        other.errors.contains(
          "studies: other.csv has no column 'visit', which the run joins images by, so images are judged alone"
        ),
        "\(other.errors)")
      #expect(try object(other.output)["images"] == nil)
    }
  }

  /// A run that was trained without studies may be judged by them, if none of them is parted.
  @Test func aRunWithoutStudiesMayGetThem() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let text = try file(folder + "/t.csv")
      let split = text.split(separator: "\n").enumerated().map { number, line in
        line + (number == 0 ? ",split" : number < 91 ? ",train" : number < 121 ? ",val" : ",test")
      }
      try AtomicFile.write(split.joined(separator: "\n") + "\n", to: folder + "/t.csv")
      #expect(try train([], in: folder).status == 0)
      let run = folder + "/runs/r"
      #expect(try object(try file(run + "/metrics-test.json"))["images"] == nil)
      let judged = try Programme.run(
        ["evaluate", run, "--study-column", "visit", "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      let found = try object(judged.output)
      #expect(found["n"] as? Int == 20 && (found["images"] as? [String: Any])?["n"] as? Int == 40)
      #expect(found["study_join"] as? String == "mean")
      #expect(try object(try file(run + "/metrics-test.json"))["n"] as? Int == 20)
    }
  }

  /// Studies are in one fold each, and what all folds said is judged study by study and image by image.
  @Test func aCrossFitJudgesStudiesAndImages() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let made = try Programme.run(
        [
          "crossfit", "t.csv", "--folds", "2", "--label-columns", "has_*", "--epochs", "1",
          "--output-dir", "runs", "--experiment", "x", "--threads", "1", "--study-column", "visit",
          "--study-join", "max",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(
        made.output.contains(
          "80 studies (visit) of 160 images; probabilities of the views of a study are joined by max"
        ), "\(made.output)")
      #expect(made.output.contains("the same, image by image"), "\(made.output)")
      #expect(made.output.contains("average_precision_macro_studies"), "\(made.output)")
      let fit = folder + "/runs/x"
      let folds = try FoldTable.read(fit + "/folds.csv")
      let ofVisit = Dictionary(grouping: folds.rows, by: \.group).mapValues {
        Set($0.map(\.fold)).count
      }
      #expect(ofVisit.count == 80 && ofVisit.values.allSatisfy { $0 == 1 }, "\(ofVisit)")
      // What is pooled is what evaluate makes of the table of images.
      let judged = try Programme.run(
        [
          "evaluate", "runs/x/predictions-crossfit.csv", "--study-column", "visit", "--study-join",
          "max", "--resamples", "0", "--json",
        ], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      let own = try object(judged.output)
      #expect(own["n"] as? Int == 80)
      let pooled = try object(try file(fit + "/metrics-crossfit.json"))
      #expect(pooled["n"] as? Int == 80 && pooled["study_join"] as? String == "max")
      let images = try #require(pooled["images"] as? [String: Any])
      #expect(images["n"] as? Int == 160)
      for key in ["average_precision_macro", "roc_auc_macro", "f1_macro"] {
        #expect(
          close(try #require(pooled[key] as? Double), try #require(own[key] as? Double)), "\(key)")
        let (one, other) = (images[key], (own["images"] as? [String: Any])?[key])
        #expect(
          close(try #require(one as? Double), try #require(other as? Double)), "\(key)")
      }
      let studies = try LabelPredictions.read(fit + "/predictions-crossfit-studies.csv")
      #expect(studies.count == 80 && Set(studies.paths).contains("v0x"))
      #expect(studies.carried.named("fold")?.values.allSatisfy { !$0.isEmpty } == true)
      let record = try FoldsRecord.read(fit + "/folds-crossfit.json")
      #expect(record.sizes.reduce(0, +) == 160)
      #expect(record.metrics["average_precision_macro_studies"]?.values.count == 2)
    }
  }

  /// Each fold's validation chooses for its own studies, and what they chose is said.
  @Test func foldsMayJoinInSeveralWays() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let made = try Programme.run(
        [
          "crossfit", "t.csv", "--folds", "2", "--label-columns", "has_*", "--epochs", "1",
          "--output-dir", "runs", "--experiment", "x", "--threads", "1", "--study-column", "visit",
          "--study-join", "auto",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let fit = folder + "/runs/x"
      let ways = try (1...2).map {
        try JSONFile.read(ChosenJoin.self, from: "\(fit)/fold-\($0)/studies.json").join
      }
      let pooled = try object(try file(fit + "/metrics-crossfit.json"))
      #expect(pooled["n"] as? Int == 80)
      let images = try LabelPredictions.read(fit + "/predictions-crossfit.csv")
      let studies = try LabelPredictions.read(fit + "/predictions-crossfit-studies.csv")
      let folds = try #require(images.carried.named("fold")?.values)
      for (index, way) in ways.enumerated() {
        let own = try images.keeping(folds.indices.filter { folds[$0] == "\(index + 1)" })
          .studies(by: "visit", way, file: "images")
        for (row, name) in own.paths.enumerated() {
          let place = try #require(studies.paths.firstIndex(of: name))
          for label in 0..<2 {
            #expect(
              close(studies.probabilities[2 * place + label], own.probabilities[2 * row + label]))
          }
        }
      }
      if ways[0] == ways[1] {
        #expect(pooled["study_join"] as? String == ways[0].rawValue)
      } else {
        #expect(pooled["study_join"] == nil)
        #expect(
          made.output.contains("joined as the validation of its fold chose: ")
            && made.output.contains("\(ways[0].rawValue) in 1 of 2 folds"), "\(made.output)")
      }
    }
  }

  /// Each cell has numbers of studies beside those of images, and so have table and page.
  @Test func methodsAreComparedOnStudiesToo() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      func compare(_ more: [String]) throws -> Programme.Result {
        try Programme.run(
          [
            "compare", "t.csv", "--label-columns", "has_*", "--methods", "erm,class-balanced",
            "--seeds", "1", "--epochs", "1", "--threads", "1", "--resamples", "60", "--output",
            "grid",
          ] + more, in: folder)
      }
      let alone = try compare(["--metric", "average_precision_macro_studies"])
      #expect(
        alone.status == 64
          && alone.errors.contains(
            "metric: average_precision_macro_studies is of studies; name their column with --study-column, or take"
              + " average_precision_macro"),
        "\(alone.errors)")
      let made = try compare([
        "--study-column", "visit", "--study-join", "max", "--metric",
        "average_precision_macro_studies",
      ])
      #expect(made.status == 0, "\(made.errors)")
      #expect(
        made.errors.contains("methods are compared image by image and study by study"),
        "\(made.errors)")
      #expect(made.output.contains("differences of average_precision_macro_studies"))
      let cells = try CellTable.read(folder + "/grid/cells.csv").cells
      #expect(cells.count == 2 && cells.allSatisfy { $0.status == .done })
      var counts: Set<Int> = []
      for cell in cells {
        let run = try RunDirectory(existing: "\(folder)/grid/runs/\(cell.name)")
        let images = try LabelPredictions.read(run.predictions("test"))
        let studies = try images.studies(by: "visit", .max, file: "test")
        counts.insert(studies.count)
        for (table, tail) in [(images, ""), (studies, "_studies")] {
          let found = LabelAssessment(table, settings: nil)
          for key in ["average_precision_macro", "roc_auc_macro"] {
            #expect(
              close(
                try #require(cell.metrics[key + tail]), try #require(found[key]), relative: 1e-9))
          }
        }
      }
      let record = try GridRecord.read(folder + "/grid/compare.json")
      let comparison = try #require(record.parts[0].comparison)
      #expect(record.studyColumn == "visit" && counts.count == 1)
      #expect(record.studies(of: comparison) == counts.first.map { Double($0) })
      #expect(
        comparison.units == counts.first && comparison.testRows == counts.first.map { 2 * $0 })
      #expect(comparison.rows[1].differences["average_precision_macro_studies"] != nil)
      #expect(comparison.rows[1].differences["average_precision_macro"] != nil)
      for name in ["compare.html", "compare.md"] {
        let text = try file(folder + "/grid/" + name)
        #expect(text.contains("Study by study") && text.contains(", studies"), "\(name)")
      }
    }
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let cases: [(arguments: [String], words: String)] = [
        (["--study-column", "vizit"], "no column 'vizit' for the study; did you mean 'visit'?"),
        (
          ["--study-join", "max"],
          "study-join: it joins the images of a study; name their column with --study-column"
        ),
        (
          ["--study-column", "visit", "--study-join", "auto", "--split", "80,0,20"],
          "study-join auto: the way is chosen on the validation part, and there is none"
        ),
        (
          ["--task", "class", "--study-column", "visit"],
          "--study-column is for several labels, and the data are read as classes"
        ),
      ]
      for (arguments, words) in cases {
        let refused = try train(arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }
}
