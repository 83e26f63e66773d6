import Files
import TestSupport
import Testing

/// Packed files: what is written is read back, and what is damaged is refused.
@Suite struct PackedFileTests {
  private static let table = Array("path,label\na.png,x\nb.png,y\n".utf8)

  private func content(_ name: String, _ bytes: [UInt8]) throws -> PackedContent {
    PackedContent(name: name, bytes: bytes, digest: try #require(ContentDigest(of: bytes)))
  }

  /// Three records, one of them empty, in `folder`.
  private func written(_ folder: String, table: [UInt8]? = table) throws -> String {
    let path = folder + "/p.tar"
    let records = try [
      content("a.png", Array(0..<200)), content("b.png", []),
      content("c/ä.png", [UInt8](repeating: 7, count: 512)),
    ]
    try PackedFile.write(
      to: path, content: "files", source: "s", table: table, count: 3
    ) { (range) throws(FileError) in Array(records[range]) }
    return path
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try withTemporaryFolder { folder in
      let packed = try PackedFile(path: try written(folder))
      #expect(packed.count == 3 && packed.content == "files" && packed.source == "s")
      let table = try #require(packed.table)
      #expect(Array(packed.file.bytes[table]) == Self.table)
      let records = (0..<3).map(packed.record)
      #expect(Array(packed.file.bytes[records[0].range]) == Array(0..<200))
      #expect(records[1].range.isEmpty)
      #expect(Array(packed.file.bytes[records[2].range]) == [UInt8](repeating: 7, count: 512))
      // The CRC-32 of 512 bytes of 7, and of none, by Python's zlib.
      #expect(records[2].checksum == 0x2444_6FED && records[1].checksum == 0)
      #expect(records[0].digest == ContentDigest(of: Array(0..<200)))
    }
  }

  /// It is an archive that other programs read: every member stands where a reader of tar finds it.
  @Test func itIsATarArchive() throws {
    try withTemporaryFolder { folder in
      let archive = try TarArchive(path: try written(folder))
      #expect(
        archive.entries.map(\.name) == [
          "a.png", "b.png", "c/ä.png", ".steelyard/table.csv", ".steelyard/index",
          ".steelyard/pack.json",
        ])
      #expect(archive.entries.map(\.range.count) == [200, 0, 512, Self.table.count, 168, 4096])
    }
  }

  @Test func sameContentSameBytes() throws {
    try withTemporaryFolder { folder in
      let first = try FileBytes.read(written(folder))
      #expect(try FileBytes.read(written(folder)) == first)
    }
  }

  @Test func withoutATable() throws {
    try withTemporaryFolder { folder in
      let packed = try PackedFile(path: written(folder, table: nil))
      #expect(packed.table == nil && packed.count == 3)
    }
  }

  /// Cut off anywhere, it is no packed file; nothing is read beyond its end.
  @Test func cutOff() throws {
    try withTemporaryFolder { folder in
      let path = try written(folder)
      let bytes = try FileBytes.read(path)
      for end in stride(from: 0, to: bytes.count, by: 97) {
        try AtomicFile.write(Array(bytes[..<end]), to: path)
        #expect(
          throws: FileError.malformed(
            path: path,
            reason: "is no packed file, or was cut off; pack the data again")
        ) { try PackedFile(path: path) }
      }
    }
  }

  /// A changed byte of table, index or header is refused, or leaves what is read as it was.
  @Test func changedBytes() throws {
    try withTemporaryFolder { folder in
      let path = try written(folder)
      let bytes = try FileBytes.read(path)
      let whole = try PackedFile(path: path)
      let (table, records) = (try #require(whole.table), (0..<3).map(whole.record))
      func reason(changing place: Int) throws -> String? {
        var changed = bytes
        changed[place] ^= 0x10
        try AtomicFile.write(changed, to: path)
        do throws(FileError) {
          let found = try PackedFile(path: path)
          let same = found.count == 3 && (0..<3).allSatisfy { found.record($0) == records[$0] }
          #expect(same, "\(place)")
          return nil
        } catch {
          return "\(error)"
        }
      }
      let damaged = " is damaged; pack the data again"
      #expect(try reason(changing: table.lowerBound) == "\(path): its table\(damaged)")
      let index = try #require(TarArchive(path: path).entries.first { $0.name.hasSuffix("index") })
      #expect(try reason(changing: index.range.lowerBound + 30) == "\(path): its index\(damaged)")
      for place in stride(from: index.range.lowerBound, to: bytes.count, by: 13) {
        _ = try reason(changing: place)
      }
    }
  }

  @Test func ofALaterVersion() throws {
    try withTemporaryFolder { folder in
      let path = try written(folder)
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
      #expect(text.contains("\"steelyard-pack\" : 1,"))
      var bytes = try FileBytes.read(path)
      let mark = Array("\"steelyard-pack\" : 1".utf8)
      let place = try #require(bytes.indices.first { bytes[$0...].starts(with: mark) })
      bytes[place + mark.count - 1] = UInt8(ascii: "2")
      try AtomicFile.write(bytes, to: path)
      let error = #expect(throws: FileError.self) { try PackedFile(path: path) }
      #expect(
        error?.description
          == "\(path): is packed in format 2, expected 1; pack the data again with this version of"
          + " steelyard")
    }
  }

  /// A writer whose records fail leaves what stood under the name.
  @Test func aFailureLeavesTheOldFile() throws {
    try withTemporaryFolder { folder in
      let path = try written(folder)
      let before = try FileBytes.read(path)
      #expect(throws: FileError.missing(path: "x.png")) {
        try PackedFile.write(
          to: path, content: "files", source: "t", table: nil, count: 300
        ) { (range) throws(FileError) in
          #expect(range.count <= 128)
          if range.lowerBound > 0 { throw .missing(path: "x.png") }
          return range.map { _ in
            PackedContent(
              name: "n", bytes: [1], digest: ContentDigest(of: [1])!)
          }
        }
      }
      #expect(try FileBytes.read(path) == before)
      #expect(try FolderListing.items(folder).map(\.name) == ["p.tar"])
    }
  }

  @Test func digests() throws {
    let text = SHA256.hexadecimal(Array("abc".utf8))
    let digest = try #require(ContentDigest(hexadecimal: text))
    #expect(digest == ContentDigest(of: Array("abc".utf8)))
    #expect(digest != ContentDigest(of: Array("abd".utf8)))
    for bad in ["", "ab", text + "0", String(text.dropLast()) + "g", text.uppercased()] {
      #expect(ContentDigest(hexadecimal: bad) == nil, "\(bad)")
    }
  }
}
