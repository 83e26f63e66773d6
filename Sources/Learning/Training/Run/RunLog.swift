import Evaluation
import Files
import Foundation

/// Writes what every epoch did: `summary.csv`, `metrics.jsonl`, TensorBoard events.
///
/// The rows come from the run's history, which checkpoints hold, so that after a resume the files
/// go on exactly where the checkpoint stood.
struct RunLog {
  private let directory: RunDirectory
  private let events: EventFile?
  private var seconds: [Int: Double] = [:]

  private struct Line: Codable {
    var record: EpochRecord
    var seconds: Double?
  }

  /// Opens the log and brings its files to `history`.
  init(_ directory: RunDirectory, tensorBoard: Bool, history: [EpochRecord]) throws {
    self.directory = directory
    events = tensorBoard ? try EventFile(in: directory.path, history: history) : nil
    let text = (try? String(contentsOfFile: directory.metricsLines, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") {
      let name = directory.metricsLines
      guard let line = try? JSONFile.decode(Line.self, from: Array(line.utf8), name: name) else {
        continue
      }
      seconds[line.record.epoch] = line.seconds
    }
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
    let lines = try history.map { record in
      try JSONFile.encodeLine(Line(record: record, seconds: seconds[record.epoch]))
    }
    try AtomicFile.write(lines.flatMap { $0 }, to: directory.metricsLines)
    let keys = Set(history.flatMap { $0.validation.keys }).sorted()
    let columns = ["epoch", "train_loss", "lr", "lambda"] + keys.map { "val_" + $0 } + ["best"]
    try DelimitedWriter.write(
      columns: columns, rows: history.map { row($0, keys) }, to: directory.summary)
  }

  private func row(_ record: EpochRecord, _ keys: [String]) -> [String] {
    ["\(record.epoch)", "\(record.trainLoss)", "\(record.learningRate)"]
      + [record.mixing.map { "\($0)" } ?? ""]
      + keys.map { record.validation[$0].map { "\($0)" } ?? "" } + [record.isBest ? "1" : "0"]
  }
}
