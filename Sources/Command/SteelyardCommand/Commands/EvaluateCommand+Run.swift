import Batches
import Console
import Datasets
import Evaluation
import Files
import Foundation
import Imaging
import Inference
import Randomness
import Runs
import Sampling
import Targets
import Uncertainty

extension EvaluateCommand {
  /// Refuses what is no option of a run of classes.
  private func checkOptions() throws(OptionError) {
    try target.check(.classes, of: path)
    if let task = target.task, task != .classes, task != .grades {
      throw .conflict("task: \(path) is a run of classes, not of \(task.words); leave --task out")
    }
    guard !reading.renormalize else {
      throw .conflict("renormalize: a run's own probabilities sum to 1; it is for tables")
    }
  }

  /// Of a run's model.
  func evaluateRun() throws {
    let run = try RunDirectory(existing: path)
    if let labels = LabelRun(run) { return try evaluate(labels) }
    if let numbers = NumberRun(run) { return try evaluate(numbers) }
    try checkOptions()
    let claim = outputDir == nil ? try run.claimed() : nil
    defer { withExtendedLifetime(claim) {} }
    if let outputDir { try RunDirectory.makeFolder(outputDir) }
    var model = try TrainedModel(path, inference, adapter: adapter, note: report.note)
    if let path = try data ?? run.options().values.data {
      try model.meet(path, note: report.note)
    }
    model.predictor.attack = attack.made
    if let words = attack.note { report.note(words) }
    let preprocessing = model.description.preprocessing
    if attack.made != nil, preprocessing.images == nil {
      throw OptionError.conflict(
        "attack: it moves pixels by a part of black to white, and the model takes numbers")
    }
    let (dataset, name) = try opened(run, as: model.description)
    // Data without parts of their own are evaluated whole.
    let isSplit = dataset.examples.contains { $0.split != nil }
    let part = isSplit ? Split(rawValue: split ?? "test") : nil
    let usable = try data.map { try unseen(dataset.keeping(part), of: $0, run) } ?? dataset
    let classes = ClassList(ordered: model.description.classes)
    var judged = usable
    judged.tally = PixelTally()
    let images = ExampleSet(
      try distributed(judged.labelled(part, classes: classes), as: model, of: run))
    let adapted = try experts.weigh(&model, for: images, report, skipping: false)
    let named = try reading.positive.map { try PositiveClass(named: $0, among: classes.names) }
    var predictions = try model.predictions(
      on: images, label: "evaluating", isQuiet: report.quiet)
    if let images = preprocessing.images {
      PixelText.lines(judged, images.reading).forEach(report.note)
    }
    let shots = ShotGroups(trainingCounts: model.description.trainingCounts)
    predictions.positive = named ?? predictions.positiveClass(shots: shots)
    predictions.areOrdered =
      try reading.ordered || target.task == .grades || run.areClassesOrdered()
    let judgement = Judgement(
      predictions, shots: shots, try intervals.settings(for: predictions, of: path))
    let label = [
      name, part?.rawValue ?? "all", testDistribution?.name, adapted.map { _ in "adapted" },
      attack.made.map { _ in "attacked" }, adapter.map { _ in "adapter" },
    ].compactMap { $0 }.joined(separator: "-")
    if let adapted {
      try ExpertsRecord(adapted).write(
        to: FilePath.join(outputDir ?? run.path, "experts-\(label).json"))
    }
    try write(predictions, judgement, label: label, run, RunPictures(of: usable))
    if FilePath.isFile(run.decision) {
      report.note(
        "a decision rule is stored with this run: predict follows it, and report.html says what it achieves;"
          + " the numbers here are of the most probable class")
    }
  }

  /// The images that the distribution asked for leaves, and says so.
  private func distributed(
    _ set: LabelledSet, as model: TrainedModel, of run: RunDirectory
  ) throws -> LabelledSet {
    guard let testDistribution else { return set }
    let seed = try run.options().values.seed
    let rest = set.distributed(
      as: testDistribution, trained: model.description.trainingCounts, seed: UInt64(seed))
    report.note(
      "test distribution \(testDistribution.name): \(Format.count(rest.count)) of"
        + " \(Format.count(set.count)) images, drawn by the run's seed \(seed)")
    return rest
  }

  private func write(
    _ predictions: Predictions, _ judgement: Judgement, label: String, _ run: RunDirectory,
    _ pictures: RunPictures
  ) throws {
    let folder = outputDir ?? run.path
    let (table, numbers) = ("predictions-\(label).csv", "metrics-\(label).json")
    let isThere = [table, numbers].contains { FilePath.isFile(FilePath.join(folder, $0)) }
    try predictions.write(to: FilePath.join(folder, table))
    try judgement.write(to: FilePath.join(folder, numbers))
    try UncertaintyRecord(predictions)?
      .write(to: FilePath.join(folder, "uncertainty-\(label).json"))
    try judgement.show(asJSON: report.json)
    if let words = predictions.straightenedWords { report.note(words) }
    report.note("\(isThere ? "replaced" : "wrote") \(table) and \(numbers) in \(folder)")
    if outputDir == nil {
      try ReportFiles.write(run, intervals: intervals.settings(), pictures: pictures)
      report.note("made report.html, report.json and README.md anew")
    }
  }
}

extension RunDirectory {
  /// Whether training took the order of the classes for one of grades.
  fileprivate func areClassesOrdered() throws -> Bool {
    try ["val", "test"].contains { part in
      try Judgement.readIfPresent(metrics(part))?.report.areOrdered == true
    }
  }
}

extension LabelledSet {
  /// The examples that a test distribution leaves.
  fileprivate func distributed(
    as distribution: TestDistribution, trained: [Int], seed: UInt64
  ) -> LabelledSet {
    let key = RandomKey(seed: seed).folding("test distribution")
    let rows = distribution.rows(of: labels, trained: trained, key: key)
    return LabelledSet(
      dataset: dataset, classes: classes, indices: rows.map { indices[$0] },
      labels: rows.map { labels[$0] })
  }
}

extension ExpertsRecord {
  fileprivate init(_ adapted: AdaptedExperts) {
    self.init(
      weights: adapted.weights, images: adapted.images, passes: adapted.epochs, seed: adapted.seed,
      firstAgreement: adapted.firstAgreement, lastAgreement: adapted.lastAgreement)
  }
}
