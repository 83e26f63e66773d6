import Datasets
import Evaluation
import Files
import Foundation
import Reports
import Runs
import Uncertainty

/// A comparison from its options to its pages: what `compare` runs, and every study that is made of comparisons.
struct MethodComparison {
  let directory: CompareDirectory
  /// Options that all cells share.
  let resolved: ResolvedOptions
  let grid: Grid

  /// A new comparison, or one that goes on with the same command.
  ///
  /// - Parameters:
  ///   - output: Its folder.
  ///   - options: The options of its trainings.
  ///   - grid: What is compared, as typed; what is not typed comes from the protocol where there is one.
  /// - Throws: `OptionError`, and what the catalogue says of names.
  init(
    in output: String, _ options: ResolvedOptions, grid: GridFlags,
    note: @escaping (String) -> Void
  ) throws {
    var (resolved, flags) = (options, grid)
    guard let data = resolved.values.data else {
      throw OptionError.missing(
        "the data",
        hint: "name a folder or a table: steelyard compare DATA, or data-dir in --config")
    }
    if let named = resolved.values.protocol {
      let preset = TrainingProtocol(named)
      // A comparison has methods, and parts, of its own.
      let network = TrainOptions.network
      resolved.forgetPresets(of: [network.method, network.set, TrainOptions.parts.split])
      if flags.methods == nil { flags.methods = preset.methods }
      if flags.folds == nil, flags.seeds == nil { flags.folds = preset.folds }
      (preset.notes(forComparison: true) + resolved.overProtocol).forEach(note)
    }
    try resolved.values.checkThreadsAreFixed(for: "compare")
    let own: [(String, Bool)] = [
      ("method", resolved.values.given(TrainOptions.network.method) != nil),
      ("set", !resolved.values.set.isEmpty),
      ("long-tail", resolved.values.longTail != nil),
      ("output-dir", resolved.values.given(TrainOptions.runDirectory.outputDir) != nil),
      ("experiment", resolved.values.given(TrainOptions.runDirectory.experiment) != nil),
    ]
    let wrong = own.filter { $0.1 }.map(\.0)
    guard wrong.isEmpty else {
      throw OptionError.conflict(
        "\(wrong.joined(separator: ", ")): compare says these itself (--methods, --long-tail, --output); leave"
          + " them out of --config")
    }
    // What follows from the data is kept, so that a comparison that is taken up has the same.
    resolved = try resolved.settled(by: InputKind.of(data, resolved.values))
    resolved = try resolved.settled(by: FoundTarget(data, resolved.values))
    self.grid = try GridMaker(flags: flags, options: resolved.values, note: note)()
    directory = CompareDirectory(output)
    var known = try resolved.withPublishedWeights()
    known.settleScaling()
    self.resolved = known
  }

  /// A comparison that is taken up with the options and the grid that it was begun with.
  ///
  /// - Throws: `CompareDirectoryError`, `OptionError`.
  init(goingOnIn path: String) throws {
    directory = CompareDirectory(path)
    grid = try ComparePreparation.grid(of: directory)
    var known = try ResolvedOptions(file: ConfigFile.read(directory.config))
    known.scaleAsStarted()
    resolved = known
  }

  private func preparation(_ report: ReportFlags) -> ComparePreparation {
    ComparePreparation(directory: directory, resolved: resolved, grid: grid, note: report.note)
  }

  /// Says what is wrong with options and names before anything is written.
  func check(_ report: ReportFlags) throws { try preparation(report).check() }

  /// Fills the cells and writes what they come to.
  ///
  /// - Parameters:
  ///   - intervals: Of the differences, and of each run's own report.
  ///   - retriesFailed: Whether cells that failed run anew.
  ///   - report: What is said on the way.
  /// - Throws: `CompareError`, and whatever stops every cell.
  func callAsFunction(
    _ intervals: IntervalSettings, retriesFailed: Bool, report: ReportFlags
  ) throws -> GridRecord {
    try RunDirectory.makeFolder(directory.path)
    let claim = try directory.claimed()
    defer { withExtendedLifetime(claim) {} }
    try preparation(report)()
    report.note("comparison: \(directory.path)")
    let trained = TrainedCell(
      directory: directory, resolved: resolved, intervals: intervals, isQuiet: report.quiet,
      said: SaidOnce())
    let cells = try CompareRun(
      directory: directory, grid: grid,
      work: [.trained: trained, .frozen: FrozenCell(trained: trained)],
      selection: resolved.values.evalMetric, retriesFailed: retriesFailed, note: report.note)()
    let record = try CompareSummary(
      directory: directory, grid: grid, cells: cells, options: resolved.values,
      intervals: intervals
    ).record().concluded()
    try record.write(to: directory.record)
    try AtomicFile.write(record.markdown(), to: directory.text)
    try AtomicFile.write(record.html(), to: directory.page)
    report.note("wrote cells.csv, compare.json, compare.md and compare.html in \(directory.path)")
    return record
  }
}

extension GridRecord {
  /// Whether a cell failed.
  var hasFailed: Bool { missing.contains { $0.status == CellRecord.Status.failed.rawValue } }
}
