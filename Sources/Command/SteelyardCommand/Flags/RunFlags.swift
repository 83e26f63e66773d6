import ArgumentParser

/// The run directory and what goes into it.
struct RunFlags: ParsableArguments {
  @Option(
    name: [.long, .customLong("output")],
    help: ArgumentHelp(
      "Folder of the run directories (default: \(defaults.outputDir)).", valueName: "folder"))
  var outputDir: String?

  @Option(
    help: ArgumentHelp(
      "Name of the run directory (default: time, method, network).", valueName: "name"))
  var experiment: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time between log lines when there is no terminal (default: \(defaults.logInterval.yaml)).",
      valueName: "seconds"))
  var logInterval: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Save after so many steps within an epoch too (default: every few minutes).",
      valueName: "steps"))
  var checkpointInterval: Int?

  @Flag(inversion: .prefixedNo, help: "Write TensorBoard event files (default: on).")
  var tensorboard: Bool?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.outputDir, outputDir)
    overlay.set(optional: \.experiment, experiment)
    overlay.set(\.logInterval, logInterval)
    overlay.set(optional: \.checkpointInterval, checkpointInterval)
    overlay.set(\.tensorboard, tensorboard)
  }
}
