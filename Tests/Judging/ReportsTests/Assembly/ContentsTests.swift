import Decisions
import Evaluation
import Files
import Imaging
import Reports
import Runs
import TestSupport
import Testing
import Uncertainty

@Suite struct ContentsTests {
  @Test func `every file of a run ends where it belongs`() throws {
    let run = try ReportDocument([Samples.contents(classes: ["a", "b", "c"])]).runs[0]
    #expect(run.population?.parts.map(\.name) == ["train", "test"])
    #expect(run.population?.part("train")?.counts == [2000, 1500, 1125])
    #expect(run.splits?.isClean == true)
    #expect(run.splits?.statements == ["splits of the data kept: train, test"])
    #expect(run.training?.epochs.count == 12 && run.training?.best?.epoch == 9)
    #expect(run.training?.selection == "mcc")
    let third = 1.0 / 3
    #expect(run.training?.drawn.map(\.mass) == [third, third, third])
    #expect(run.facts?.option("model") == "mobilenet-v2")
    #expect(run.facts?.option("pretrained") == nil)
    #expect(run.facts?.options.first?.value == "images # of ours")
    #expect(run.facts?.options.last?.origin == "file")
    #expect(run.facts?.environment("seed") == "7")
    #expect(run.facts?.command == "steelyard train --config runs/run/config.yaml")
    #expect(run.evaluations[0].metrics.shots?.trainingCounts == [2000, 1500, 1125])
    #expect(run.evaluations[0].judgement.assessment?.resampling.resamples == 2000)
  }

  @Test func `the imbalance of a part in two numbers`() {
    let part = Population.Part(name: "train", counts: [30, 10, 0])
    #expect(part.imbalanceRatio == 3)
    #expect(abs((part.effectiveClasses ?? 0) - 1.7547653506) < 1e-9)
    #expect(Population.Part(name: "x", counts: [5, 5]).effectiveClasses == 2)
    #expect(Population.Part(name: "x", counts: [0, 0]).imbalanceRatio == nil)
    #expect(Population.Part(name: "x", counts: []).effectiveClasses == nil)
  }

  @Test func `subgroups are columns of a few values, never paths or groups`() throws {
    let run = try ReportDocument([Samples.contents(classes: ["a", "b"])]).runs[0]
    #expect(run.evaluations[0].subgroups.map(\.column) == ["site"])
    #expect(run.evaluations[0].subgroups[0].groups.map(\.value) == ["<b>", "north", "south"])
    #expect(run.evaluations[0].subgroups[0].groups.map(\.n) == [100, 100, 100])
  }

