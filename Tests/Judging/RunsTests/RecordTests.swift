import Datasets
import Evaluation
import Files
import Runs
import TestSupport
import Testing

/// What the records of a run of version 0.1 say.
@Suite struct RecordTests {
  @Test func theEnvironmentByItsNames() throws {
    let record = try EnvironmentRecord.read(OldRun.path("run/environment.json"))
    #expect(record.steelyard == "0.1.0" && record.seed == 1 && record.revision == nil)
    #expect(
      record.facts.map(\.name) == [
        "cores", "device", "instructions", "libtorch", "precision", "processor", "seed",
        "steelyard", "system", "threads", "turboJPEG", "vips",
      ])
    #expect(record.facts[1].value == "cpu" && record.facts[6].value == "1")
  }

  @Test func theDataInNumbers() throws {
    let record = try DataRecord.read(OldRun.path("run/data.json"))
    #expect(record.parts == ["train", "val", "test"] && record.images == 66)
    #expect(
      record.counts(of: "train") == [12, 24, 4] && record.counts(of: "no part") == [0, 0, 0])
    #expect(record.leakage?.isClean == true)
    #expect(record.split == ["splits of the data kept: train, val, test"])
  }

  @Test func aRecordOfADataSetCountsItsImages() throws {
    let record = DataRecord(
      Samples.dataset([[3, 1], [2, 0]]), classes: ["c0", "c1"], statements: ["said"], leakage: nil,
      skipped: [.init(path: "x.png", reason: "is no image")])
    #expect(record.images == 6 && record.counts == ["train": ["c0": 5, "c1": 1]])
    #expect(record.groups == ["train": 2] && record.split == ["said"])
    #expect(record.skipped == [.init(path: "x.png", label: nil, reason: "is no image")])
  }

  /// Another program may write the little that a report needs.
  @Test func nameClassesAndCountsAreEnough() throws {
    let text = #"{"name": "n", "classes": ["b", "a"], "counts": {"x": {"a": 2}, "test": {"b": 1}}}"#
    let record = try DataRecord.decode(Array(text.utf8), name: "x")
    #expect(record.parts == ["test", "x"] && record.images == 3)
    #expect(record.counts(of: "x") == [0, 2])
    #expect(record.leakage == nil && record.digest == nil && record.skipped.isEmpty)
  }

  @Test(arguments: [
    (#"["a", "a"]"#, "1", "expected distinct names, got [\"a\", \"a\"] at classes"),
    (#"["a"]"#, "-1", "expected numbers of images, got -1 at counts"),
    (
      #"["a"]"#, "9223372036854775807",
      "expected numbers of images, got 9223372036854775807 at counts"
    ),
  ])
  func numbersThatNoDataHaveAreRefused(classes: String, count: String, words: String) {
    let text = #"{"name": "n", "classes": \#(classes), "counts": {"train": {"a": \#(count)}}}"#
    let error = #expect(throws: RunFileError.self) {
      try DataRecord.decode(Array(text.utf8), name: "data.json")
    }
    #expect(error?.description == "data.json: \(words); \(DataRecord.remedy)")
  }

  @Test func aNoteSaysWhereTheCheckpointStands() throws {
    let note = try CheckpointNote.read(OldRun.path("run/checkpoints/last.json"))
    #expect(note.epochs == 3 && note.step == 0 && note.updates == 15 && note.bestEpoch == 3)
    #expect(note.metric == "mcc" && note.optimizer == "sgd" && note.seed == 1)
  }

  @Test func metricsWithAndWithoutIntervalsAreOneFile() throws {
    let judged = try Judgement.read(OldRun.path("run/metrics-test.json"))
    #expect(judged.assessment != nil && judged.report.shots?.trainingCounts == [12, 24, 4])
    try withTemporaryFolder { folder in
      let path = folder + "/m.json"
      try Judgement.plain(judged.report).write(to: path)
      #expect(try Judgement.read(path) == .plain(judged.report))
    }
  }
}
