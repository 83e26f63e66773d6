import Batches
import Datasets
import Files
import Inference
import Reports
import Runs
import Targets

extension EvaluateCommand {
  /// Refuses another column of a table than the number that the model says, unless it was named.
  private func checkNumber(of other: Dataset, _ name: String) throws(OptionError) {
    guard let data, !other.reading.tables.isEmpty, let found = other.numberName, found != name,
      tables.typed.given(TrainOptions.tables.labelColumn) == nil
    else { return }
    throw .conflict(
      "data: the model says '\(name)', and the number of \(data) is '\(found)'; name the column with --label-column"
    )
  }

  /// Measures a model of a number on a part of its data, or on other data.
  func evaluate(_ numbers: NumberRun) throws {
    try checkOptions(of: .number)
    let run = numbers.run
    let claim = outputDir == nil ? try run.claimed() : nil
    defer { withExtendedLifetime(claim) {} }
    if let outputDir { try RunDirectory.makeFolder(outputDir) }
    var model = try TrainedModel(path, inference, note: report.note)
    if let path = try data ?? run.options().values.data {
      try model.meet(path, note: report.note)
    }
    let preprocessing = model.description.preprocessing
    let (dataset, name) = try opened(run, as: preprocessing, kind: .number)
    let isSplit = dataset.examples.contains { $0.split != nil }
    let part = isSplit ? Split(rawValue: split ?? "test") : nil
    var judged = try data.map { try unseen(dataset.keeping(part), of: $0, run) } ?? dataset
    try checkNumber(of: judged, model.description.classes[0])
    judged.tally = PixelTally()
    let set = ExampleSet(numbersOf: judged, part)
    guard set.count > 0 else {
      throw DatasetError.emptySplit(part ?? .test, present: judged.splits)
    }
    var predictions = try model.numberPredictions(
      on: set, label: "evaluating", isQuiet: report.quiet)
    // Intervals say nothing of the examples that they were made from.
    let isOwn = data == nil && part != .test
    if !isOwn, let band = try numbers.band() { predictions = band.applied(to: predictions) }
    if let images = preprocessing.images {
      PixelText.lines(judged, images.reading).forEach(report.note)
    }
    let settings = try intervals.settings(groupColumn: tables.groupColumn)
    let found = try numbers.assessed(predictions, intervals: settings)
    let label = [name, part?.rawValue ?? "all"].compactMap { $0 }.joined(separator: "-")
    let folder = outputDir ?? run.path
    let (table, metrics) = ("predictions-\(label).csv", "metrics-\(label).json")
    try predictions.write(to: FilePath.join(folder, table))
    try JSONFile.write(found, to: FilePath.join(folder, metrics))
    if report.json {
      try StandardStreams.json(found)
    } else {
      StandardStreams.write(TargetText.text(TargetSheet(found), style: StandardStreams.style))
    }
    report.note("wrote \(table) and \(metrics) in \(folder)")
    guard outputDir == nil else { return }
    try numbers.write(intervals: settings)
    report.note("made report.html and README.md anew")
  }
}
