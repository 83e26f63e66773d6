import Files
import Foundation
import Runs

/// A TensorBoard event file of one run, one set of scalars per epoch.
struct EventFile {
  private let path: String

  /// Opens the run's event file, or makes one, and brings it to `history`.
  /// - Throws: `FileError` where it cannot be written.
  init(in folder: String, history: [EpochRecord]) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let existing = names.sorted().first { $0.hasPrefix("events.out.tfevents.") }
    path = FilePath.join(folder, existing ?? Self.freshName())
    let now = Date().timeIntervalSince1970
    let records = history.flatMap { EventRecord.scalars(Self.scalars($0), step: $0.epoch, at: now) }
    try AtomicFile.write(EventRecord.version(at: now) + records, to: path)
  }

  /// `events.out.tfevents.<seconds>.<host>.<process>.0`, which TensorBoard looks for.
  private static func freshName() -> String {
    let host = ProcessInfo.processInfo.hostName.prefix { $0 != "." }
    let process = ProcessInfo.processInfo.processIdentifier
    return "events.out.tfevents.\(Int(Date().timeIntervalSince1970)).\(host).\(process).0"
  }

  /// Adds an epoch at the end; TensorBoard follows a growing file.
  /// - Throws: `FileError` where it cannot be written.
  func append(_ record: EpochRecord) throws(FileError) {
    let bytes = EventRecord.scalars(
      Self.scalars(record), step: record.epoch, at: Date().timeIntervalSince1970)
    try FileSink.append(bytes, to: path)
  }

  private static func scalars(_ record: EpochRecord) -> [(tag: String, value: Double)] {
    [("loss/train", record.trainLoss), ("learning_rate", record.learningRate)]
      + (record.mixing.map { [("mixing/lambda", $0)] } ?? [])
      + record.validation.sorted { $0.key < $1.key }.map { ("val/" + $0.key, $0.value) }
      + record.drawn.map { ("drawn_mass/" + $0.name, $0.mass) }
  }
}
