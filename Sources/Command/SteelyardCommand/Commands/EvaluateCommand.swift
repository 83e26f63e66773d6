import ArgumentParser
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

/// `steelyard evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a trained model, or anybody's predictions, with intervals.",
    discussion: """
      Of a run: measures its model on the test part of its data, or on other data; writes \
      predictions-*.csv, metrics-*.json and report.html into the run directory, where files of the \
      same name are replaced. Every image is evaluated exactly once. Other data that share images or \
      groups with what the model has learned from are refused. With --adapt-experts the files have \
      adapted in their names, and experts-*.json holds the weights.

      Of a table: columns path, y_true and prob_<class> or logit_<class> for each class, and if there \
      are any y_pred, group, split and others; needs no model, and writes files only with --output-dir. \
      One column of scores for two classes, decisions alone, a truth as columns of 0 and 1 and class \
      numbers are read too, and what was guessed is said. Tables of several labels (true_<label>, prob_<label>, or \
      lists in y_true), of grades (--order) and of numbers (y_true, y_pred, lower, upper) are seen from their \
      columns, or named by --task.
      """)

  @Argument(
    help: ArgumentHelp("Run directory, or predictions (.csv, .tsv).", valueName: "run|table"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Other data than the run's: folder, table, .npz or IDX folder.", valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Part of the data: train, val, test, or all (default: test of a run, all of a table).",
      valueName: "part"))
  var split: String?

  @Option(help: ArgumentHelp("Write the files here instead.", valueName: "folder"))
  var outputDir: String?

  @Option(
    help: ArgumentHelp(
      "Make the classes as frequent as this first: uniform; forward-50, as imbalanced as 50 to 1 in the order"
        + " of training; backward-50, the other way round.", valueName: "name"))
  var testDistribution: TestDistribution?

  @Option(
    help: ArgumentHelp(
      "Measure with this adapter in the place of the model's: the adapter folder of a run on the same classes, made"
        + " beside the same weights; the files have adapter in their names.",
      valueName: "folder"))
  var adapter: String?

  @Flag(help: "Evaluate data that the model has learned from, with a warning.")
  var allowLeakage = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Targets") var target: TargetFlags
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Robustness") var attack: AttackFlags
  @OptionGroup(title: "Intervals") var intervals: IntervalFlags
  @OptionGroup(title: "Experts") var experts: ExpertFlags
  @OptionGroup(title: "Computing") var inference: Flags<InferenceOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if let split, split != "all" && Split(rawValue: split) == nil {
      throw ValidationError("--split: expected train, val, test or all, got '\(split)'.")
    }
  }

  func run() throws {
    if FilePath.isFile(path) { try evaluateTable() } else { try evaluateRun() }
  }

  private func evaluateTable() throws {
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
    if let name = pixels.typed.givenNames.first {
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
    let kind = target.kind(of: path, reading.options)
    try target.check(kind, of: path)
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

  private func evaluateRun() throws {
    let run = try RunDirectory(existing: path)
    if let labels = LabelRun(run) { return try evaluate(labels) }
    if let numbers = NumberRun(run) { return try evaluate(numbers) }
    try target.check(.classes, of: path)
    let claim = outputDir == nil ? try run.claimed() : nil
    defer { withExtendedLifetime(claim) {} }
    guard !reading.renormalize else {
      throw OptionError.conflict(
        "renormalize: a run's own probabilities sum to 1; it is for tables")
    }
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
    predictions.areOrdered = try reading.ordered || run.areClassesOrdered()
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

  /// The data, and the name by which the files tell them from the run's own.
  func opened(
    _ run: RunDirectory, as model: ModelDescription, kind: TargetKind? = nil
  ) throws -> (Dataset, name: String?) {
    let preprocessing = model.preprocessing
    if let data {
      var options = tables.typed
      try options.read(as: preprocessing, but: pixels.typed)
      if let kind { options.task = kind }
      if kind == .labels { options.unknown = try run.options().values.unknown }
      options.read(texts: model.text)
      let other = try other(data, options, of: run, kind).taking(model.text)
      try preprocessing.check(other, data)
      ReadingText.lines(other.reading).forEach(report.note)
      let names =
        FilePath.isFile(run.classNames) ? try ClassNames.read(run.classNames) : nil
      return (
        names.map(other.renaming) ?? other, FilePath.stem(of: FilePath.absolute(data))
      )
    }
    var options = try run.options().values
    options.forgetLabels(replacedBy: tables.typed)
    options.take(tables.typed)
    try options.read(as: preprocessing, but: pixels.typed)
    if let what = inference.onBadImage { options.onBadImage = what }
    if allowLeakage { options.allowLeakage = true }
    // The very split of the run: data that have changed since are refused, not split anew.
    options.splitFile = run.split
    if kind == .labels { options.studyColumn = try studyColumn(of: run) ?? options.studyColumn }
    if options.corrections != nil { options.corrections = run.corrections }
    if options.classNames != nil { options.classNames = run.classNames }
    guard let path = options.data else {
      throw OptionError.missing("data-dir in \(run.config)", hint: "name the data with --data")
    }
    let own = try RunData.part(
      options, path: path, split == "all" ? nil : Split(rawValue: split ?? "test"),
      of: pixels.typed.givenNames.isEmpty ? run : nil, threads: threads
    ).taking(model.text)
    try preprocessing.check(own, path)
    return (own, nil)
  }

  private var threads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Other data than the run's without images that do not decode, and refused where the model has
  /// learned from some of them.
  func unseen(_ data: Dataset, of path: String, _ run: RunDirectory) throws -> Dataset {
    let survey = Survey.kept(
      data, of: path, threads: threads, fingerprints: false, isFresh: tables.typed.rehash)
    if inference.onBadImage != .skip { try survey.problems(of: data).check() }
    let trained = try TrainingImages(of: run)
    if !trained.hasPixels {
      report.note(
        "leakage: \(run.path) has no \(FilePath.name(of: run.images)); compared by path"
          + " and group alone, so copies under other names go unseen")
    }
    let overlap = trained.overlap(with: data, survey, isSamePlace: try isSamePlace(as: run))
    if let name = overlap.namesakes.first {
      report.note(
        "groups: \(Format.count(overlap.namesakes.count)) names of groups occur in train too, such as '\(name)';"
          + " the data lie elsewhere and share no image with it, so they are taken for other groups"
      )
    }
    if !overlap.isEmpty {
      guard allowLeakage else { throw overlap }
      report.note("leakage, allowed by --allow-leakage: \(overlap)")
    }
    var rest = data
    rest.examples = []
    for (example, facts) in zip(data.examples, survey.facts) {
      if let failure = facts.failure {
        report.note("left out: \(naming(example.path, failure))")
      } else {
        rest.examples.append(example)
      }
    }
    return rest
  }

  /// Whether the other data are a table or a folder of the run's data, or hold those.
  private func isSamePlace(as run: RunDirectory) throws -> Bool {
    func places(_ paths: [String?]) -> [String] {
      paths.compactMap { $0 }.map { path in
        let folder = FilePath.isFolder(path) ? path : FilePath.folder(of: path)
        return URL(fileURLWithPath: FilePath.absolute(folder)).resolvingSymlinksInPath().path
      }
    }
    let options = try run.options().values
    let others = places([data, tables.typed.imageRoot])
    return places([options.data, options.imageRoot]).contains { own in
      others.contains {
        RunPictures.lies($0, below: own) || RunPictures.lies(own, below: $0)
      }
    }
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

extension Dataset {
  /// The examples of one part; all where `split` is nil.
  func keeping(_ split: Split?) -> Dataset {
    var part = self
    part.examples = examples.filter { split == nil || $0.split == split }
    return part
  }
}
