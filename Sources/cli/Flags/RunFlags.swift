import ArgumentParser

/// The run directory and what goes into it.
struct RunFlags: ParsableArguments {
  @Option(
    name: [.long, .customLong("output")],
    help: ArgumentHelp("Folder of the run directories (default: \(defaults.outputDir)).", valueName: "folder"))
  var outputDir: String?

  @Option(
    help: ArgumentHelp("Name of the run directory (default: time, method, network).", valueName: "name"))
  var experiment: String?

  @Option(help: "Steps between log lines when there is no terminal (default: \(defaults.logInterval)).")
  var logInterval: Int?

  @Option(help: "Epochs between checkpoints (default: \(defaults.checkpointInterval)).")
  var checkpointInterval: Int?

  @Option(help: "Older checkpoints to keep beside last and best (default: \(defaults.checkpointHist)).")
  var checkpointHist: Int?

  @Flag(inversion: .prefixedNo, help: "Write TensorBoard event files (default: on).")
  var tensorboard: Bool?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.outputDir, outputDir)
    overlay.set(optional: \.experiment, experiment)
    overlay.set(\.logInterval, logInterval)
    overlay.set(\.checkpointInterval, checkpointInterval)
    overlay.set(\.checkpointHist, checkpointHist)
    overlay.set(\.tensorboard, tensorboard)
  }
}
