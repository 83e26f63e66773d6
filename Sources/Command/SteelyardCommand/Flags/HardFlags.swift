import ArgumentParser
import Inference

/// What `audit` looks for in the training of a run.
struct HardFlags: ParsableArguments {
  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Run whose records and kept weights say how hard its training images are (default: the run that is audited).",
      valueName: "run"))
  var trained: String?

  @Flag(
    help:
      "Go through the training images with each of the run's kept weights, for VoG and TracIn of hard.csv; takes a forward and a backward pass each."
  )
  var gradients = false

  @Option(
    help: ArgumentHelp(
      "What VoG of --gradients is the gradient of (default: \(GradientTarget.probability.rawValue)).",
      valueName: "what"))
  var vogOf: GradientTarget?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Epochs of a run's records that EL2N and GraNd are of, from the first (default: a tenth of the run's, at least 2).",
      valueName: "number"))
  var earlyEpochs: Int?

  @Option(
    help: ArgumentHelp(
      "Explain the answer to this image of the run's data, and audit nothing.", valueName: "image"))
  var explain: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Training images of each kind that --explain shows (default: 10).", valueName: "number"))
  var explainTop: Int?

  func validate() throws {
    if let earlyEpochs, earlyEpochs < 1 {
      throw ValidationError("--early-epochs: expected at least 1, got \(earlyEpochs).")
    }
    if let explainTop, !(1...1000).contains(explainTop) {
      throw ValidationError("--explain-top: expected 1 to 1000, got \(explainTop).")
    }
  }
}
