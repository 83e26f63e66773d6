import ArgumentParser
import Evaluation
import Schedules

/// How long, and how the learning rate moves.
struct ScheduleFlags: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Passes over the training part (default: \(defaults.epochs)).")
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Course of the learning rate (default: \(defaults.sched.rawValue)).",
      valueName: "name"))
  var sched: ScheduleKind?

  @Option(
    parsing: .unconditional,
    help: "Epochs of linear warm-up (default: \(defaults.warmupEpochs.yaml)).")
  var warmupEpochs: Double?

  @Option(
    parsing: .unconditional,
    help: "Lowest learning rate of cosine and plateau (default: \(defaults.minLr.yaml)).")
  var minLr: Double?

  @Option(
    parsing: .unconditional,
    help: "Epochs between the drops of step (default: \(defaults.decayEpochs.yaml)).")
  var decayEpochs: Double?

  @Option(
    parsing: .unconditional,
    help: "Factor of a drop of step and plateau (default: \(defaults.decayRate)).")
  var decayRate: Double?

  @Option(
    parsing: .unconditional,
    help: "Epochs without gain before plateau drops (default: \(defaults.patienceEpochs)).")
  var patienceEpochs: Int?

  @Option(
    help: ArgumentHelp(
      "Metric on validation that picks the best epoch (default: \(defaults.evalMetric.rawValue)).",
      valueName: "name"))
  var evalMetric: SelectionMetric?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after this many epochs without gain (default: never).", valueName: "epochs"))
  var earlyStopping: Int?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.epochs, epochs)
    overlay.set(\.sched, sched)
    overlay.set(\.warmupEpochs, warmupEpochs)
    overlay.set(\.minLr, minLr)
    overlay.set(\.decayEpochs, decayEpochs)
    overlay.set(\.decayRate, decayRate)
    overlay.set(\.patienceEpochs, patienceEpochs)
    overlay.set(\.evalMetric, evalMetric)
    overlay.set(optional: \.earlyStopping, earlyStopping)
  }
}
