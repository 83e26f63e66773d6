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
      wins over the file, the file over the default. --protocol repeats a published experiment.
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

  @OptionGroup var options: TrainingFlags
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  /// Flags that steer one call of the command and are not part of a run's configuration.
  static let commandLineOnly: Set = [
    "config", "resume", "dry-run", "json", "quiet", "help", "max-unpacked",
  ]

  package init() {}

  /// The options that these arguments, and the file they name, come to.
  /// - Throws: `OptionError`, or ArgumentParser's error for arguments it cannot parse.
  package static func options(from arguments: [String]) throws -> ResolvedOptions {
    try parse(arguments).resolved()
  }

  package func run() throws {
    StopSignals.outliveReaders()
    if let resume {
      try goOn(with: resume)
    } else if dryRun {
      try DryRun(resolved(), note: report.note).report(asJSON: report.json)
    } else {
      try show(TrainRun(resolved(), isQuiet: report.quiet)())
    }
  }

  private func resolved() throws(OptionError) -> ResolvedOptions {
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    let resolved = try ResolvedOptions(flags: options.typed, file: file)
    if let named = resolved.values.protocol {
      (TrainingProtocol(named).notes() + resolved.overProtocol).forEach(report.note)
    }
    return resolved
  }

  /// A resumed run has the options it was started with; only those may change that change no result,
  /// as how it is shown and how many threads prepare images.
  private func goOn(with path: String) throws {
    let allowed = OptionTable.fields.filter(\.isFree).map(\.name)
    let others =
      options.typed.givenNames.filter { !allowed.contains($0) }.map { "--\($0)" }
      + (config == nil ? [] : ["--config"]) + (dryRun ? ["--dry-run"] : [])
    guard others.isEmpty else {
      throw OptionError.conflict(
        "a resumed run keeps the options it was started with; leave out "
          + others.joined(separator: ", "))
    }
    let directory = try RunDirectory(existing: path)
    let resolved = try directory.optionsToGoOn(flags: options.typed)
    try show(TrainRun(resolved, resuming: directory, isQuiet: report.quiet)())
  }

  private func show<Found>(_ summary: TargetRunSummary<Found>) throws {
    if report.json {
      try StandardStreams.json(summary)
    } else {
      StandardStreams.write(summary.text(style: StandardStreams.style))
    }
  }

  private func show(_ result: TrainRun.Result) throws {
    if NumberRun(result.directory) != nil {
      return try show(TargetRunSummary(numbers: result))
    }
    if LabelRun(result.directory) != nil {
      return try show(TargetRunSummary(labels: result))
    }
    if report.json {
      try StandardStreams.json(RunSummary(result))
    } else {
      StandardStreams.write(RunSummary(result).text(style: StandardStreams.style))
    }
  }
}
