import Console
import Evaluation
import Files
import Foundation
import Runs
import Targets
import Uncertainty

extension EvaluateCommand {
  /// Of a table of predictions.
  func evaluateTable() throws {
    guard attack.made == nil else {
      throw OptionError.conflict("attack: a table of predictions has no model to attack")
    }
    guard adapter == nil else {
      throw OptionError.conflict("adapter: a table of predictions has no model to stand beside")
    }
    if experts.adaptExperts {
      throw OptionError.conflict("adapt-experts: a table of predictions has no experts to weigh")
    }
    if testDistribution != nil {
      throw OptionError.conflict(
        "test-distribution: it is for a run; a table of predictions is evaluated as it is")
    }
    if let name = (pixels.typed.givenNames + texts.typed.givenNames).first {
      throw OptionError.conflict(
        "\(name): a table of predictions is evaluated without its images; leave it out")
    }
    guard data == nil else {
      throw OptionError.conflict("data: a table of predictions has no model to run on other data")
    }
    if let name = tables.typed.givenNames.first(where: {
      $0 != TrainOptions.tables.groupColumn.name
    }) {
      throw OptionError.conflict(
        "\(name): a table of predictions is evaluated without its images; leave it out")
    }
    // Threads are no promise: whoever sets them for all commands may.
    let ofModels = inference.typed.givenNames.filter { $0 != TrainOptions.engine.threads.name }
    if let name = ofModels.first ?? (allowLeakage ? "allow-leakage" : nil) {
      throw OptionError.conflict(
        "\(name): a table of predictions has no model to run; leave it out")
    }
    let kind = target.kind(of: path, reading.options)
    try target.check(kind, of: path)
    try reading.check(kind, of: path)
    if kind != .classes { return try evaluateTargets(kind) }
    let labelled = try LabelledPredictions(path, split: split, reading.options)
    labelled.notes.forEach(report.note)
    let settings = try intervals.settings(
      for: labelled.predictions, of: path, groupColumn: tables.groupColumn)
    noteLongWork(labelled.predictions, settings)
    var judgement = Judgement(labelled.predictions, shots: nil, settings)
    judgement.notes = labelled.notes
    try judgement.show(asJSON: report.json)
    let level = settings?.level ?? IntervalSettings().level
    if !report.json, let folds = try FoldsRecord(labelled.predictions, level: level) {
      StandardStreams.write("\n" + FoldText.text(folds, style: StandardStreams.style))
    }
    guard let outputDir else { return }
    try RunDirectory.makeFolder(outputDir)
    let numbers = "metrics-\([labelled.name, split].compactMap { $0 }.joined(separator: "-")).json"
    try judgement.write(to: FilePath.join(outputDir, numbers))
    report.note("wrote \(numbers) in \(outputDir)")
  }

  private func evaluateTargets(_ kind: TargetKind) throws {
    let judgement = try TargetJudgement(
      kind, path, split: split, reading.options, target,
      intervals.settings(groupColumn: tables.groupColumn))
    try judgement.show(report)
    guard let outputDir else { return }
    try RunDirectory.makeFolder(outputDir)
    let numbers = "metrics-\([judgement.name, split].compactMap { $0 }.joined(separator: "-")).json"
    try JSONFile.write(judgement.json, to: FilePath.join(outputDir, numbers))
    report.note("wrote \(numbers) in \(outputDir)")
  }

  /// 50,000 images of 23 classes take two seconds; from twenty times that on it should be said.
  private func noteLongWork(_ predictions: Predictions, _ settings: IntervalSettings?) {
    guard let settings,
      predictions.count * predictions.classes.count * settings.resamples > 40_000_000_000
    else { return }
    report.note(
      "\(Format.count(settings.resamples)) resamples of \(Format.count(predictions.count)) images take"
        + " a minute or more; --resamples 200 is quicker, 0 leaves intervals out")
  }
}
