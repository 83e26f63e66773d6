import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// The file of a survey's entries, field by field: what each is believed for, and what it must hold.
@Suite struct SurveyEntriesTests {
  private struct Odd: Decodable {
    let name: String
    let file: String
  }

  private var later: Int { FileState.now + 600_000_000_000 }

  private func cache(_ folder: String) -> SurveyCache {
    SurveyCache(path: folder + "/cache.csv", isFresh: false)
  }

  private func survey(_ data: Dataset, _ folder: String) -> Survey {
    cache(folder).survey(data, threads: 1, fingerprints: true, started: later)
  }

  private func lines(_ folder: String) throws -> [String] {
    try String(decoding: FileBytes.read(folder + "/cache.csv"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// Writes the entries with one field of one line another.
  private func change(
    _ lines: [String], _ line: Int, _ field: Int, to text: String, in folder: String
  ) throws {
    var lines = lines
    var fields = lines[line].split(separator: ",", omittingEmptySubsequences: false).map(
      String.init)
    fields[field] = text
    lines[line] = fields.joined(separator: ",")
    try Fixture.file(folder + "/cache.csv", lines.joined(separator: "\n") + "\n")
  }

  private static let mark = String(repeating: "e", count: 64)

  private func data(_ count: Int, in folder: String) throws -> Dataset {
    try Fixture.images(
      (0..<count).map { "\($0 % 2 == 0 ? "a" : "b")/\($0).png" }, in: folder + "/d")
    return try Dataset.open(folder + "/d")
  }

  /// Size, both times, inode and disk: where any of them is another, the image is read again.
  @Test(arguments: 1...5) func everyPartOfTheStateCounts(field: Int) throws {
    try withTemporaryFolder { folder in
      let data = try data(4, in: folder)
      let plain = survey(data, folder).facts
      let whole = try lines(folder)
      let number = try #require(Int(whole[1].split(separator: ",")[field]))
      // A mark in the digest of pixels comes back only where the line is believed.
      var marked = whole
      marked[1] = whole[1].replacing(try #require(plain[0].pixels), with: Self.mark)
      try Fixture.file(folder + "/cache.csv", marked.joined(separator: "\n") + "\n")
      #expect(survey(data, folder).facts.contains { $0.pixels == Self.mark })
      for other in [number + 1, number - 1, 0, -number] {
        try change(marked, 1, field, to: "\(other)", in: folder)
        #expect(survey(data, folder).facts == plain, "\(field): \(other)")
      }
    }
  }

  /// What no survey writes makes the whole file be made anew, and never an image be wrong.
  @Test func fieldsThatAreNone() throws {
    try withTemporaryFolder { folder in
      let data = try data(3, in: folder)
      let plain = survey(data, folder).facts
      let whole = try lines(folder)
      #expect(whole.count == 4)
      let wrong: [(Int, String)] = [
        (1, "x"), (2, ""), (3, "1.5"), (4, "9223372036854775808"), (5, "-"), (6, "abc"), (6, ""),
        (7, String(repeating: "0", count: 63)), (8, "0"), (8, "-3"), (9, "0"), (10, "three"),
        (11, ""), (13, "?"), (15, "no fingerprint"), (16, "2"), (16, ""), (16, "true"),
      ]
      for (field, text) in wrong {
        try change(whole, 2, field, to: text, in: folder)
        #expect(survey(data, folder).facts == plain, "\(field): \(text)")
        #expect(try lines(folder) == whole, "\(field): \(text)")
      }
      // A header of another version, a line too short, a line too long, and a folder in the file's place.
      for text in [
        whole.joined(separator: "\n").replacing("is_fingerprinted", with: "fingerprinted"),
        whole[0] + "\n" + whole[1] + ",1\n", whole[0] + "\n" + String(whole[1].prefix(40)) + "\n",
        whole[0] + "\n\n\n",
      ] {
        try Fixture.file(folder + "/cache.csv", text)
        #expect(survey(data, folder).facts == plain)
        #expect(try lines(folder) == whole)
      }
      try FileManager.default.removeItem(atPath: folder + "/cache.csv")
      try FileManager.default.createDirectory(
        atPath: folder + "/cache.csv", withIntermediateDirectories: false)
      #expect(survey(data, folder).facts == plain)
    }
  }

  /// Two sets in one file keep out of each other's way: what the other needs stays, byte by byte.
  @Test func anotherSetStays() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/0.png", "b/1.png"], in: folder + "/one")
      try Fixture.images(["a/0.png", "b/1.png", "b/2.png"], in: folder + "/two")
      let (one, two) = try (Dataset.open(folder + "/one"), Dataset.open(folder + "/two"))
      _ = survey(one, folder)
      let first = try lines(folder)
      #expect(survey(two, folder).facts == Survey(two, threads: 1).facts)
      let both = try lines(folder)
      #expect(both.count == 6 && first.allSatisfy(both.contains))
      #expect(survey(one, folder).facts == Survey(one, threads: 1).facts)
      #expect(try lines(folder) == both)
      // A file that is gone keeps its entry, and is not asked for.
      try FileManager.default.removeItem(atPath: folder + "/two/b/2.png")
      let left = try Dataset.open(folder + "/two")
      #expect(survey(left, folder).facts.count == 2)
    }
  }

  /// Every fact comes back, of pictures with alpha, of a palette, of several pages, turned, and of one pixel; what has other samples than
  /// 8 bits is not kept.
  @Test func everyFactComesBack() throws {
    let all: [Odd] = try Golden.load("Imaging/odd.json")
    let wanted = all.filter { odd in
      ["alpha", "clear", "exif 6", "three", "two", "1 by 1", "cmyk", "grey 16", "rgb 16"]
        .contains { odd.name.contains($0) }
    }
    try withTemporaryFolder { folder in
      for (number, odd) in wanted.enumerated() {
        let ending = FilePath.fileExtension(of: odd.name)
        let bytes = try #require(Data(base64Encoded: odd.file))
        try Fixture.file(
          folder + "/d/\(number % 2 == 0 ? "a" : "b")/\(number).\(ending)", Array(bytes))
      }
      let data = try Dataset.open(folder + "/d")
      #expect(data.examples.count == wanted.count && wanted.count > 30)
      let plain = Survey(data, threads: 1).facts
      #expect(plain.allSatisfy { $0.failure == nil })
      #expect(plain.contains(where: \.hasAlpha) && plain.contains { $0.pages > 1 })
      #expect(survey(data, folder).facts == plain)
      #expect(survey(data, folder).facts == plain)
      let kept = try lines(folder).count - 1
      #expect(kept == plain.count { $0.type == .uint8 } && kept < plain.count)
    }
  }

  /// The mark of a believed line, for each file: threads and the order of the data change nothing.
  @Test func orderAndThreadsSayNothing() throws {
    try withTemporaryFolder { folder in
      let data = try data(9, in: folder)
      var turned = data
      turned.examples.reverse()
      let plain = survey(data, folder).facts
      let before = try lines(folder)
      #expect(survey(turned, folder).facts == plain.reversed())
      try FileManager.default.removeItem(atPath: folder + "/cache.csv")
      let many = cache(folder).survey(turned, threads: 3, fingerprints: true, started: later)
      #expect(many.facts == plain.reversed())
      #expect(try lines(folder) == before)
    }
  }
}
