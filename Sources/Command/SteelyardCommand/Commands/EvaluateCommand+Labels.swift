import Batches
import Datasets
import Files
import Inference
import Reports
import Runs
import Targets

extension EvaluateCommand {
  /// Measures a model of several labels on a part of its data, or on other data.
  func evaluate(_ labels: LabelRun) throws {
    try checkOptions(of: .labels)
    let run = labels.run
    let claim = outputDir == nil ? try run.claimed() : nil
    defer { withExtendedLifetime(claim) {} }
    if let outputDir { try RunDirectory.makeFolder(outputDir) }
    var model = try TrainedModel(path, inference, note: report.note)
    if let path = try data ?? run.options().values.data {
      try model.meet(path, note: report.note)
    }
    let preprocessing = model.description.preprocessing
    let (dataset, name) = try opened(run, as: preprocessing, kind: .labels)
    let isSplit = dataset.examples.contains { $0.split != nil }
    let part = isSplit ? Split(rawValue: split ?? "test") : nil
    let usable = try data.map { try unseen(dataset.keeping(part), of: $0, run) } ?? dataset
    var judged = try usable.choosing(labels: model.description.classes)
    judged.reading.notes.filter { !usable.reading.notes.contains($0) }.map(\.description)
      .forEach(report.note)
    judged.tally = PixelTally()
    let set = ExampleSet(labelsOf: judged, part)
    guard set.count > 0 else {
      throw DatasetError.emptySplit(part ?? .test, present: judged.splits)
    }
    let predictions = try model.labelPredictions(
      on: set, label: "evaluating", isQuiet: report.quiet)
    if let images = preprocessing.images {
      PixelText.lines(judged, images.reading).forEach(report.note)
    }
    let found = try labels.assessed(
      predictions, intervals: intervals.settings(groupColumn: tables.groupColumn))
    let label = [name, part?.rawValue ?? "all"].compactMap { $0 }.joined(separator: "-")
    try write(predictions, found, label: label, labels)
  }

  private func write(
    _ predictions: LabelPredictions, _ found: LabelAssessment, label: String, _ labels: LabelRun
  ) throws {
    let folder = outputDir ?? labels.run.path
    let (table, numbers) = ("predictions-\(label).csv", "metrics-\(label).json")
    try predictions.write(to: FilePath.join(folder, table))
    try JSONFile.write(found, to: FilePath.join(folder, numbers))
    if report.json {
      try StandardStreams.json(found)
    } else {
      StandardStreams.write(TargetText.text(TargetSheet(found), style: StandardStreams.style))
    }
    report.note("wrote \(table) and \(numbers) in \(folder)")
    guard outputDir == nil else { return }
    try labels.write(intervals: intervals.settings(groupColumn: tables.groupColumn))
    report.note("made report.html and README.md anew")
  }

  /// Refuses what is of classes alone.
  ///
  /// - Parameter kind: labels or numbers, which the run is of.
  func checkOptions(of kind: TargetKind) throws(OptionError) {
    let given: [(name: String, isGiven: Bool)] = [
      ("attack", attack.made != nil), ("adapter", adapter != nil),
      ("adapt-experts", experts.adaptExperts), ("test-distribution", testDistribution != nil),
      ("positive", reading.positive != nil), ("rule", target.rule != nil),
      ("study-column", target.studyColumn != nil), ("order", target.order != nil),
      ("bins", target.bins != nil), ("unknown", target.unknown != .ignore),
      ("task", target.task.map { $0 != kind } ?? false),
      ("renormalize", reading.renormalize), ("ordered", reading.ordered),
    ]
    guard let option = given.first(where: \.isGiven) else { return }
    throw .conflict(
      "\(option.name): a run of \(kind == .labels ? "several labels" : "numbers") is not measured with it; leave it out, or evaluate the table of its"
        + " predictions")
  }
}
