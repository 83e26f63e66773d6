import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import Runs
import TestSupport
import Testing
import Uncertainty

/// Every JSON file of a run: one of version 0.1 is read, written and read again; what cannot be read is said.
@Suite struct VersionedJSONTests {
  /// A file of the fixture, with a key without which it is no such file.
  struct File: Sendable, CustomTestStringConvertible {
    var name: String
    var type: any VersionedJSON.Type
    var key: String
    var testDescription: String { name }
  }

  static let files = [
    File(name: "run/environment.json", type: EnvironmentRecord.self, key: "libtorch"),
    File(name: "run/data.json", type: DataRecord.self, key: "counts"),
    File(name: "run/checkpoints/best.json", type: CheckpointNote.self, key: "optimizer"),
    File(name: "run/metrics-test.json", type: Judgement.self, key: "per_class"),
    File(name: "run/decision.json", type: DecisionRule.self, key: "provenance"),
  ]

  private func object(_ bytes: [UInt8]) throws -> [String: any Sendable] {
    let any = try JSONSerialization.jsonObject(with: Data(bytes))
    return try #require(any as? [String: any Sendable])
  }

  private func bytes(_ object: [String: any Sendable]) throws -> [UInt8] {
    [UInt8](try JSONSerialization.data(withJSONObject: object))
  }

  private func written(_ value: any VersionedJSON, in folder: String) throws -> [UInt8] {
    let path = FilePath.join(folder, "again.json")
    try value.write(to: path)
    return try FileBytes.read(path)
  }

  @Test(arguments: files) func aFileOfVersion01KeepsItsKeysAndGetsAForm(_ file: File) throws {
    try withTemporaryFolder { folder in
      let value = try file.type.read(OldRun.path(file.name))
      let first = try written(value, in: folder)
      let again = try written(file.type.decode(first, name: "x"), in: folder)
      #expect(first == again, "what is written is read back whole")
      let (before, after) = (try object(OldRun.bytes(file.name)), try object(first))
      let renamed = ["referral"]
      let lost = Set(before.keys).subtracting(after.keys).subtracting(renamed)
      #expect(lost.isEmpty, "\(lost) are gone")
      #expect(after[file.type.formatKey] as? Int == 1)
      // The values too: numbers are equal to the last digit.
      var (old, new) = (before, after)
      for key in ["format", "referral", "abstention"] {
        old[key] = nil
        new[key] = nil
      }
      // Whether class counts were fixed was not a question then; they were.
      if var resampling = new["resampling"] as? [String: any Sendable] {
        #expect(resampling.removeValue(forKey: "counts") as? String == "fixed")
        new["resampling"] = resampling
      }
      for key in old.keys {
        let same = (old[key] as? NSObject)?.isEqual(new[key]) ?? false
        #expect(same || key == "intervals", "\(key) differs")
      }
    }
  }

  @Test(arguments: files) func aNewerFormIsRefused(_ file: File) throws {
    var newer = try object(OldRun.bytes(file.name))
    newer[file.type.formatKey] = 7
    let known = file.type.currentFormat
    newer[file.key] = nil  // a newer form may lack what this one needs
    let bytes = try bytes(newer)
    let error = #expect(throws: RunFileError.newer(path: "r/x.json", format: 7, known: known)) {
      try file.type.decode(bytes, name: "r/x.json")
    }
    #expect(
      error?.description
        == "r/x.json: has format 7, and this program knows formats up to \(known); use a newer steelyard"
    )
  }

  @Test(arguments: files) func aMissingKeyIsNamed(_ file: File) throws {
    var lacking = try object(OldRun.bytes(file.name))
    lacking[file.key] = nil
    let bytes = try bytes(lacking)
    let error = #expect(throws: RunFileError.self) { try file.type.decode(bytes, name: "r/x.json") }
    #expect(
      error?.description == "r/x.json: lacks the key '\(file.key)'; \(file.type.remedy)")
  }

  @Test(arguments: files) func garbageIsNamedWithWhatToDo(_ file: File) throws {
    for text in ["", "{", "\u{0}\u{1}", "no JSON"] {
      let error = #expect(throws: RunFileError.self) {
        try file.type.decode(Array(text.utf8), name: "r/x.json")
      }
      #expect(error?.description == "r/x.json: is not JSON; \(file.type.remedy)")
    }
    for text in ["[]", "3"] {
      let error = #expect(throws: RunFileError.self) {
        try file.type.decode(Array(text.utf8), name: "r/x.json")
      }
      #expect(error?.description.hasPrefix("r/x.json: expected ") == true)
    }
    for format in ["\"two\"", "0", "-1"] {
      let text = "{\"\(file.type.formatKey)\": \(format)}"
      let error = #expect(throws: RunFileError.self) {
        try file.type.decode(Array(text.utf8), name: "r/x.json")
      }
      let words = error?.description ?? ""
      #expect(
        words.hasPrefix("r/x.json: expected ") && words.contains(file.type.formatKey), "\(words)")
    }
  }

  @Test func aFileThatIsNotThereIsNoRecord() throws {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "data.json")
      let none = try DataRecord.readIfPresent(path)
      #expect(none == nil)
      let error = #expect(throws: RunFileError.file(.missing(path: path))) {
        try DataRecord.read(path)
      }
      #expect(error?.description == "\(path): no such file or folder; check the path")
    }
  }

  /// A parser must answer whatever it is given with a value or an error.
  @Test(arguments: files) func damageIsAnError(_ file: File) throws {
    let fuzz = Fuzz(try OldRun.bytes(file.name), key: .init(seed: 8))
    var refused = 0
    for index in 0..<200 {
      let mutant = fuzz.mutant(index)
      if (try? file.type.decode(mutant, name: "x")) == nil { refused += 1 }
    }
    #expect(refused > 50)
  }
}
