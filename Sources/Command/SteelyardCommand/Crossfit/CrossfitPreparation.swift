import Datasets
import Files
import Foundation
import Randomness
import Runs
import Targets
import Training

/// Divides the data of a cross-fit, and writes down how before any fold is trained.
struct CrossfitPreparation {
  /// The options, resolved; those of each fold's run follow from them.
  let resolved: ResolvedOptions
  /// Number of folds, at least 2.
  let folds: Int
  let note: (String) -> Void

  /// Makes the folder; `crossfit.yaml` is written last, so that a folder that has it is whole.
  ///
  /// - Throws: what is wrong with options or data, before anything is written.
  func callAsFunction() throws -> CrossfitDirectory {
    let options = resolved.values
    guard let path = options.data else {
      throw OptionError.missing(
        "the data",
        hint: "name a folder or a table: steelyard crossfit DATA, or data-dir in --config")
    }
    guard options.splitFile == nil else {
      throw OptionError.conflict("split-file: a cross-fit divides the data itself; leave it out")
    }
    try options.checkThreadsAreFixed(for: "crossfit")
    // What follows from the data is kept, so that a cross-fit that is taken up has the same.
    let settled = try resolved.settled(by: InputKind.of(path, options))
      .settled(by: FoundTarget(path, options))
    var known = try settled.withPublishedWeights()
    known.settleScaling()
    try TrainingPlan(settled.values).checkLibrary()
    let plan = try Self.plan(path, options, folds: folds, takesLabels: true, note: note)
    let parts = try plan.parts(options.split, options.columnSettings())
    let name = options.experiment ?? RunName.make(known.values) + "-crossfit"
    let directory = try CrossfitDirectory(creating: name, in: options.outputDir)
    for (index, part) in parts.enumerated() {
      try SplitFile.write(part, to: directory.split(ofFold: index + 1))
    }
    try plan.table.write(to: directory.folds)
    let header = ["steelyard \(Version.current): every option of this cross-fit, see folds.csv too"]
    try AtomicFile.write(
      ConfigText.yaml(of: known.withAbsolutePaths(), header: header), to: directory.config)
    return directory
  }

  /// The folds of the data that options name.
  ///
  /// - Parameter takesLabels: whether images may have several labels or a number.
  /// - Throws: `DatasetError`, `CrossfitError`: what is wrong with the data.
  static func plan(
    _ path: String, _ options: TrainOptions, folds: Int, takesLabels: Bool = false,
    note: (String) -> Void
  ) throws -> FoldPlan {
    try options.checkOrder()
    try options.checkTexts()
    var reading = options
    reading.readsCells = true
    let data = try Dataset.open(path, reading, takesLabels: takesLabels).naming(options)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let groupsCopies = options.nearDuplicates == .group
    let survey = Survey.kept(
      data, of: path, threads: threads, fingerprints: groupsCopies, isFresh: options.rehash)
    if options.onBadImage == .fail { try survey.problems(of: data).check() }
    if data.examples.contains(where: { $0.split != nil }) {
      note("the data's own split is put aside: every image is in one of \(folds) folds")
    }
    let copies = groupsCopies ? NearCopies(data, survey, threads: threads) : .none
    let key = RandomKey(seed: UInt64(options.seed)).folding("crossfit")
    let plan = try FoldPlan(
      data, survey, alike: copies.sets(count: data.examples.count), count: folds,
      clusters: RowClusters.ofExamples(
        of: data, count: options.strataClusters, options.columnSettings(), key: key),
      key: key)
    if let cells = plan.cellStatement { note(cells) }
    return plan
  }
}
