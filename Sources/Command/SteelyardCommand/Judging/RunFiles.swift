import Decisions
import Evaluation
import Files
import Inference
import Methods
import Plans
import Reports
import Training
import Uncertainty

/// What lies in a run directory, read for its report.
struct RunFiles {
  let run: RunDirectory

  /// Parts of the data with predictions: test, val, then others by name.
  func parts() throws -> [String] {
    let names = try FolderListing.items(run.path).map(\.name).filter {
      $0.hasPrefix("predictions-") && $0.hasSuffix(".csv")
    }
    let found = names.map { String($0.dropFirst("predictions-".count).dropLast(".csv".count)) }
    let usual = ["test", "val"].filter(found.contains)
    return usual + found.filter { !usual.contains($0) }.sorted()
  }

  /// Everything that a report can be made of.
  ///
  /// - Parameters:
  ///   - split: Only this part of the data; `nil` takes all that were evaluated.
  ///   - intervals: How intervals are made where the metrics have none; they are then written back.
  func contents(_ split: String?, intervals: IntervalSettings?) throws -> RunContents {
    var contents = RunContents(name: FilePath.name(of: FilePath.absolute(run.path)), path: run.path)
    contents.config = try bytes(run.config)
    contents.environment = try bytes(run.environment)
    contents.data = try bytes(run.data)
    contents.history = try bytes(run.metricsLines)
    let parts = try split.map { [$0] } ?? self.parts()
    for part in parts {
      contents.evaluations.append(try evaluated(part, intervals))
    }
    contents.method = try method()
    if FilePath.isFile(run.model) { contents.rule = try rule() }
    return contents
  }

  /// The stored rule; one that cannot be read is said, and left out.
  private func rule() throws -> DecisionRule? {
    do {
      return try ModelFile.rule(of: run.model)
    } catch ModelError.badRule(let path, let reason) {
      StandardStreams.note("\(ModelError.badRule(path, reason: reason)); the page is without it")
      return nil
    }
  }

  /// Class frequencies that training drew, and those of its images; `nil` where they agree within a
  /// hundredth, or are not known.
  func sampler() throws -> DecisionPlan.Sampler? {
    var contents = RunContents(name: run.path)
    (contents.history, contents.data) = (try bytes(run.metricsLines), try bytes(run.data))
    return try ReportDocument([contents]).runs.first?.sampler
  }

  /// What reads the image of a path in the predictions; `nil` of it where there is no such file.
  func images() throws -> (String) -> [UInt8]? {
    let options = try options()
    return { path in
      options.files(ofImage: path).lazy.compactMap { try? FileBytes.read($0) }.first
    }
  }

  private func evaluated(
    _ part: String, _ intervals: IntervalSettings?
  ) throws -> RunContents.Evaluated {
    let labelled = try LabelledPredictions(run.path, split: part)
    let file = run.metrics(part)
    var judgement =
      FilePath.isFile(file) ? try JSONFile.read(Judgement.self, from: file) : nil
    let isMade =
      intervals.map { intervals in
        let column = labelled.predictions.groupColumn(intervals.groupColumn)?.name
        return judgement?.assessment?.resampling.follows(intervals, groupColumn: column) ?? false
      } ?? true
    if let intervals, !isMade {
      let made = Judgement(labelled.predictions, shots: labelled.shots, intervals)
      try JSONFile.write(made, to: file)
      judgement = made
    }
    return .init(split: part, predictions: labelled.predictions, judgement: judgement)
  }

  private func bytes(_ path: String) throws -> [UInt8]? {
    FilePath.isFile(path) ? try FileBytes.read(path) : nil
  }

  private func options() throws -> TrainOptions {
    try ResolvedOptions(file: ConfigFile.read(run.config)).values
  }

  private func method() throws -> String? {
    let name = try options().method
    return catalogue.first { $0.name == name }.map { "\($0.summary). \($0.citation)" }
  }
}
