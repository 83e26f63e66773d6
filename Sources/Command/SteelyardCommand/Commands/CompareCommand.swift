import ArgumentParser
import Files
import Runs

/// `steelyard compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train several methods over seeds or folds, and say which is really better.",
    discussion: """
      Fills a table of method × imbalance × seed (or fold). All methods of one seed share split, thinning and test \
      rows, so that their differences are paired. Each cell is a run directory below OUTPUT/runs; cells.csv has \
      each with its numbers; compare.json, compare.md and compare.html say what all of it comes to. The same \
      command in the same folder goes on where it stopped, with more methods, seeds or imbalances if wanted; \
      --resume alone takes them from the folder. A cell that fails is named, the others go on, and the exit status \
      is 1. Several labels an image and numbers are compared as classes are, by metrics of their own; with \
      --study-column labels study by study too, by metrics with _studies behind their names.

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
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    StopSignals.outliveReaders()
    let settings = try intervals.required()
    let comparison = try resume.map(goOn) ?? begin()
    try comparison.check(report)
    guard !dryRun else {
      if comparison.resolved.values.protocol != nil {
        report.note(ConfigText.yaml(of: comparison.resolved))
      }
      return try list(comparison.grid, comparison.directory)
    }
    let record = try comparison(settings, retriesFailed: retryFailed, report: report)
    if report.json {
      try StandardStreams.json(record)
    } else {
      StandardStreams.write(CompareText.text(record, style: StandardStreams.style))
    }
    if record.hasFailed { throw ExitCode(ExitStatus.failure) }
  }

  private func begin() throws -> MethodComparison {
    guard let output else {
      throw OptionError.missing(
        "the folder", hint: "name a new one, or one to go on in, with --output")
    }
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    let resolved = try ResolvedOptions(flags: options.typed, file: file)
    return try MethodComparison(in: output, resolved, grid: grid, note: report.note)
  }

  private func goOn(_ path: String) throws -> MethodComparison {
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
    return try MethodComparison(goingOnIn: path)
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
