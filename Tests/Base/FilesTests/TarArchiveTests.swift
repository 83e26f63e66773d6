import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct TarArchiveTests {
  private static let far = "dog/" + String(repeating: "far/", count: 28) + "2.cls"

  private func text(_ archive: TarArchive, _ place: Int) -> String {
    archive.file.withBytes(in: archive.entries[place].range) { String(decoding: $0, as: UTF8.self) }
  }

  /// What is wrong with an archive of these bytes, with the name of its file taken out; else its members.
  private func message(_ bytes: [UInt8]) throws -> String {
    try withTemporaryFolder { folder in
      try AtomicFile.write(bytes, to: "\(folder)/a.tar")
      do throws(FileError) {
        let archive = try TarArchive(path: "\(folder)/a.tar")
        return archive.entries.map { "\($0.name) \($0.range.count)" }.joined(separator: ", ")
      } catch { return String(error.description.dropFirst(folder.count + 1)) }
    }
  }

  @Test(arguments: ["v7", "ustar", "gnu", "posix"])
  func readsWhatGNUTarWrites(form: String) throws {
    let archive = try TarArchive(path: Golden.path("Files/tar-\(form).tar"))
    let more = form == "v7" ? [] : [Self.far, "dog/é.txt"]
    #expect(archive.entries.map(\.name) == ["cat/1.cls", "cat/1.txt"] + more)
    #expect(archive.passedOver == 3)
    #expect(archive.links == 2)
    #expect(text(archive, 0) == "3\n")
    #expect(text(archive, 1) == String(repeating: "x", count: 513))
    if form != "v7" { #expect([2, 3].map { text(archive, $0) } == ["seven", "accent"]) }
  }

  @Test func readsWhatPythonWrites() throws {
    let archive = try TarArchive(path: Golden.path("Files/tar-python.tar"))
    #expect(archive.entries.map(\.name) == ["cat/1.cls", Self.far, "dog/é.txt"])
    #expect((0..<3).map { text(archive, $0) } == ["3\n", "seven", "accent"])
    #expect(archive.passedOver == 0)
  }

  @Test func numbersAndRecordsOfOtherWriters() throws {
    let wide: [UInt8] = [0x80] + [UInt8](repeating: 0, count: 10) + [5]
    #expect(try message(tarred([TarMember("a", Array("12345".utf8), size: wide)])) == "a 5")
    let stated = Array("00000000000".utf8)
    let pax = TarMember("p", "10 size=5\n", kind: "x")
    #expect(
      try message(tarred([pax, TarMember("a", Array("12345".utf8), size: stated)])) == "a 5")
    let global = TarMember("g", "12 path=all\n", kind: "g")
    #expect(try message(tarred([global, TarMember("a", "1")])) == "all 1")
    #expect(try message(tarred([TarMember("a", "1"), TarMember("odd", "2", kind: "Z")])) == "a 1")
    #expect(try message([UInt8](repeating: 0, count: 10240)) == "")
    // An archive may lack its end.
    #expect(try message(TarMember("a", "1").blocks) == "a 1")
  }

  @Test func sumsOfSignedBytesCount() throws {
    var bytes = TarMember("\u{FF}\u{FF}", "1").blocks
    let sum = bytes.prefix(512).enumerated().reduce(0) { sum, next in
      sum + ((148..<156).contains(next.offset) ? 32 : Int(Int8(bitPattern: next.element)))
    }
    bytes.replaceSubrange(
      148..<156, with: Array((String(sum, radix: 8) + "\u{0}     ").utf8.prefix(8)))
    #expect(try message(bytes) == "\u{FF}\u{FF} 1")
  }

  @Test func whatIsWrongIsNamed() throws {
    let again = "; copy or download the archive again"
    let two = tarred([TarMember("a.jpg", "12345"), TarMember("b.jpg", "678")])
    #expect(try message([]) == "a.tar: is empty, expected a tar archive")
    #expect(
      try message(Array("text".utf8))
        == "a.tar: is no tar archive: it has 4 bytes, less than one block of 512\(again)")
    #expect(
      try message([UInt8](repeating: 65, count: 600))
        == "a.tar: is no tar archive: its first 512 bytes do not match the checksum of a header")
    #expect(
      try message(Array(two.prefix(1024 + 100)))
        == "a.tar: is cut off after 'a.jpg': 100 bytes are left, less than one block of 512\(again)"
    )
    #expect(
      try message(Array(two.prefix(1536 + 2)))
        == "a.tar: is cut off in 'b.jpg', which needs 512 bytes and has 2\(again)")
    var flipped = two
    flipped[1024 + 3] ^= 1
    #expect(
      try message(flipped)
        == "a.tar: is damaged: the header after 'a.jpg' does not match its checksum\(again)")
    #expect(
      try message(two + two)
        == "a.tar: has members behind its end (after 'b.jpg'), as archives have that were joined with cat; take them"
        + " apart, or join them with: tar --concatenate")
    #expect(
      try message(TarMember("p", "12 path=abc\n", kind: "x").blocks)
        == "a.tar: is cut off at its beginning: the member that its last header announces is missing\(again)"
    )
    #expect(
      try message(tarred([TarMember("p", "99 path=abc\n", kind: "x"), TarMember("a", "1")]))
        == "a.tar: is damaged: the pax header at its beginning holds no records of the form 'LENGTH KEY=VALUE'\(again)"
    )
  }

  @Test func impossibleSizesAreRefused() throws {
    for size in [
      [0xFF] + [UInt8](repeating: 0xFF, count: 11), [0x80] + [UInt8](repeating: 0xFF, count: 11),
      Array("9".utf8) + [UInt8](repeating: 0, count: 11),
    ] {
      #expect(
        try message(tarred([TarMember("a.jpg", [1], size: size)]))
          == "a.tar: is damaged: the header of 'a.jpg' has an invalid size field; copy or download the archive again"
      )
    }
    let large = Array("77777777777".utf8)
    #expect(
      try message(tarred([TarMember("a.jpg", [1], size: large)]))
        == "a.tar: is cut off in 'a.jpg', which needs 8589934592 bytes and has 1536; copy or download the archive"
        + " again")
  }

  @Test func sparseFilesAndVolumesAreRefused() throws {
    let sparse =
      "a.tar: the member 'a.jpg' is a sparse file, which is not read; write the archive again without --sparse"
    #expect(try message(tarred([TarMember("a.jpg", "1", kind: "S")])) == sparse)
    let pax = TarMember("p", "22 GNU.sparse.major=1\n", kind: "x")
    #expect(try message(tarred([pax, TarMember("a.jpg", "1")])) == sparse)
    #expect(
      try message(tarred([TarMember("a.jpg", "1", kind: "M")]))
        == "a.tar: the member 'a.jpg' is the rest of a file of another volume; write the archive again as one volume"
    )
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B], "gzip", "gunzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "unzstd"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz", "unxz"), ([0x42, 0x5A, 0x68], "bzip2", "bunzip2"),
    ] as [([UInt8], String, String)])
  func compressedArchivesAreRefused(magic: [UInt8], name: String, tool: String) throws {
    #expect(
      try message(magic + [UInt8](repeating: 9, count: 600))
        == "a.tar: is compressed with \(name), so its members cannot be read one by one; decompress it first (\(tool)),"
        + " which hardly takes more space, as images are compressed already")
  }

  @Test func cutsAndDamageGiveErrorsOrMembersInside() throws {
    let seed = tarred([
      TarMember("p", "18 path=longer.jpg\n", kind: "x"), TarMember("a.jpg", "12345"),
      TarMember("l", "other.jpg\u{0}", kind: "L"), TarMember("b.jpg", "678"),
    ])
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.tar"
      func check(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        guard let archive = try? TarArchive(path: path) else { return }
        for entry in archive.entries {
          #expect(entry.range.lowerBound >= 0 && entry.range.upperBound <= bytes.count)
        }
      }
      for count in 0...seed.count { try check(Array(seed.prefix(count))) }
      let fuzz = Fuzz(seed, key: RandomKey(seed: 14))
      for index in 0..<2000 { try check(fuzz.mutant(index)) }
    }
  }
}
