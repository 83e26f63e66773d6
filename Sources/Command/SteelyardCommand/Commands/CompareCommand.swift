import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Reports
import Runs
import Uncertainty

/// `steelyard compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train several methods over seeds or folds, and say which is really better.",
    discussion: """
      Fills a table of method × imbalance × seed (or fold). All methods of one seed share split, thinning and test \
      images, so that their differences are paired. Each cell is a run directory below OUTPUT/runs; cells.csv has \
      each with its numbers; compare.json, compare.md and compare.html say what all of it comes to. The same \
      command in the same folder goes on where it stopped, with more methods, seeds or imbalances if wanted; \
      --resume alone takes them from the folder. A cell that fails is named, the others go on, and the exit status \
      is 1.

      Example: steelyard compare IMAGES --methods erm,class-balanced,balanced-mixup.alpha=0.1 --long-tail 10,100 \
      --seeds 5 --output runs/compared
      """)

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("Take options of the trainings from this YAML file.", valueName: "file"))
  var config: String?

  @Option(
    name: [.customLong("output"), .customLong("output-dir"), .customShort("o")],
    help: ArgumentHelp("Folder of the comparison.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Go on with a comparison as it was begun.", valueName: "folder"))
  var resume: String?

  @Flag(help: "Train cells anew that failed before.")
  var retryFailed = false

  @Flag(help: "List the cells, and what is done of them; train nothing and write nothing.")
  var dryRun = false

  @OptionGroup(title: "What is compared") var grid: GridFlags
  @OptionGroup var options: CompareTrainingFlags
  @OptionGroup(title: "Intervals") var intervals: IntervalFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    let (directory, resolved, grid) = try resume.map(goOn) ?? begin()
    let settings = try self.settings()
    let preparation = ComparePreparation(
      directory: directory, resolved: resolved, grid: grid, note: report.note)
    try preparation.check()
    guard !dryRun else { return try list(grid, directory) }
    try RunDirectory.makeFolder(directory.path)
    let claim = try directory.claimed()
    defer { withExtendedLifetime(claim) {} }
    try preparation()
    report.note("comparison: \(directory.path)")
    let trained = TrainedCell(
      directory: directory, resolved: resolved, intervals: settings, isQuiet: report.quiet,
      said: SaidOnce())
    let cells = try CompareRun(
      directory: directory, grid: grid,
      work: [.trained: trained, .frozen: FrozenCell(trained: trained)],
      selection: resolved.values.evalMetric, retriesFailed: retryFailed, note: report.note)()
    let record = try CompareSummary(
      directory: directory, grid: grid, cells: cells, options: resolved.values,
      intervals: settings
    ).record().concluded()
    try record.write(to: directory.record)
    try AtomicFile.write(record.markdown(), to: directory.text)
    try AtomicFile.write(record.html(), to: directory.page)
    report.note("wrote cells.csv, compare.json, compare.md and compare.html in \(directory.path)")
    if report.json {
      try StandardStreams.json(record)
    } else {
      StandardStreams.write(CompareText.text(record, style: StandardStreams.style))
    }
    if cells.contains(where: { $0.status == .failed }) { throw ExitCode(ExitStatus.failure) }
  }

  /// Intervals are of the differences, and of each run's own report.
  private func settings() throws(OptionError) -> IntervalSettings {
    guard let settings = intervals.settings() else {
      throw .conflict("resamples: expected at least 1, got 0")
    }
    return settings
  }

  private func begin() throws -> (CompareDirectory, ResolvedOptions, Grid) {
    guard let output else {
      throw OptionError.missing(
        "the folder", hint: "name a new one, or one to go on in, with --output")
    }
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    var resolved = try ResolvedOptions(flags: options.typed, file: file)
    guard let data = resolved.values.data else {
      throw OptionError.missing(
        "the data",
        hint: "name a folder or a table: steelyard compare DATA, or data-dir in --config")
    }
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
    let grid = try GridMaker(flags: grid, options: resolved.values, note: report.note)()
    return (CompareDirectory(output), try resolved.withPublishedWeights(), grid)
  }

  /// A comparison that is taken up has the options and the grid that it was begun with.
  private func goOn(_ path: String) throws -> (CompareDirectory, ResolvedOptions, Grid) {
    var given = options.typed.givenNames.map { "--\($0)" }
    if config != nil { given.append("--config") }
    if output != nil { given.append("--output") }
    let others: [(String, Bool)] = [
      ("methods", grid.methods != nil), ("seeds", grid.seeds != nil), ("folds", grid.folds != nil),
      ("long-tail", grid.longTail != nil), ("search", !grid.search.isEmpty),
      ("reference", grid.reference != nil), ("metric", grid.metric != nil),
      ("budget", grid.budget != nil), ("frozen", grid.frozen),
    ]
    given += others.filter { $0.1 }.map { "--\($0.0)" }
    guard given.isEmpty else {
      throw OptionError.conflict(
        "--resume goes on with what the folder was begun with; leave out \(given.joined(separator: ", ")), or"
          + " repeat the command with --output in place of --resume")
    }
    let directory = CompareDirectory(path)
    let grid = try ComparePreparation.grid(of: directory)
    return (directory, try ResolvedOptions(file: ConfigFile.read(directory.config)), grid)
  }

  private func list(_ grid: Grid, _ directory: CompareDirectory) throws {
    let before =
      FilePath.isFile(directory.cells) ? try CellTable.read(directory.cells) : CellTable()
    let cells = grid.cells.map { before[$0.record.name] ?? $0.record }
    if report.json {
      return try StandardStreams.json(cells.map { [$0.name, $0.status.rawValue] })
    }
    for cell in cells { StandardStreams.result("\(cell.name)  \(cell.status.rawValue)") }
    report.note(
      "\(cells.count) cells, \(cells.count { $0.status == .done }) done; nothing was written")
  }
}
