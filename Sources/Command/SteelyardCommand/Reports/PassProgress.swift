import Console
import Foundation

/// The progress of one pass over examples, on standard error.
final class PassProgress {
  private var bar: ProgressBar?
  private var shown = 0

  init(_ label: String, total: Int, unit: String = "images", isQuiet: Bool) {
    guard !isQuiet else { return }
    bar = ProgressBar(
      label, total: total, unit: unit, on: StandardStreams.notes,
      interval: TrainOptions.standard.logInterval, clock: Self.clock)
  }

  /// Says how many examples are done in all.
  func advance(to done: Int) {
    bar?.advance(by: done - shown)
    shown = done
  }

  func finish() {
    bar?.finish()
    bar = nil
  }

  /// Seconds since the machine started.
  static let clock: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
}
