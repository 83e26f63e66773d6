import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// What is kept of surveys: what is believed, and what is read again.
@Suite struct SurveyCacheTests {
  private func data(_ count: Int, in folder: String) throws -> Dataset {
    try Fixture.images(
      (0..<count).map { "\($0 % 2 == 0 ? "a" : "b")/\($0).png" }, in: folder + "/d")
    // One that shows enough for a fingerprint.
    let slope = Image(
      width: 40, height: 40, channels: 1, pixels: (0..<1600).map { UInt8($0 % 40 * 6) })
    try Fixture.file(folder + "/d/b/z.png", PNG.encode(slope))
    return try Dataset.open(folder + "/d")
  }

  /// Ten minutes from now, as if the files had been there for long.
  private var later: Int { FileState.now + 600_000_000_000 }

  private func cache(_ folder: String, isFresh: Bool = false) -> SurveyCache {
    SurveyCache(path: folder + "/cache.csv", isFresh: isFresh)
  }

  private func survey(
    _ data: Dataset, _ cache: SurveyCache, fingerprints: Bool = true
  ) -> Survey {
    cache.survey(data, threads: 2, fingerprints: fingerprints, started: later)
  }

  /// A mark in the place of a digest in the file of entries: who believes the file gives it back.
  private func mark(_ name: String, in folder: String) throws -> String {
    let path = folder + "/cache.csv"
    var text = try String(decoding: FileBytes.read(path), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.contains(name) })
    let mark = String(repeating: "f", count: 64)
    var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    fields[7] = mark
    text = text.replacingOccurrences(of: line, with: fields.joined(separator: ","))
    try AtomicFile.write(text, to: path)
    return mark
  }

  @Test func whatIsKeptIsBelieved() throws {
    try withTemporaryFolder { folder in
      let data = try data(6, in: folder)
      let plain = Survey(data, threads: 1)
      #expect(plain.facts.contains { $0.fingerprint != nil })
      #expect(survey(data, cache(folder)).facts == plain.facts)
      #expect(survey(data, cache(folder)).facts == plain.facts)
      let mark = try mark("/0.png", in: folder)
      #expect(survey(data, cache(folder)).facts[0].pixels == mark)
      // Other images of the same data have not been read before, and what has been stays.
      var part = data
      part.examples.removeFirst(3)
      #expect(survey(part, cache(folder)).facts == Array(plain.facts.dropFirst(3)))
      #expect(survey(data, cache(folder)).facts[0].pixels == mark)
      // Asked to read again, nothing is believed, and the mark is gone.
      #expect(survey(data, cache(folder, isFresh: true)).facts == plain.facts)
      #expect(survey(data, cache(folder)).facts == plain.facts)
    }
  }

  /// Replaced in place by as many bytes, with the old time of modification: only the time of change tells.
  @Test func changedFilesAreReadAgain() throws {
    try withTemporaryFolder { folder in
      let data = try data(4, in: folder)
      _ = survey(data, cache(folder))
      let path = folder + "/d/a/0.png"
      let (before, state) = (try FileBytes.read(path), try #require(FileState(of: path)))
      var other = try Fixture.png(77)
      #expect(other.count <= before.count + 8)
      other += [UInt8](repeating: 0, count: max(0, before.count - other.count))
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.write(contentsOf: Data(other))
      try handle.close()
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(state.modified) / 1e9)],
        ofItemAtPath: path)
      let plain = Survey(data, threads: 1)
      #expect(survey(data, cache(folder)).facts == plain.facts)
      // Renamed onto another: path and size are the same, the file is not.
      _ = try mark("/1.png", in: folder)
      let copy = folder + "/d/b/copy"
      try FileManager.default.copyItem(atPath: folder + "/d/b/1.png", toPath: copy)
      try FileManager.default.removeItem(atPath: folder + "/d/b/1.png")
      try FileManager.default.moveItem(atPath: copy, toPath: folder + "/d/b/1.png")
      #expect(survey(data, cache(folder)).facts == plain.facts)
    }
  }

  @Test func whatIsNotKept() throws {
    try withTemporaryFolder { folder in
      let data = try data(4, in: folder)
      // Written a moment ago: it may change again without a new time.
      _ = cache(folder).survey(data, threads: 1)
      #expect(!FilePath.isFile(folder + "/cache.csv"))
      try Fixture.file(folder + "/d/a/2.png", "no picture")
      let first = survey(data, cache(folder))
      #expect(first.facts[data.examples.firstIndex { $0.path == "a/2.png" } ?? 0].failure != nil)
      let text = try String(decoding: FileBytes.read(folder + "/cache.csv"), as: UTF8.self)
      #expect(!text.contains("/2.png") && text.contains("/0.png"))
      #expect(survey(data, cache(folder)).facts == first.facts)
    }
  }

  /// A survey that looks for near copies does not take over what was read without fingerprints.
  @Test func fingerprints() throws {
    try withTemporaryFolder { folder in
      let data = try data(4, in: folder)
      let plain = Survey(data, threads: 1, fingerprints: false)
      #expect(survey(data, cache(folder), fingerprints: false).facts == plain.facts)
      _ = try mark("/0.png", in: folder)
      #expect(survey(data, cache(folder)).facts == Survey(data, threads: 1).facts)
    }
  }

  @Test func damagedEntries() throws {
    try withTemporaryFolder { folder in
      let data = try data(4, in: folder)
      let plain = survey(data, cache(folder)).facts
      let whole = try FileBytes.read(folder + "/cache.csv")
      for length in [0, 3, whole.count / 2, whole.count - 30] {
        try Fixture.file(folder + "/cache.csv", Array(whole.prefix(length)))
        #expect(survey(data, cache(folder)).facts == plain, "\(length)")
        #expect(try FileBytes.read(folder + "/cache.csv") == whole, "\(length)")
      }
      // The last image has a fingerprint; cut off behind any comma its line is no entry of an image without one.
      #expect(plain.last?.fingerprint != nil)
      let start = whole.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
      let commas = whole.indices[start...].filter { whole[$0] == UInt8(ascii: ",") }
      #expect(commas.count == 16)
      for comma in commas {
        try Fixture.file(folder + "/cache.csv", Array(whole[...comma]))
        #expect(survey(data, cache(folder)).facts == plain, "\(comma)")
        #expect(try FileBytes.read(folder + "/cache.csv") == whole, "\(comma)")
      }
      // A folder that is not there keeps nothing, and hinders nothing.
      let nowhere = SurveyCache(path: folder + "/none/cache.csv", isFresh: false)
      #expect(survey(data, nowhere).facts == plain)
    }
  }

  @Test func waysOfReadingHaveFilesOfTheirOwn() {
    let data = Dataset(name: "d", layout: .files, examples: [])
    var other = data.pixelReading
    other.page = 2
    let names = [
      SurveyCache.name(of: "/a", reading: data.pixelReading),
      SurveyCache.name(of: "/b", reading: data.pixelReading),
      SurveyCache.name(of: "/a", reading: other),
    ]
    #expect(Set(names).count == 3 && names.allSatisfy { $0.hasSuffix(".csv") })
  }
}
