import Datasets
import Files
import Inference
import Reports
import Runs
import Targets

extension EvaluateCommand {
  /// A run whose target is no class, with the data that it is to be measured on.
  struct OpenedRun {
    var model: TrainedModel
    /// The run's own data, or others without what cannot be judged.
    var data: Dataset
    /// The part that is measured; nil of data without parts.
    let part: Split?
    /// What files of the result have in their names: `test`, `other-all`.
    let label: String

    /// Nothing is left to be measured.
    func emptyPart() -> DatasetError { .emptySplit(part ?? .test, present: data.splits) }
  }

  /// Measures a run of labels or numbers, and keeps whoever else writes to it out meanwhile.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - kind: labels or numbers.
  ///   - measure: what is found of the model on the data.
  func measured(
    _ run: RunDirectory, _ kind: TargetKind, _ measure: (OpenedRun) throws -> Void
  ) throws {
    try checkOptions(of: kind)
    let claim = outputDir == nil ? try run.claimed() : nil
    defer { withExtendedLifetime(claim) {} }
    if let outputDir { try RunDirectory.makeFolder(outputDir) }
    var model = try TrainedModel(path, inference, note: report.note)
    if let path = try data ?? run.options().values.data {
      try model.meet(path, note: report.note)
    }
    let (dataset, name) = try opened(run, as: model.description, kind: kind)
    let isSplit = dataset.examples.contains { $0.split != nil }
    let part = isSplit ? Split(rawValue: split ?? "test") : nil
    let usable = try data.map { try unseen(dataset.keeping(part), of: $0, run) } ?? dataset
    try measure(
      OpenedRun(
        model: model, data: usable, part: part,
        label: [name, part?.rawValue ?? "all"].compactMap { $0 }.joined(separator: "-")))
  }

  /// Writes what was found beside its table of predictions, shows it, and makes the page of the run anew.
  ///
  /// - Parameters:
  ///   - found: the metrics.
  ///   - sheets: what shows them.
  ///   - label: of ``OpenedRun``.
  ///   - run: the run.
  ///   - writeTable: writes the predictions to a file.
  ///   - makePage: makes page and card anew.
  func give(
    _ found: some Encodable, _ sheets: [TargetSheet], label: String, of run: RunDirectory,
    writeTable: (String) throws -> Void, makePage: () throws -> Void
  ) throws {
    let folder = outputDir ?? run.path
    let (table, metrics) = ("predictions-\(label).csv", "metrics-\(label).json")
    try writeTable(FilePath.join(folder, table))
    try JSONFile.write(found, to: FilePath.join(folder, metrics))
    if report.json {
      try StandardStreams.json(found)
    } else {
      StandardStreams.write(
        sheets.map { TargetText.text($0, style: StandardStreams.style) }.joined(separator: "\n"))
    }
    report.note("wrote \(table) and \(metrics) in \(folder)")
    guard outputDir == nil else { return }
    try makePage()
    report.note("made report.html and README.md anew")
  }

  /// Says what was done to pixels on the way.
  func notePixels(of data: Dataset, as preprocessing: Preprocessing) {
    if let images = preprocessing.images {
      PixelText.lines(data, images.reading).forEach(report.note)
    }
  }

  /// Refuses what is of classes alone.
  ///
  /// - Parameter kind: labels or numbers, which the run is of.
  private func checkOptions(of kind: TargetKind) throws(OptionError) {
    let given: [(name: String, isGiven: Bool)] = [
      ("attack", attack.made != nil), ("adapter", adapter != nil),
      ("adapt-experts", experts.adaptExperts), ("test-distribution", testDistribution != nil),
      ("positive", reading.positive != nil), ("rule", target.rule != nil),
      ("study-column", kind != .labels && target.studyColumn != nil),
      ("study-join", kind != .labels && target.studyJoin != nil),
      ("hierarchy", target.hierarchy != nil),
      ("order", target.order != nil),
      ("bins", target.bins != nil), ("unknown", target.unknown != .ignore),
      ("task", target.task.map { $0 != kind } ?? false),
      ("renormalize", reading.renormalize), ("ordered", reading.ordered),
    ]
    guard let option = given.first(where: \.isGiven) else { return }
    throw .conflict(
      "\(option.name): a run of \(kind == .labels ? "several labels" : "numbers") is not measured with it; leave it out,"
        + " or evaluate the table of its predictions")
  }
}
