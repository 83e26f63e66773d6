import Files
import TestSupport
import Testing

@Suite struct TarHeaderTests {
  @Test func aPlainFileHasOneBlock() {
    let header = TarHeader.bytes(name: "cat/1.jpg", size: 1234)
    #expect(header.count == 512)
    #expect(Array(header.prefix(10)) == Array("cat/1.jpg\u{0}".utf8))
    let fields = "0000644\u{0}0000000\u{0}0000000\u{0}00000002322\u{0}00000000000\u{0}"
    #expect(Array(header[100..<148]) == Array(fields.utf8))
    #expect(Array(header[148..<157]) == Array("007355\u{0} 0".utf8))
    #expect(Array(header[257..<265]) == Array("ustar\u{0}00".utf8))
    let written = Set(0..<10).union(100..<157).union(257..<265)
    #expect(header.indices.allSatisfy { written.contains($0) || header[$0] == 0 })
  }

  @Test func aLongOrForeignNameStandsInAHeaderOfPax() {
    let header = TarHeader.bytes(name: "é.png", size: 5)
    #expect(header.count == 3 * 512)
    #expect(header[156] == UInt8(ascii: "x"))
    #expect(Array(header.prefix(15)) == Array("././@PaxHeader\u{0}".utf8))
    #expect(Array(header[512..<530]) == Array("15 path=é.png\n".utf8) + [0, 0, 0])
    #expect(Array(header[1024..<1031]) == Array("__.png\u{0}".utf8))
    let long = String(repeating: "a", count: 101)
    let longer = TarHeader.bytes(name: long, size: 0)
    #expect(Array(longer[512..<625]) == Array("111 path=\(long)\n".utf8) + [0, 0])
    #expect(TarHeader.bytes(name: String(long.dropLast()), size: 0).count == 512)
  }

  @Test func aSizeOfEightGiBStandsInAHeaderOfPax() {
    #expect(TarHeader.bytes(name: "a", size: 1 << 33 - 1).count == 512)
    let header = TarHeader.bytes(name: "a", size: 1 << 33)
    #expect(Array(header[512..<532]) == Array("19 size=8589934592\n\u{0}".utf8))
    #expect(Array(header[1024 + 124..<1024 + 136]) == Array("00000000000\u{0}".utf8))
  }

  @Test func headersAreThoseThatPythonWrites() throws {
    let bytes = try FileBytes.read(Golden.path("Files/tar-python.tar"))
    #expect(Array(bytes[1024..<1536]) == TarHeader.bytes(name: "cat/1.cls", size: 2))
    let far = "dog/" + String(repeating: "far/", count: 28) + "2.cls"
    // Python gives a header of pax itself another mode.
    let header = TarHeader.bytes(name: far, size: 5)
    #expect(header.count == 1536)
    #expect(Array(bytes[2560..<3584]) == Array(header.suffix(1024)))
  }

  @Test func paddingEndsABlock() {
    #expect([0, 1, 511, 512, 513].map(TarHeader.padding) == [0, 511, 1, 0, 511])
    #expect(TarHeader.end == [UInt8](repeating: 0, count: 1024))
  }

  @Test func whatIsWrittenIsRead() throws {
    try withTemporaryFolder { folder in
      let names = ["a.txt", String(repeating: "long/", count: 60) + "b.txt", "dög/ü.txt"]
      var archive: [UInt8] = []
      for (count, name) in names.enumerated() {
        let content = [UInt8](repeating: 7, count: 511 + count)
        archive += TarHeader.bytes(name: name, size: content.count) + content
        archive += [UInt8](repeating: 0, count: TarHeader.padding(after: content.count))
      }
      try AtomicFile.write(archive + TarHeader.end, to: "\(folder)/a.tar")
      let found = try TarArchive(path: "\(folder)/a.tar")
      #expect(found.entries.map(\.name) == names)
      #expect(found.entries.map(\.range.count) == [511, 512, 513])
      for entry in found.entries {
        #expect(found.file.withBytes(in: entry.range) { $0.allSatisfy { $0 == 7 } })
      }
    }
  }
}
