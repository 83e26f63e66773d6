import Files
import Foundation
import TestSupport
import Testing

/// Zip archives of rare forms: fields of zip64 in every combination, hostile names, what is not read (`Goldens/Files/zips.py`).
@Suite struct OddArchivesTests {
  struct Archive: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
      let name: String
      let content: String?
      let stored: Bool
      let error: String?

      var bytes: [UInt8]? { content.flatMap { Data(base64Encoded: $0) }.map(Array.init) }
    }
    let name: String
    let file: String
    let entries: [Entry]

    var bytes: [UInt8] { Data(base64Encoded: file).map(Array.init) ?? [] }
  }

  private static func all() throws -> [Archive] { try Golden.load("Files/zips.json") }

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
  }

  /// Contents whole, from the front and from any place; a stored entry stands where its range says; what is not read says why.
  @Test func entriesAreReadOrSayWhy() throws {
    let all = try Self.all()
    #expect(all.count > 30)
    for golden in all {
      let archive = try ZipArchive(bytes: golden.bytes, name: golden.name)
      #expect(archive.entries.map(\.name) == golden.entries.map(\.name), "\(golden.name)")
      #expect(archive.entries.map(\.isStored) == golden.entries.map { $0.stored }, "\(golden.name)")
      for (entry, expected) in zip(archive.entries, golden.entries) {
        if let words = expected.error {
          #expect(
            message { _ = try archive.read(entry) }
              == "\(golden.name): the entry '\(entry.name)' \(words)")
          #expect(throws: FileError.self) { _ = try archive.member(entry) }
          continue
        }
        let content = try #require(expected.bytes)
        #expect(entry.size == content.count, "\(golden.name): \(entry.name)")
        #expect(try archive.read(entry) == content, "\(golden.name): \(entry.name)")
        #expect(try archive.head(of: entry, count: 5) == Array(content.prefix(5)))
        #expect(try archive.head(of: entry, count: content.count + 9) == content)
        let member = try archive.member(entry)
        for start in [0, content.count / 3, content.count] {
          #expect(try member.read(start..<content.count) == Array(content[start...]))
        }
        if entry.isStored {
          #expect(try Array(golden.bytes[archive.range(of: entry)]) == content)
        }
      }
    }
  }

  /// Of two entries of a name both are there, and what is not there is said with what is.
  @Test func namesThatAreTwiceOrNotThere() throws {
    let golden = try #require(try Self.all().first { $0.name == "a name twice" })
    let archive = try ZipArchive(bytes: golden.bytes, name: "t.zip")
    #expect(
      try archive.entries.map { try archive.read($0) } == [
        Array("first".utf8), Array("second".utf8),
      ])
    let named = try #require(archive.entry(named: "twice.txt"))
    #expect(archive.entries.contains(named))
    #expect(archive.entry(named: "Twice.txt") == nil && archive.entry(named: "") == nil)
    #expect(
      message { _ = try archive.read("none") }
        == "t.zip: has no entry 'none'; it has: twice.txt, twice.txt")
  }

  /// A comment of the greatest length, and one byte more than the search goes back.
  @Test func theEndIsFoundBehindTheLongestComment() throws {
    let golden = try #require(try Self.all().first { $0.name == "wide () 0 False" })
    var bytes = golden.bytes
    bytes.replaceSubrange(bytes.count - 2..<bytes.count, with: [0xFF, 0xFF])
    let comment = [UInt8](repeating: 0x50, count: 65_535)
    let archive = try ZipArchive(bytes: bytes + comment, name: "c.zip")
    #expect(archive.entries.map(\.name) == golden.entries.map(\.name))
    for (entry, expected) in zip(archive.entries, golden.entries) {
      #expect(try archive.read(entry) == expected.bytes)
    }
    #expect(
      message { _ = try ZipArchive(bytes: bytes + comment + [0x50], name: "c.zip") }
        == "c.zip: is not a zip archive, or its end is missing (a download cut short?)")
  }

  /// An end that counts more entries than there are, and offsets beyond the file.
  @Test func numbersThatCannotBeAreNamed() throws {
    let golden = try #require(try Self.all().first { $0.name == "wide () 0 False" })
    func changed(_ place: Int, _ values: [UInt8]) -> [UInt8] {
      var bytes = golden.bytes
      let end = bytes.count - 22
      bytes.replaceSubrange(end + place..<end + place + values.count, with: values)
      return bytes
    }
    func opened(_ bytes: [UInt8]) -> String {
      message { _ = try ZipArchive(bytes: bytes, name: "n.zip") }
    }
    #expect(
      opened(changed(10, [3, 0]))
        == "n.zip: is a damaged zip archive: its central directory is damaged")
    #expect(
      opened(changed(16, [0xFF, 0xFF, 0xFF, 0x7F]))
        == "n.zip: is a damaged zip archive: its directory points beyond the end of the file")
    // Fewer entries than there are: the others are not seen.
    #expect(try ZipArchive(bytes: changed(10, [1, 0]), name: "n.zip").entries.count == 1)
  }

  /// An archive in a file and in memory is the same.
  @Test func mappedAndInMemoryAreTheSame() throws {
    try withTemporaryFolder { folder in
      for golden in try Self.all() {
        let path = folder + "/a.zip"
        try AtomicFile.write(golden.bytes, to: path)
        let (mapped, held) = try (
          ZipArchive(path: path), ZipArchive(bytes: golden.bytes, name: "a.zip")
        )
        #expect(mapped.entries == held.entries)
        for (entry, expected) in zip(mapped.entries, golden.entries) where expected.error == nil {
          #expect(try mapped.read(entry) == expected.bytes)
        }
      }
    }
  }
}
