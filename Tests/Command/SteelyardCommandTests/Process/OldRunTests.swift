import Decisions
import Evaluation
import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing
import Uncertainty

/// A run of version 0.1, used by the commands of today.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct OldRunTests {
  private func withRun(_ body: (_ folder: String, _ run: RunDirectory) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      try body(folder, RunDirectory(existing: folder + "/run"))
    }
  }

  private func steelyard(_ arguments: String..., in folder: String) throws -> Programme.Result {
    let ended = try Programme.run(arguments, in: folder)
    #expect(ended.status == 0, "\(arguments): \(ended.errors)")
    return ended
  }

  /// The weights of the fixture are rounded, so that probabilities come near what was written.
  @Test func itIsEvaluated() throws {
    try withRun { folder, run in
      let before = try Predictions.read(run.predictions("test"))
      let ended = try steelyard("evaluate", "run", in: folder)
      #expect(
        ended.errors.contains("replaced predictions-test.csv and metrics-test.json in run\n"),
        "\(ended.errors)")
      let after = try Predictions.read(run.predictions("test"))
      #expect(after.paths == before.paths && after.truths == before.truths)
      #expect(after.predicted == before.predicted && after.groups == before.groups)
      #expect(
        difference(after.probabilities, before.probabilities, relative: 0, absolute: 0.02) == nil)
      let judged = try Judgement.read(run.metrics("test"))
      #expect(judged.report["mcc"] == MetricsReport(before)["mcc"])
      let text = String(decoding: try FileBytes.read(run.metrics("test")), as: UTF8.self)
      #expect(text.contains("\n  \"format\" : 1,\n"))
      // Data that it has learned from are found by the digests of its training images.
      let learned = try Programme.run(
        ["evaluate", "run", "--data", "images.csv", "--split", "train"], in: folder)
      #expect(learned.status == 2)
      #expect(
        learned.errors.contains(
          "same pixels: images/train/blood-0.png = images/train/blood-0.png (train)\n"),
        "\(learned.errors)")
    }
  }

  /// The rule in the model has the old name of abstention.
  @Test func itPredicts() throws {
    try withRun { folder, run in
      let image = "images/test/polyp-0.png"
      let ended = try steelyard("predict", "run", image, in: folder)
      #expect(ended.errors.contains("decided by the rule chosen on val"), "\(ended.errors)")
      let said = try Predictions.read(columns: ended.output, in: folder)
      #expect(said.columns.map(\.name) == ["flagged", "abstained", "set"])
      #expect(said.classes == ["blood", "clear", "polyp"] && said.paths == [image])
      let plain = try Predictions.read(
        columns: steelyard("predict", "run", image, "--no-rule", in: folder).output, in: folder)
      let stored = try Predictions.read(run.predictions("test"))
      let row = try #require(stored.paths.firstIndex(of: image))
      #expect(
        difference(plain.probabilities, Array(stored[row]), relative: 0, absolute: 0.02) == nil)
      let rule = try DecisionRule.read(run.decision)
      #expect(rule.abstention?.threshold == 0.2841098484571828)
      #expect(said.probabilities == (try rule.applied(to: plain)).probabilities)
    }
  }

  @Test func aRuleIsChosenForIt() throws {
    try withRun { folder, run in
      let old = try DecisionRule.read(run.decision)
      _ = try steelyard(
        "decide", "run", "--calibration", "temperature", "--sensitivity", "polyp=0.8",
        "--coverage", "0.8", "--conformal", "0.1", in: folder)
      let new = try DecisionRule.read(run.decision)
      // What training drew in the mean of all epochs went into the old rule; the kept one is the third.
      let kept = [0.32972522547202165, 0.5400740852168485, 0.13020068931112985]
      #expect(difference(new.samplerCorrection?.source ?? [], kept) == nil)
      #expect(new.samplerCorrection?.target == old.samplerCorrection?.target)
      #expect(new.provenance == old.provenance && new.classes == old.classes)
      #expect(new.operatingPoints.map(\.constraint) == old.operatingPoints.map(\.constraint))
      #expect(new.operatingPoints[0].validation.sensitivity.count == 3)
      #expect(new.abstention?.aim == old.abstention?.aim && new.conformal == old.conformal)
      let text = String(decoding: try FileBytes.read(run.decision), as: UTF8.self)
      #expect(text.contains("\"abstention\"") && !text.contains("\"referral\""))
      _ = try steelyard("decide", "run", "--remove", in: folder)
      #expect(!FilePath.isFile(run.decision))
    }
  }

  /// Whether two reports say the same but for metrics of order, which files from before 0.2 have of all classes.
  private func agree(_ new: MetricsReport, _ old: MetricsReport) -> Bool {
    func lasting(_ values: [String: Double]) -> [String: Double] {
      values.filter { !Metric.ofOrder.contains($0.key) }
    }
    return new.n == old.n && lasting(new.values) == lasting(old.values)
      && lasting(new.noSkill) == lasting(old.noSkill) && new.perClass == old.perClass
      && new.confusionMatrix == old.confusionMatrix && new.shots == old.shots
      && new.classesAveraged == old.classesAveraged
  }

  /// What a curve is drawn through.
  private func points(_ curve: Curve?) -> Set<[Double]> {
    Set(zip(curve?.x ?? [], curve?.y ?? []).map { [$0, $1] })
  }

  /// The numbers of a report follow from predictions alone, and are those that were written.
  @Test func itIsReported() throws {
    try withRun { folder, run in
      let (before, metrics) = (
        try ReportDocument.read(run.report), try Judgement.read(run.metrics("test"))
      )
      let said = try steelyard("report", "run", "--reference", "two readers", in: folder)
      #expect(said.errors.contains("wrote report.html, report.json and README.md in run"))
      #expect(agree(try Judgement.read(run.metrics("test")).report, metrics.report))
      let after = try ReportDocument.read(run.report)
      #expect(after.runs[0].reference == "two readers")
      #expect(after.runs[0].population == before.runs[0].population)
      #expect(after.runs[0].splits == before.runs[0].splits)
      #expect(after.runs[0].training?.epochs == before.runs[0].training?.epochs)
      #expect(after.runs[0].facts?.environment == before.runs[0].facts?.environment)
      #expect(after.runs[0].facts?.option("set.alpha") == "0.2")
      for (new, old) in zip(after.runs[0].evaluations, before.runs[0].evaluations) {
        #expect(new.split == old.split && agree(new.judgement.report, old.judgement.report))
        // Curves of grouped images have no bands any more, for whose sake more of the points were kept.
        #expect(new.curves.map(\.name) == old.curves.map(\.name))
        for (one, other) in zip(new.curves, old.curves) {
          #expect(points(one.roc).isSubset(of: points(other.roc)))
          #expect(points(one.precisionRecall).isSubset(of: points(other.precisionRecall)))
          #expect(one.roc?.low == [] && other.roc?.low != [])
        }
        #expect(new.failures?.mistakes.map(\.path) == old.failures?.mistakes.map(\.path))
        let lacking = new.failures?.mistakes.contains { $0.thumbnail == nil }
        #expect(lacking == false, "data-dir is found")
      }
      let page = String(decoding: try FileBytes.read(run.reportPage), as: UTF8.self)
      #expect(page.contains("Of epoch 3, kept") && page.contains("two readers"))
      let drawn = try steelyard("report", "run/report.json", "-o", "again.html", in: folder)
      #expect(drawn.errors.contains("wrote again.html"))
      #expect(try FileBytes.read(folder + "/again.html") == FileBytes.read(run.reportPage))
    }
  }

  @Test func itPassesAGateAgainstItself() throws {
    try withRun { folder, _ in
      let ended = try steelyard("gate", "run", "run", "--require", "mcc >= -0.01", in: folder)
      #expect(ended.output.hasPrefix("mcc >= -0.01: passes; difference "), "\(ended.output)")
    }
  }

  /// Nothing of a newer program is misread, and nothing of it is replaced.
  @Test func filesOfANewerProgramAreRefused() throws {
    let files = [
      (
        "config.yaml", "# format: 2\n",
        [["predict", "run", "images/test"], ["evaluate", "run"], ["train", "--resume", "run"]]
      ),
      ("data.json", "{\"format\": 2}", [["report", "run"], ["decide", "run"]]),
      ("environment.json", "{\"format\": 2}", [["report", "run"]]),
      ("metrics.jsonl", "{\"format\": 2}\n", [["report", "run"], ["decide", "run"]]),
      (
        "metrics-test.json", "{\"format\": 2}",
        [["report", "run"], ["gate", "run", "run", "--require", "mcc>=0"]]
      ),
      ("report.json", "{\"format\": 2}", [["report", "run"]]),
    ]
    for (name, text, commands) in files {
      try withRun { folder, run in
        let path = FilePath.join(run.path, name)
        try AtomicFile.write(text, to: path)
        for command in commands {
          let ended = try Programme.run(command, in: folder)
          #expect(ended.status == (command[0] == "gate" ? 1 : 2), "\(command): \(ended.errors)")
          #expect(
            ended.errors.contains(
              "run/\(name): has format 2, and this program knows formats up to 1; use a newer steelyard"
            ) || ended.errors.contains("run/\(name):1: has format 2"), "\(ended.errors)")
          #expect(try FileBytes.read(path) == Array(text.utf8))
        }
      }
    }
  }

  @Test func damagedFilesAreNamedWithWhatToDo() throws {
    try withRun { folder, run in
      try AtomicFile.write("{", to: run.data)
      let decided = try Programme.run(["decide", "run"], in: folder)
      #expect(decided.status == 2)
      #expect(
        decided.errors.contains(
          "run/data.json: is not JSON; restore it from a copy, or delete it: the rest of the run can be"
            + " used without it"), "\(decided.errors)")
      // As it says.
      try OldRun.remove(run.data)
      try OldRun.remove(run.environment)
      try OldRun.remove(run.metricsLines)
      try OldRun.remove(run.metrics("test"))
      try AtomicFile.write("no report", to: run.report)
      let reported = try steelyard("report", "run", in: folder)
      #expect(
        reported.errors.contains(
          "run/report.json: is not JSON; what was said of the run before (--reference, --use,"
            + " --acts-on, --license) is lost"), "\(reported.errors)")
      #expect(try ReportDocument.read(run.report).runs[0].population == nil)
    }
  }

  /// Metrics can be made anew; how classes are grouped is known from the data too.
  @Test func metricsThatWereDeletedAreMadeAnew() throws {
    try withRun { folder, run in
      let before = try Judgement.read(run.metrics("test"))
      try OldRun.remove(run.metrics("test"))
      _ = try steelyard("report", "run", in: folder)
      #expect(agree(try Judgement.read(run.metrics("test")).report, before.report))
    }
  }
}

extension Predictions {
  /// A table that was printed.
  fileprivate static func read(columns text: String, in folder: String) throws -> Predictions {
    let path = "\(folder)/printed-\(UUID().uuidString).csv"
    try AtomicFile.write(text, to: path)
    return try read(path)
  }
}
