package import ArgumentParser

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
    help: ArgumentHelp("Go on with a run that was stopped.", valueName: "run directory"))
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

  /// The options that these arguments, and the file they name, come to.
  /// - Throws: `OptionError`, or ArgumentParser's error for arguments it cannot parse.
  package static func options(from arguments: [String]) throws -> ResolvedOptions {
    try parse(arguments).resolved()
  }

  private func resolved() throws(OptionError) -> ResolvedOptions {
    var file: ConfigFile?
    if let config { file = try ConfigFile.read(config) }
    return try ResolvedOptions(flags: overlay, file: file)
  }

  package mutating func run() throws {
    let resolved = try resolved()
    guard resolved.values.data != nil else {
      throw OptionError.missing(
        "the data", hint: "name a folder or a table: steelyard train DATA, or data-dir in --config")
    }
    StandardStreams.result(ConfigText.yaml(of: resolved))
  }
}
