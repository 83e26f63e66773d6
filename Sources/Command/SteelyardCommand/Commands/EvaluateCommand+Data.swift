import Console
import Datasets
import Files
import Foundation
import Imaging
import Inference
import Runs
import Targets

/// What a run is judged on.
extension EvaluateCommand {
  /// The data, and the name by which the files tell them from the run's own.
  func opened(
    _ run: RunDirectory, as model: ModelDescription, kind: TargetKind? = nil
  ) throws -> (Dataset, name: String?) {
    let preprocessing = model.preprocessing
    if let data {
      var options = TrainOptions([tables.typed, texts.typed])
      try options.read(as: preprocessing, but: pixels.typed)
      if let kind { options.task = kind }
      if kind == .labels { options.unknown = try run.options().values.unknown }
      options.read(columns: model.columns)
      try options.read(texts: model.text)
      let other = try other(data, options, of: run, kind).encoded(by: model.columns)
        .taking(model.text)
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
    options.take(texts.typed)
    if !texts.typed.givenNames.isEmpty { try options.read(texts: model.text) }
    try options.read(as: preprocessing, but: pixels.typed)
    // As training read them: a column that it was told is categories, and left out, must have the digest that it had.
    options.readsCells = model.columns != nil
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
    let part = try RunData.part(
      options, path: path, split == "all" ? nil : Split(rawValue: split ?? "test"),
      of: pixels.typed.givenNames.isEmpty ? run : nil, threads: threads)
    let encoded = try part.encoded(by: model.columns)
    let own = try encoded.taking(model.text)
    ReadingText.remarks(Array(encoded.reading.notes.dropFirst(part.reading.notes.count)), [])
      .forEach(report.note)
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
}

extension Dataset {
  /// The examples of one part; all where `split` is nil.
  func keeping(_ split: Split?) -> Dataset {
    var part = self
    part.examples = examples.filter { split == nil || $0.split == split }
    return part
  }
}