  @Test func `mistakes come surest first, no more of a pair than told`() throws {
    var options = ReportOptions()
    (options.mistakes, options.mistakesPerPair, options.intervals) = (5, 2, nil)
    let contents = try Samples.contents(classes: ["a", "b", "c"])
    let failures = try #require(
      try ReportDocument([contents], options: options).runs[0].evaluations[0].failures)
    #expect(failures.mistakes.count <= 5 && failures.total > 5)
    #expect(
      failures.mistakes.map(\.confidence) == failures.mistakes.map(\.confidence).sorted(by: >))
    let pairs = Dictionary(grouping: failures.mistakes) { [$0.truth, $0.predicted] }
    #expect(pairs.values.allSatisfy { $0.count <= 2 })
    #expect(failures.mistakes.allSatisfy { $0.truth != $0.predicted && $0.thumbnail == nil })
  }

  @Test func `pictures are small, upright, and only where the file decodes`() throws {
    let pixels = [UInt8](repeating: 90, count: 300 * 120 * 3)
    let png = try PNG.encode(Image(width: 300, height: 120, channels: 3, pixels: pixels))
    let contents = try Samples.contents(classes: ["a", "b", "c"])
    var options = ReportOptions()
    options.intervals = nil
    var place = 0
    let failures = try #require(
      try ReportDocument([contents], options: options) { _ in
        place += 1
        return place % 3 == 0 ? png : place % 3 == 1 ? Array("no image".utf8) : nil
      }.runs[0].evaluations[0].failures)
    #expect(failures.mistakes.prefix(3).map { $0.thumbnail != nil } == [false, false, true])
    let uri = try #require(failures.mistakes[2].thumbnail)
    #expect(uri.hasPrefix("data:image/png;base64,iVBORw0KGgo"))
    #expect(uri.utf8.count < 2000)
  }

  @Test func `the temperature is fitted on the second part, and makes the first better`() throws {
    let classes = ["a", "b", "c"]
    var contents = try Samples.contents(classes: classes)
    #expect(try ReportDocument([contents]).runs[0].evaluations[0].decisions?.calibration == "none")
    contents.evaluations.append(
      .init(
        split: "val", predictions: try Samples.predictions(classes: classes, count: 600, seed: 9)))
    let part = ReportDocument([contents]).runs[0].evaluations[0]
    let decisions = try #require(part.decisions)
    #expect(decisions.calibration == "temperature" && decisions.chosenOn == "val")
    #expect(!decisions.isStored)
    let (after, before) = (
      decisions.assessment.after.logLoss, decisions.assessment.before.logLoss
    )
    #expect(try #require(after) < #require(before))
  }

  @Test func `the document comes back from its JSON, and its page with it`() throws {
    let document = try ReportDocument([Samples.contents(classes: Samples.hostile)])
    let bytes = try JSONFile.encode(document)
    let read = try JSONFile.decode(ReportDocument.self, from: bytes, name: "report.json")
    #expect(read == document)
    #expect(try JSONFile.encode(read) == bytes)
    #expect(read.html() == document.html())
  }

  /// The model is of epoch 9; what was drawn before and after it is not what its probabilities speak of.
  @Test func `what a calibration takes back is what the kept epoch drew`() throws {
    let classes = ["a", "b", "c"]
    var contents = try Samples.contents(classes: classes)
    let kept = [0.5, 0.3, 0.2]
    var history = try #require(contents.history)
    for index in history.lines.indices where history.lines[index].record.epoch == 9 {
      for place in classes.indices { history.lines[index].record.drawn[place].mass = kept[place] }
    }
    contents.history = history
    contents.evaluations.append(
      .init(
        split: "val", predictions: try Samples.predictions(classes: classes, count: 600, seed: 9)))
    let run = ReportDocument([contents]).runs[0]
    #expect(run.training?.drawn.map(\.keptMass) == kept)
    let page = ReportDocument([contents]).html()
    #expect(
      page.contains("Of epoch 9, kept") && page.contains("Where the label mass of epoch 9 differs"))
    // The same rule, made from its parts.
    let sampler = DecisionPlan.Sampler(
      drawn: kept, natural: [2000, 1500, 1125].map { $0 / 4625 })
    let data = try #require(contents.data)
    #expect(DecisionPlan.Sampler(data, history, contents.config) == sampler)
    let validation = LabelledProbabilities(try #require(contents.evaluations[1].predictions))
    let test = try #require(contents.evaluations[0].predictions)
    // These made-up probabilities speak of other shares, and validation shows it.
    var plan = DecisionPlan(calibration: .temperature)
    plan.sampler = sampler.checked(on: validation)
    let rule = try plan.choose(on: validation)
    let assessed = try DecisionAssessment(rule, on: LabelledProbabilities(test))
    #expect(run.evaluations[0].decisions?.assessment == assessed)
  }

  @Test func `a report of version 0.1 is read, one of a newer program is not`() throws {
    let bytes = try OldRun.bytes("run/report.json")
    let document = try ReportDocument.decode(bytes, name: "report.json")
    let run = try #require(document.runs.first)
    #expect(run.training?.drawn.first?.keptMass == nil)
    #expect(run.evaluations.map(\.split) == ["test", "val"])
    #expect(run.evaluations[0].decisions?.isStored == true)
    #expect(!document.html().contains("kept</"))
    try withTemporaryFolder { folder in
      let path = folder + "/report.json"
      try document.write(to: path)
      #expect(try ReportDocument.read(path) == document)
      let newer = String(decoding: bytes, as: UTF8.self)
        .replacing("\"format\" : 1", with: "\"format\" : 2")
      try AtomicFile.write(newer, to: path)
      #expect(throws: RunFileError.newer(path: path, format: 2, known: 1)) {
        try ReportDocument.read(path)
      }
      try AtomicFile.write("{", to: path)
      let error = #expect(throws: RunFileError.self) { try ReportDocument.read(path) }
      #expect(error?.description == "\(path): is not JSON; make the report of the run anew")
    }
  }
}
