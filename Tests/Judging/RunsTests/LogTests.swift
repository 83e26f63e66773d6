import Files
import Runs
import TestSupport
import Testing

/// `metrics.jsonl` and `summary.csv`, which hold the same epochs.
@Suite struct LogTests {
  @Test func theFilesOfVersion01HoldTheSameEpochs() throws {
    let log = try MetricsLog.read(OldRun.path("run/metrics.jsonl"))
    #expect(log.records.map(\.epoch) == [1, 2, 3] && log.lines[0].seconds == 0.2707090377807617)
    #expect(log.kept?.epoch == 3 && log.kept?.drawn[0].mass == 0.32972522547202165)
    #expect(log.kept?.drawn[0].expectedMass == nil)
    #expect(try SummaryFile.read(OldRun.path("run/summary.csv")) == SummaryFile(log.records))
  }

  @Test func theLogComesBackWithItsForm() throws {
    try withTemporaryFolder { folder in
      let old = try MetricsLog.read(OldRun.path("run/metrics.jsonl"))
      var log = old
      log.lines[1].seconds = nil
      log.lines[2].record.drawn[0].expectedMass = 0.3
      let path = folder + "/metrics.jsonl"
      try log.write(to: path)
      #expect(try MetricsLog.read(path) == log)
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
      #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("{\"format\":1,\"record\":{") })
      try old.write(to: path)
      let again = String(decoding: try FileBytes.read(path), as: UTF8.self)
      let before = String(decoding: try OldRun.bytes("run/metrics.jsonl"), as: UTF8.self)
      #expect(again.replacing("{\"format\":1,", with: "{") == before)
    }
  }

  @Test func aLineThatIsWrongIsNamed() throws {
    let good = String(decoding: try OldRun.bytes("run/metrics.jsonl"), as: UTF8.self)
    let wrong = [
      ("{\"record\": 3}", ":4: expected "), ("{\"seconds\": 1}", ":4: lacks the key 'record'"),
      ("{\"rec", ":4: is not JSON"),
    ]
    for (line, words) in wrong {
      let error = #expect(throws: RunFileError.self) {
        try MetricsLog(decoding: Array((good + line).utf8), name: "metrics.jsonl")
      }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("metrics.jsonl" + words), "\(text)")
      #expect(text.hasSuffix("; " + MetricsLog.Line.remedy))
    }
    let newer = good.replacing("{\"record\"", with: "{\"format\":2,\"record\"")
    #expect(throws: RunFileError.newer(path: "m", format: 2, known: 1)) {
      try MetricsLog(decoding: Array(newer.utf8), name: "m")
    }
    #expect(try MetricsLog(decoding: Array("\n\n".utf8), name: "m").lines.isEmpty)
  }

  @Test func theKeptEpochIsTheLastThatWasBest() {
    let epochs = (1...4).map { Samples.epoch($0, mass: 0.5, isBest: $0 == 1 || $0 == 2) }
    #expect(Samples.log(epochs).kept?.epoch == 2)
    #expect(Samples.log(epochs.map { $0.withoutBest }).kept?.epoch == 4)
    #expect(MetricsLog().kept == nil)
  }

  @Test func theSummaryComesBack() throws {
    try withTemporaryFolder { folder in
      var first = Samples.epoch(1, mass: 0.5, isBest: true, validation: ["mcc": 0.25])
      first.mixing = 0.125
      let second = Samples.epoch(2, mass: 0.5, validation: ["log_loss": 1e-7])
      let path = folder + "/summary.csv"
      try SummaryFile([first, second]).write(to: path)
      #expect(
        String(decoding: try FileBytes.read(path), as: UTF8.self) == """
          epoch,train_loss,lr,lambda,val_log_loss,val_mcc,best
          1,1.0,0.1,0.125,,0.25,1
          2,0.5,0.1,,1e-07,,0

          """)
      #expect(try SummaryFile.read(path) == SummaryFile([first, second]))
      #expect(try SummaryFile.read(path).rows[0].validation == ["mcc": 0.25])
    }
  }

  static let damaged = [
    ("epoch,train_loss,lr,best\n", ":1: lacks the column 'lambda'"),
    (
      "epoch,train_loss,lr,lambda,best\n1,x,0.1,,1\n",
      ":2: expected numbers, got [\"1\", \"x\", \"0.1\", \"\"]"
    ),
    ("epoch,train_loss,lr,lambda,best\n1,2,0.1,,yes\n", ":2: expected numbers"),
    ("epoch,train_loss,lr,lambda,val_mcc,best\n1,2,0.1,,-,1\n", ":2: expected numbers"),
    ("", ": is empty"),
  ]

  @Test(arguments: damaged) func aSummaryThatIsWrongIsNamed(text: String, words: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/summary.csv"
      try AtomicFile.write(text, to: path)
      let error = #expect(throws: RunFileError.self) { try SummaryFile.read(path) }
      #expect(error?.description.hasPrefix(path + words) == true, "\(error?.description ?? "")")
    }
  }
}

extension EpochRecord {
  fileprivate var withoutBest: EpochRecord {
    var record = self
    record.isBest = false
    return record
  }
}
