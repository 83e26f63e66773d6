package import ArgumentParser
import Runs

/// `steelyard train`
package struct TrainCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a classifier on a folder or a table of images.",
    discussion: """
      Writes a run directory with the model, its metrics, and all that is needed to repeat the run. \
      Each option may also stand in a file given with --config, under the name of its flag; a flag \
      wins over the file, the file over the default.
      """)

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("Take options from this YAML file.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("Go on with a run that was stopped.", valueName: "run"))
  var resume: String?

  @Flag(help: "Resolve all options, read the data, run one batch, print the plan; write nothing.")
  var dryRun = false

  @OptionGroup(title: "Data") var data: DataFlags
  @OptionGroup(title: "Network and method") var network: NetworkFlags
  @OptionGroup(title: "Optimiser") var optimizer: OptimizerFlags
  @OptionGroup(title: "Schedule and selection") var schedule: ScheduleFlags
  @OptionGroup(title: "Engine") var engine: EngineFlags
  @OptionGroup(title: "Run directory") var runDirectory: RunFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  package init() {}

  /// The options that these arguments, and the file they name, come to.
  /// - Throws: `OptionError`, or ArgumentParser's error for arguments it cannot parse.
  package static func options(from arguments: [String]) throws -> ResolvedOptions {
    try parse(arguments).resolved()
  }

  package func run() throws {
    if let resume {
      try goOn(with: resume)
    } else if dryRun {
      try DryRun(resolved(), note: report.note).report(asJSON: report.json)
    } else {
      try show(TrainRun(resolved(), isQuiet: report.quiet)())
    }
  }

  private var overlay: Overlay {
    var overlay = Overlay()
    data.lay(on: &overlay)
    network.lay(on: &overlay)
    optimizer.lay(on: &overlay)
    schedule.lay(on: &overlay)
    engine.lay(on: &overlay)
    runDirectory.lay(on: &overlay)
    return overlay
  }

  private func resolved() throws(OptionError) -> ResolvedOptions {
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    return try ResolvedOptions(flags: overlay, file: file)
  }

  /// A resumed run has the options it was started with; only how it is shown and how many threads
  /// prepare images may change, because they change no result.
  private func goOn(with path: String) throws {
    let allowed: Set = ["workers", "log-interval", "cache-memory"]
    let others =
      overlay.names.filter { !allowed.contains($0) }.map { "--\($0)" }
      + (config == nil ? [] : ["--config"]) + (dryRun ? ["--dry-run"] : [])
    guard others.isEmpty else {
      throw OptionError.conflict(
        "a resumed run keeps the options it was started with; leave out "
          + others.joined(separator: ", "))
    }
    let directory = try RunDirectory(existing: path)
    var resolved = try directory.options(flags: overlay)
    resolved.values.splitFile = directory.split
    try show(TrainRun(resolved, resuming: directory, isQuiet: report.quiet)())
  }

  private func show(_ result: TrainRun.Result) throws {
    if report.json {
      try StandardStreams.json(RunSummary(result))
    } else {
      StandardStreams.write(RunSummary(result).text(style: StandardStreams.style))
    }
  }
}
