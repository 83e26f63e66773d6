import Files
import Foundation
import Runs
import TestSupport
import Testing
import Training

/// The event files of real runs, read back: by a reader of our own, and by TensorBoard where it is.
@Suite struct EventFileTests {
  /// A run that is stopped in its second epoch of three and goes on, with TensorBoard on.
  private func stoppedAndResumed(_ folder: String) throws -> (Outcome, path: String) {
    var tiny = try TinyRun(epochs: 3, folder: folder)
    tiny.plan.tensorBoard = true
    let directory = try tiny.directory("run")
    var asked = 0
    let first = try tiny.trainer(in: directory) {
      asked += 1
      return asked > 14
    }
    #expect(throws: TrainingError.self) { try first.run() }
    let outcome = try tiny.trainer(in: directory, resuming: true).run()
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasPrefix("events.out.tfevents.") }
    #expect(names.count == 1)
    return (outcome, FilePath.join(directory.path, names[0]))
  }

  /// What the log should hold of an epoch, by tag.
  private func scalars(_ record: EpochRecord) -> [String: Float] {
    var expected = [
      "loss/train": Float(record.trainLoss), "learning_rate": Float(record.learningRate),
      "mixing/lambda": Float(record.mixing ?? .nan),
    ]
    for (name, value) in record.validation { expected["val/" + name] = Float(value) }
    for drawn in record.drawn { expected["drawn_mass/" + drawn.name] = Float(drawn.mass) }
    return expected
  }

  @Test func everyEpochOnceWithWhatTheLogHolds() throws {
    try withTemporaryFolder { folder in
      let (outcome, path) = try stoppedAndResumed(folder)
      let events = try EventReader.events(FileBytes.read(path))
      #expect(events.first?.version == "brain.Event:2")
      #expect(events.dropFirst().map(\.step) == [1, 2, 3])
      #expect(events.dropFirst().map(\.scalars) == outcome.history.map(scalars))
      #expect(outcome.history[0].validation["mcc"] != nil)
      let times = events.map(\.wallTime)
      #expect(times == times.sorted() && abs(times[0] - Date().timeIntervalSince1970) < 600)
    }
  }

  @Test func theReaderRefusesDamage() throws {
    try withTemporaryFolder { folder in
      let bytes = try FileBytes.read(stoppedAndResumed(folder).path)
      #expect(throws: EventReader.Malformed.cut) { try EventReader.events(bytes.dropLast()) }
      for (place, error) in [(0, EventReader.Malformed.lengthChecksum), (14, .dataChecksum)] {
        var damaged = bytes
        damaged[place] ^= 1
        #expect(throws: error) { try EventReader.events(damaged) }
      }
    }
  }

  /// Does something to the event file after the first epoch.
  private final class Meddler: TrainingObserver {
    let act: () throws -> Void
    init(_ act: @escaping () throws -> Void) { self.act = act }
    func epochEnded(_ record: EpochRecord, seconds: Double) {
      if record.epoch == 1 { try? act() }
    }
  }

  /// Not every error is a full disk.
  @Test func whatWentWrongIsSaid() throws {
    for isReplaced in [false, true] {
      try withTemporaryFolder { folder in
        var tiny = try TinyRun(epochs: 2, folder: folder)
        tiny.plan.tensorBoard = true
        let directory = try tiny.directory("run")
        let manager = FileManager.default
        var path = ""
        let meddler = Meddler {
          let names = try manager.contentsOfDirectory(atPath: directory.path)
          let name = names.first { $0.hasPrefix("events.out.tfevents.") } ?? ""
          path = FilePath.join(directory.path, name)
          try manager.removeItem(atPath: path)
          if isReplaced {
            try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
          }
        }
        let trainer = try Trainer(
          tiny.plan, data: tiny.data, directory: directory, observer: meddler)
        let error = #expect(throws: FileError.self) { try trainer.run() }
        #expect(error == (isReplaced ? .isFolder(path: path) : .missing(path: path)))
        #expect(!path.isEmpty)
      }
    }
  }

  private static let python = ProcessInfo.processInfo.environment["STEELYARD_PYTHON"] ?? "python3"
  private static let hasTensorBoard = (try? run("import tensorboard", [])) != nil

  /// What a programme prints, `nil` where it fails.
  private static func run(_ programme: String, _ arguments: [String]) throws -> String? {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", programme] + arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }

  @Test(
    .enabled(
      if: hasTensorBoard,
      "no python3 with tensorboard here (STEELYARD_PYTHON names another); our own reader's test ran"
    ))
  func tensorBoardReadsTheSame() throws {
    let programme = """
      import json, sys
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      log = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
      log.Reload()
      print(json.dumps({tag: [[e.step, e.value] for e in log.Scalars(tag)]
                        for tag in log.Tags()["scalars"]}))
      """
    try withTemporaryFolder { folder in
      let (outcome, path) = try stoppedAndResumed(folder)
      let text = try #require(try Self.run(programme, [path]))
      let found = try JSONDecoder().decode([String: [[Double]]].self, from: Data(text.utf8))
      var expected: [String: [[Double]]] = [:]
      for record in outcome.history {
        for (tag, value) in scalars(record) {
          expected[tag, default: []].append([Double(record.epoch), Double(value)])
        }
      }
      #expect(found == expected)
    }
  }
}
