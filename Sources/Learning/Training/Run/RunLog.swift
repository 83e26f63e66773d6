import Evaluation
import Files
import Foundation
import Runs

/// Writes what every epoch did: `summary.csv`, `metrics.jsonl`, TensorBoard events.
///
/// The rows come from the run's history, which checkpoints hold, so that after a resume the files
/// go on exactly where the checkpoint stood.
struct RunLog {
  private let directory: RunDirectory
  private let events: EventFile?
  private var seconds: [Int: Double] = [:]

  /// Opens the log and brings its files to `history`.
  /// - Throws: `RunFileError` for a log that cannot be read: the seconds of past epochs are nowhere else.
  init(_ directory: RunDirectory, tensorBoard: Bool, history: [EpochRecord]) throws {
    self.directory = directory
    for line in try MetricsLog.readIfPresent(directory.metricsLines)?.lines ?? [] {
      seconds[line.record.epoch] = line.seconds
    }
    events = tensorBoard ? try EventFile(in: directory.path, history: history) : nil
    if !history.isEmpty { try write(history) }
  }

  /// Adds the last epoch of `history`.
  mutating func append(_ history: [EpochRecord], seconds took: Double) throws {
    guard let last = history.last else { return }
    seconds[last.epoch] = took
    try write(history)
    try events?.append(last)
  }

  private func write(_ history: [EpochRecord]) throws {
    let lines = history.map { MetricsLog.Line(record: $0, seconds: seconds[$0.epoch]) }
    try MetricsLog(lines).write(to: directory.metricsLines)
    try SummaryFile(history).write(to: directory.summary)
  }
}
