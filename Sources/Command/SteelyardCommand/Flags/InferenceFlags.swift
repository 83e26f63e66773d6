import ArgumentParser
import Torch

/// How a trained network is run.
struct InferenceFlags: ParsableArguments {
  @Option(
    name: [.customShort("b"), .long], parsing: .unconditional,
    help: "Images of a batch (default: the run's).")
  var batchSize: Int?

  @Option(name: [.customShort("j"), .long], parsing: .unconditional, help: "Threads that decode.")
  var workers = defaults.workers

  @Option(
    help: ArgumentHelp(
      "Where to compute (default: where the run did).", valueName: "auto|cpu|cuda|cuda:N|mps"))
  var device: String?

  @Option(
    parsing: .unconditional,
    help: "Threads of the tensor engine (default: the run's, at most one per core).")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "bfloat16 products: auto is on where the processor has them (default: as the run).",
      valueName: "when"))
  var amp: AmpChoice?

  @Option(
    help: ArgumentHelp("What to do with a file that does not decode.", valueName: "what"))
  var onBadImage = defaults.onBadImage

  func validate() throws {
    let counts = [
      ("--batch-size", batchSize ?? 1), ("--workers", workers), ("--threads", threads ?? 1),
    ]
    for (name, value) in counts where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value).")
    }
  }
}
