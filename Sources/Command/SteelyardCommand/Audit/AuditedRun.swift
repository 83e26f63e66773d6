import Audit
import Batches
import Datasets
import Files
import Inference
import Networks
import Runs
import Torch

/// A run whose training an audit looks into: its model, its data, and the weights that it kept.
struct AuditedRun {
  let run: RunDirectory
  let model: TrainedModel
  /// Every part.
  let data: Dataset
  let preprocessing: Preprocessing

  /// Opens a run as it was trained.
  ///
  /// - Parameters:
  ///   - path: the run directory.
  ///   - moved: where the run's data lie now; nil is where they lay.
  ///   - threads: of the engine and of reading.
  ///   - isGiven: whether a person said how many threads.
  ///   - hint: what to do where the data are not there any more.
  ///   - note: told what a person should know.
  /// - Throws: as reading the model, `AuditError.dataMoved` where no data are there, `DatasetError` for whatever is wrong with the data, `ChangedImages` where they are not
  ///   those of the run.
  init(
    _ path: String, data moved: String?, threads: Int, isGiven: Bool, hint: String,
    note: (String) -> Void
  ) throws {
    run = try RunDirectory(existing: path)
    var model = try TrainedModel(path, Flags<InferenceOptions>(), note: note)
    if isGiven { Engine.threads = threads }
    var options = try run.options().values
    guard let place = moved ?? options.data else {
      throw OptionError.missing("data-dir in \(run.config)", hint: hint)
    }
    try model.meet(place, note: note)
    preprocessing = model.description.preprocessing
    try options.read(as: preprocessing, but: TrainOptions())
    // As training read them: a column that it was told is categories, and left out, must have the digest that it had.
    options.readsCells = model.description.columns != nil
    // The very split of the run: data that have changed since are refused, not split anew.
    options.splitFile = run.split
    if options.corrections != nil { options.corrections = run.corrections }
    if options.classNames != nil { options.classNames = run.classNames }
    do {
      data = try RunData.part(options, path: place, nil, of: run, threads: threads)
        .encoded(by: model.description.columns).taking(model.description.text)
    } catch {
      // What is named is found, or why not is said as of any data.
      guard moved == nil, !FilePath.isFolder(place), !FilePath.isFile(place) else { throw error }
      throw AuditError.dataMoved(run: path, data: place, hint: hint)
    }
    try preprocessing.check(data, place)
    self.model = model
  }

  /// The classes in the order of the model.
  var classes: ClassList { ClassList(ordered: model.description.classes) }

  /// What the run learned from.
  ///
  /// - Throws: `AuditError.noTrainingImages`, `DatasetError` for a label that the model does not know.
  func training() throws -> LabelledSet {
    guard data.examples.contains(where: { $0.split == .train }) else {
      throw AuditError.noTrainingImages(run: run.path)
    }
    return try data.labelled(.train, classes: classes)
  }

  /// Weights that were kept, with the learning rate of their epochs.
  struct Kept {
    var epochs: [Int] = []
    var checkpoints: [InfluenceCheckpoint] = []
    /// Epochs whose weights are of no use here, each said in a note.
    var leftOut = 0
    /// Whether all rates are 0, or not known, so that each counts as 1.
    var hasNoRates = false
  }

  /// The kept epochs whose network is of the kind that is asked for; others are passed over, and said, and so are those
  /// that the run's log does not have, whose rate nobody knows, unless it has none of them.
  ///
  /// - Parameter obstacle: why a network is of no use, in words; nil where it is.
  /// - Throws: as reading a model.
  func kept(
    unless obstacle: (Network) -> String?, note: (String) -> Void
  ) throws -> Kept {
    let records = try MetricsLog.readIfPresent(run.metricsLines)?.records ?? []
    let rates = Dictionary(
      records.map { ($0.epoch, $0.learningRate) }, uniquingKeysWith: { $1 })
    var (kept, found) = (Kept(), [Double]())
    let epochs = try run.keptEpochs()
    let areLogged = epochs.contains { rates[$0] != nil }
    for epoch in epochs {
      let file = run.checkpoint(ofEpoch: epoch)
      if areLogged, rates[epoch] == nil {
        note("\(file): left out, for metrics.jsonl has no learning rate of epoch \(epoch)")
        kept.leftOut += 1
        continue
      }
      let (network, description) = try ModelFile.read(file, on: model.predictor.device)
      let problem =
        description.classes != model.description.classes
        ? "other classes"
        : description.preprocessing != preprocessing ? "other inputs" : obstacle(network)
      if let problem {
        note("\(file): left out, for it has \(problem)")
        kept.leftOut += 1
        continue
      }
      kept.epochs.append(epoch)
      kept.checkpoints.append(InfluenceCheckpoint(network, rate: 1))
      found.append(rates[epoch] ?? 0)
    }
    kept.hasNoRates = found.allSatisfy { $0 <= 0 }
    guard !kept.hasNoRates else { return kept }
    for (place, rate) in found.enumerated() { kept.checkpoints[place].rate = rate }
    return kept
  }

  /// The bytes of the picture of a path; nil where there is none.
  var picture: (String) -> [UInt8]? {
    let data = data
    let rows = data.examples.indices.reduce(into: [String: Int]()) { rows, row in
      if data.examples[row].source.isImageFile { rows[data.examples[row].path] = row }
    }
    return { path in rows[path].flatMap { try? data.bytes(at: $0) } }
  }
}
