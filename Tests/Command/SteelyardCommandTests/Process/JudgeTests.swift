import Decisions
import Evaluation
import Files
import Foundation
import Inference
import Reports
import TestSupport
import Testing
import Uncertainty

/// Predictions of anybody: evaluated, compared, reported and decided, without a model.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct JudgeTests {
  /// Two tables of the same 60 examples; `b.csv` is right wherever `a.csv` is, and more often.
  private func withTables(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (name, period) in [("a", 3), ("b", 12)] {
        var rows = ["id,label,prob_cyst,prob_tumour,patient_id"]
        for index in 0..<60 {
          let truth = index % 5 == 0 ? 1 : 0
          let isRight = index % period != 1
          let likely = 0.6 + 0.3 * Double(index % 7) / 7
          let tumour = (truth == 1) == isRight ? likely : 1 - likely
          rows.append("\(index),\(["cyst", "tumour"][truth]),\(1 - tumour),\(tumour),p\(index / 3)")
        }
        try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: "\(folder)/\(name).csv")
      }
      try body(folder)
    }
  }

  @Test func aTableIsEvaluatedWithIntervalsByPatient() throws {
    try withTables { folder in
      let shown = try Programme.run(["evaluate", "a.csv", "--resamples", "50"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains(
          "95 % intervals from 50 resamples of 20 groups (patient_id), class counts sampled"),
        "\(shown.output)")
      #expect(shown.output.contains("\nmade by: bca of recall, mcc, "), "\(shown.output)")
      #expect(shown.output.contains("\ncalibration_slope ") && !shown.output.contains("kendall"))
      let ordered = try Programme.run(
        ["evaluate", "a.csv", "--resamples", "50", "--ordered"], in: folder)
      #expect(ordered.output.contains("\nkendall_tau "), "\(ordered.output)")
      let ended = try Programme.run(
        ["evaluate", "a.csv", "--resamples", "50", "--json", "--output-dir", "judged"], in: folder)
      let printed = try JSONFile.decode(
        Assessment.self, from: Array(ended.output.utf8), name: "output")
      let written = try JSONFile.read(Assessment.self, from: folder + "/judged/metrics-a.json")
      #expect(printed == written)
      #expect(printed.report == MetricsReport(try Predictions.read(folder + "/a.csv")))
      #expect(printed.resampling.clusters == 20)
      #expect(printed.calibration?.classes[1].slopeInterval?.level == 0.95)
      #expect(printed.report["kendall_tau"] == nil && !printed.report.areOrdered)
    }
  }

  /// Through a pipe the same table says the same.
  @Test func aTableComesThroughAPipe() throws {
    try withTables { folder in
      let more = "--resamples 50 --json"
      let file = try Programme.shell("$STEELYARD evaluate a.csv \(more)", in: folder)
      #expect(file.status == 0, "\(file.errors)")
      for script in [
        "cat a.csv | $STEELYARD evaluate /dev/stdin \(more)",
        "$STEELYARD evaluate <(cat a.csv) \(more)",
        "$STEELYARD evaluate /dev/stdin \(more) < a.csv",
      ] {
        let piped = try Programme.shell(script, in: folder)
        #expect(piped.status == 0 && piped.output == file.output, "\(script): \(piped.errors)")
      }
    }
  }

  @Test func mistakesInATableAreSaidWithoutATrace() throws {
    try withTables { folder in
      let text = String(decoding: try FileBytes.read(folder + "/a.csv"), as: UTF8.self)
      try AtomicFile.write(text.replacing("\n3,", with: "\n2,"), to: folder + "/twice.csv")
      let twice = try Programme.run(["evaluate", "twice.csv"], in: folder)
      #expect(twice.status == 2)
      #expect(twice.errors.contains("'2' has 2 predictions, in rows 3 and 4"), "\(twice.errors)")
      let column = try Programme.run(
        ["evaluate", "a.csv", "--group-column", "site"], in: folder)
      #expect(column.status == 2)
      #expect(
        column.errors.contains(
          "a.csv: has no column 'site'; beside probabilities it has 'patient_id'"),
        "\(column.errors)")
      let split = try Programme.run(["evaluate", "a.csv", "--split", "val"], in: folder)
      #expect(
        split.errors.contains("a.csv: has no column 'split', and --split val asks for one"),
        "\(split.errors)")
    }
  }

  @Test func aGateStopsWhatAnIntervalRulesOut() throws {
    try withTables { folder in
      let better = try Programme.run(
        ["gate", "a.csv", "b.csv", "--require", "f1_macro >= -0.01"], in: folder)
      #expect(better.status == 0, "\(better.errors)")
      #expect(better.output.hasPrefix("f1_macro >= -0.01: passes; difference +"))
      let worse = try Programme.run(
        ["gate", "b.csv", "a.csv", "--require", "f1_macro>=-0.01"], in: folder)
      #expect(worse.status == 2)
      #expect(worse.output.hasPrefix("f1_macro >= -0.01: ruled out; difference -"))
      let unknown = try Programme.run(
        ["gate", "a.csv", "b.csv", "--require", "f1_makro >= 0"], in: folder)
      #expect(unknown.status == 64)
      #expect(unknown.errors.contains("unknown metric 'f1_makro'; did you mean 'f1_macro'?"))
    }
  }

  @Test func reportsAreOneFileEachAndNeverReplacedUnasked() throws {
    try withTables { folder in
      let arguments = ["report", "a.csv", "b.csv", "--resamples", "50"]
      let made = try Programme.run(arguments, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let page = String(decoding: try FileBytes.read(folder + "/report.html"), as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>") || page.hasPrefix("<!doctype html>"))
      #expect(!page.contains("src=\"http") && !page.contains("href=\"http"))
      let again = try Programme.run(arguments, in: folder)
      #expect(again.status == 64)
      #expect(
        again.errors.contains("report.html exists; replace it with --overwrite"), "\(again.errors)")
      #expect(try Programme.run(arguments + ["--overwrite"], in: folder).status == 0)
      #expect(String(decoding: try FileBytes.read(folder + "/report.html"), as: UTF8.self) == page)
    }
  }

  @Test func whatIsSaidOfATableStandsInItsReport() throws {
    try withTables { folder in
      let made = try Programme.run(
        ["report", "a.csv", "--acts-on", "top", "--use", "triage & recall", "--resamples", "20"],
        in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let page = String(decoding: try FileBytes.read(folder + "/report.html"), as: UTF8.self)
      #expect(page.contains("Stated use: triage &amp; recall"))
      #expect(page.contains("Since only the few images ranked highest are acted upon"))
      let two = try Programme.run(["report", "a.csv", "b.csv", "--use", "x"], in: folder)
      #expect(two.status == 64 && two.errors.contains("go into the report of one run or table"))
    }
  }

  @Test func studiesShowTheSheetsAndTheFlatLines() throws {
    try withTables { folder in
      let areas = try Programme.run(["study", "auroc-auprc", "--json"], in: folder)
      #expect(areas.output.contains("\"tuned_by\" : \"average_precision\""), "\(areas.output)")
      let prevalence = try Programme.run(
        ["study", "prevalence", "a.csv", "--class", "tumour"], in: folder)
      let recall = try #require(
        prevalence.output.split(separator: "\n").first { $0.hasPrefix("recall") })
      #expect(Set(recall.split(separator: " ").dropFirst().dropLast()).count == 1, "\(recall)")
      let nobody = try Programme.run(
        ["study", "prevalence", "a.csv", "--class", "tumor"], in: folder)
      #expect(nobody.errors.contains("there is no 'tumor'; did you mean 'tumour'?"))
    }
  }

  @Test func aStudyOfPrevalenceIsATableAndADrawing() throws {
    try withTables { folder in
      let made = try Programme.run(
        [
          "study", "prevalence", "a.csv", "--class", "tumour", "--prevalence", "0.02",
          "--prevalence", "0.02", "--csv", "p.csv", "--plot", "p.svg",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output.contains("impact: part of the value at 50.0 %"), "\(made.output)")
      let table = String(decoding: try FileBytes.read(folder + "/p.csv"), as: UTF8.self)
        .split(separator: "\n")
      // A prevalence that is named twice has one column.
      #expect(table.first == "metric,as_it_is,prevalence_0.5,prevalence_0.02,impact")
      #expect(table.count == 10)
      let plot = String(decoding: try FileBytes.read(folder + "/p.svg"), as: UTF8.self)
      for name in ["precision", "AUROC", "upright: prevalence as it is, 0.200"] {
        #expect(plot.contains(">\(name)</text>"), "\(name)")
      }
    }
  }

  @Test func aRuleIsChosenOnOneTableAndSeenOnAnother() throws {
    try withTables { folder in
      let rows = String(decoding: try FileBytes.read(folder + "/b.csv"), as: UTF8.self)
      try AtomicFile.write(
        String(rows.dropLast()).replacing("\n", with: "\nx"), to: folder + "/other.csv")
      let arguments = [
        "decide", "a.csv", "--test", "other.csv", "--sensitivity", "tumour=0.8",
        "--conformal", "0.2", "--calibration", "auto", "--output", "rule.json",
      ]
      let made = try Programme.run(arguments, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output.contains("tumour: sensitivity ≥ 0.8"), "\(made.output)")
      #expect(made.output.contains("in 5 folds that keep groups together"), "\(made.output)")
      let rule = try JSONFile.read(DecisionRule.self, from: folder + "/rule.json")
      #expect(rule.classes == ["cyst", "tumour"])
      #expect(try #require(rule.operatingPoints[0].validation.sensitivity.value) >= 0.8)
      let again = try Programme.run(arguments, in: folder)
      #expect(again.errors.contains("rule.json exists; replace it with --overwrite"))
    }
  }

  @Test func aRuleIsNotJudgedOnWhatItWasChosenOnNorPromisedTooMuch() throws {
    try withTables { folder in
      let same = try Programme.run(["decide", "a.csv", "--test", "b.csv", "--json"], in: folder)
      #expect(same.status == 2)
      #expect(
        same.errors.contains("b.csv: 60 of its examples, '0' among them, are those that the rule"),
        "\(same.errors)")
      let never = try Programme.run(
        ["decide", "a.csv", "--sensitivity", "tumour=0.99", "--promised", "--json"], in: folder)
      #expect(never.status == 2)
      #expect(never.errors.contains("cannot be promised with confidence 0.95"), "\(never.errors)")
      // A risk and a work load are promised as well; a work load not where classes will be as common as elsewhere.
      let promised = ["decide", "a.csv", "--promised", "--json"]
      let risk = try Programme.run(promised + ["--risk", "0.9"], in: folder)
      #expect(risk.status == 0 && risk.output.contains("\"guarantee\""), "\(risk.errors)")
      let load = ["--workload", "tumour=0.9"]
      let allowed = try Programme.run(promised + load, in: folder)
      #expect(allowed.status == 0, "\(allowed.errors)")
      let elsewhere = try Programme.run(
        promised + load + ["--target-prior", "tumour=0.1,cyst=0.9"], in: folder)
      #expect(elsewhere.status == 2)
      #expect(
        elsewhere.errors.contains("cannot be promised at a prevalence that is aimed at"),
        "\(elsewhere.errors)")
      let nothing = try Programme.run(promised, in: folder)
      #expect(
        nothing.status == 64
          && nothing.errors.contains(
            "--promised goes with --sensitivity, --specificity, --workload or --risk."),
        "\(nothing.errors)")
    }
  }

  @Test func aCostTableHasEveryClassOnceAndNothingElse() throws {
    try withTables { folder in
      let tables: [(String, String)] = [
        (
          "truth,cyst,tumour\ncyst,0,1\n",
          "has no row for 'tumour'; it needs one row for every class"
        ),
        (
          "truth,cyst,tumour\ncyst,0,1\ntumour,9,0\ntumor,1,1\n",
          "has a row for 'tumor', which is no class; did you mean 'tumour'?"
        ),
        (
          "truth,cyst,tumour\ncyst,0,1\ntumor,9,0\n",
          "has a row for 'tumor', which is no class; did you mean 'tumour'?"
        ),
        ("truth,cyst,tumour\ncyst,0,1\ntumour,9,0\ncyst,0,5\n", "has two rows for 'cyst'"),
        ("truth,cyst,tumour,tumor\ncyst,0,1,1\ntumour,9,0,1\n", "has a column for 'tumor'"),
        ("truth,cyst,tumour\ncyst,0,much\ntumour,9,0\n", "costs 'much'; expected a number"),
      ]
      for (text, words) in tables {
        try AtomicFile.write(text, to: folder + "/costs.csv")
        let ended = try Programme.run(
          ["decide", "a.csv", "--costs", "costs.csv", "--json"], in: folder)
        #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.errors)")
      }
    }
  }

  /// What is not shown is stopped; of a metric alone the margin is the bound.
  @Test func aGateAsksForNonInferiority() throws {
    try withTables { folder in
      let better = try Programme.run(
        ["gate", "a.csv", "b.csv", "--non-inferior", "0.02"], in: folder)
      #expect(better.status == 0, "\(better.errors)")
      #expect(better.output.hasPrefix("mcc >= -0.02: passes; difference +"), "\(better.output)")
      #expect(better.errors.contains("paired 95 % intervals made by: jackknife of mcc"))
      let two = ["--non-inferior", "0.02", "--require", "recall[tumour]", "--require", "accuracy"]
      let open = try Programme.run(["gate", "b.csv", "a.csv"] + two, in: folder)
      #expect(open.status == 2)
      #expect(open.output.contains("recall[tumour] >= -0.02: undecided"), "\(open.output)")
      let none = try Programme.run(["gate", "b.csv", "a.csv", "--non-inferior", "0"], in: folder)
      #expect(none.status == 64 && none.errors.contains("cannot take 0.0 as the margin"))
      let nothing = try Programme.run(["gate", "b.csv", "a.csv"], in: folder)
      #expect(nothing.status == 64 && nothing.errors.contains("Say what is required"))
    }
  }

  @Test func aGateKnowsSingleClasses() throws {
    try withTables { folder in
      let worse = try Programme.run(
        ["gate", "b.csv", "a.csv", "--require", "recall[tumour] >= -0.01"], in: folder)
      #expect(worse.status == 0)
      #expect(
        worse.output.hasPrefix("recall[tumour] >= -0.01: undecided, these examples cannot tell;"),
        "\(worse.output)")
      let bare = try Programme.run(
        ["gate", "b.csv", "a.csv", "--require", "recall >= 0"], in: folder)
      #expect(bare.errors.contains("'recall'; of a class it is written recall[CLASS]."))
      let nobody = try Programme.run(
        ["gate", "b.csv", "a.csv", "--require", "recall[tumor] >= 0"], in: folder)
      #expect(nobody.status == 64)
      #expect(nobody.errors.contains("unknown class 'tumor'; did you mean 'tumour'?"))
    }
  }

  @Test func detectorsAndChangesAreMeasuredWithIntervals() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(
        "image,lesion\na,1\na,2\nb,\nc,1\nd,1\n", to: folder + "/lesions.csv")
      try AtomicFile.write(
        "image,score,lesion\na,.9,1\nb,.8,\nc,.7,1\n", to: folder + "/marks.csv")
      let froc = try Programme.run(
        ["froc", "marks.csv", "--lesions", "lesions.csv", "--rate", "1"], in: folder)
      #expect(froc.status == 0, "\(froc.errors)")
      #expect(froc.output.contains("1        0.500"), "\(froc.output)")
      #expect(
        froc.output.hasSuffix(
          "lesions: 4, marks: 3\n4 images are too few for intervals from resamples: at least 10 are needed\n"
        ),
        "\(froc.output)")
      try AtomicFile.write(
        "image,y_true,y_pred,count\na,same,same,90\na,built,built,9\nb,same,built,3\n",
        to: folder + "/counts.csv")
      let change = try Programme.run(
        ["change", "counts.csv", "--unchanged", "same"], in: folder)
      #expect(change.status == 0, "\(change.errors)")
      #expect(change.output.contains("changed_iou      0.750"), "\(change.output)")
      #expect(change.output.contains("One kind of change: kappa and SeK are then at most 0"))
      let none = try Programme.run(
        ["change", "counts.csv", "--unchanged", "none"], in: folder)
      #expect(none.status == 2)
      #expect(none.errors.contains("expected 'none' and at least one kind of change"))
    }
  }

  @Test func aComparisonThatFailsIsNoVerdict() throws {
    try withTables { folder in
      let missing = try Programme.run(
        ["gate", "a.csv", "nosuch.csv", "--require", "mcc >= 0"], in: folder)
      #expect(missing.status == 1)
      #expect(missing.errors.contains("nosuch.csv"), "\(missing.errors)")
    }
  }
}
