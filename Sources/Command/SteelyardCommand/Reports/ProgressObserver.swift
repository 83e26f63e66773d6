import Console
import Datasets
import Evaluation
import Foundation
import Inference
import Runs
import Training

/// Shows a run as it goes: a bar on a terminal, lines in a log, and one line per epoch.
final class ProgressObserver: TrainingObserver {
  private let terminal: Terminal
  private let interval: Double
  private let batchSize: Int
  private let metric: String
  private let epochs: Int
  private let unit: String
  private var bar: ProgressBar?
  private var shown = 0
  private var current = ""

  init(_ run: PreparedRun, on terminal: Terminal) {
    self.terminal = terminal
    interval = run.resolved.values.logInterval
    batchSize = run.plan.batchSize
    metric = run.plan.selection.rawValue
    epochs = run.plan.epochs
    unit = run.plan.preprocessing.kind.plural
  }

  func epochBegan(_ epoch: Int, of epochs: Int, step: Int, steps: Int) {
    begin("epoch \(epoch)/\(epochs)", total: (steps - step) * batchSize)
    shown = step * batchSize
  }

  func stepEnded(_ step: Int, of steps: Int, loss: Double, seconds: Double) {
    advance(to: step * batchSize, note: "loss \(Format.decimal(loss))")
  }

  func validating(_ done: Int, of count: Int) { part("validating", done, of: count) }

  func chose(_ choice: ChoicesRecord.Choice) {
    end()
    terminal.write(
      "stage \(choice.stage): \(choice.name) \(Format.decimal(choice.value, places: 2)) chosen on validation, "
        + "\(choice.metric) \(Format.percent(choice.score))\n")
  }

  func said(_ words: String) {
    end()
    terminal.write(words + "\n")
  }

  func evaluating(_ split: String, done: Int, of count: Int) {
    part("evaluating \(split)", done, of: count)
  }

  func epochEnded(_ record: EpochRecord, seconds: Double) {
    end()
    terminal.write(EpochText.summary(record, of: epochs, metric: metric, seconds: seconds) + "\n")
    guard !EpochText.isFitted(record) else { return }
    terminal.write(terminal.style(EpochText.drawn(record), .dim) + "\n")
  }

  /// A pass that reports how many examples are done, from its first call to its last.
  private func part(_ label: String, _ done: Int, of count: Int) {
    if bar == nil || label != current { begin(label, total: count) }
    advance(to: done, note: nil)
    if done >= count { end() }
  }

  private func begin(_ label: String, total: Int) {
    end()
    (shown, current) = (0, label)
    bar = ProgressBar(
      label, total: total, unit: unit, on: terminal, interval: interval,
      clock: PassProgress.clock)
  }

  private func advance(to done: Int, note: String?) {
    bar?.advance(by: done - shown, note: note)
    shown = done
  }

  private func end() {
    if terminal.isInteractive { bar?.finish() }
    bar = nil
  }

}
