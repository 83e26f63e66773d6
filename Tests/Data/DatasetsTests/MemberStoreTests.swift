import Datasets
import Files
import TestSupport
import Testing

@Suite struct MemberStoreTests {
  /// CRC-32 of `123456789`, the check value of its definition.
  private static let check: UInt32 = 0xCBF4_3926

  @Test func bytesStandWhereTheRangeSays() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/a", "0123456789")
      let file = try MappedFile(path: "\(folder)/a")
      var store = MemberStore()
      #expect(store.append(file, 2..<4, name: "two") == 0)
      #expect(store.append(file, 10..<10, name: "none") == 1)
      #expect(store.append(file, 1..<10, name: "checked", checksum: Self.check) == 2)
      #expect(store.count == 3)
      #expect(try store.bytes(0) == Array("23".utf8))
      #expect(try store.bytes(1) == [])
      #expect(try store.bytes(2) == Array("123456789".utf8))
      #expect(try store.withBytes(2) { $0.count } == 9)
      #expect(store.name(2) == "checked")
      #expect(store.path(2) == "\(folder)/a")
    }
  }

  @Test func aDamagedRecordIsNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/a", "x12345678y")
      let file = try MappedFile(path: "\(folder)/a")
      var store = MemberStore()
      store.append(file, 0..<1, name: "free")
      store.append(file, 1..<10, name: "cat/1.jpg", checksum: Self.check)
      #expect(try store.bytes(0) == Array("x".utf8))
      let expected = FileError.malformed(
        path: "\(folder)/a",
        reason:
          "its record 1, 'cat/1.jpg', is damaged: its bytes do not match their checksum; copy or download the file"
          + " again, or pack the data again")
      // It stays damaged, however often it is read, and in copies.
      var copy = store
      #expect(throws: expected) { try store.bytes(1) }
      #expect(throws: expected) { try store.bytes(1) }
      copy.append(file, 0..<1, name: "more", checksum: 0)
      #expect(throws: expected) { try copy.bytes(1) }
      #expect(throws: FileError.self) { try copy.bytes(2) }
      let data = Dataset(
        name: "made", layout: .shards,
        examples: [Example(path: "cat/1.jpg", source: .member(1), file: "\(folder)/a")],
        members: store)
      #expect(throws: DatasetError.file(expected)) { try data.image(at: 0) }
      #expect(
        Survey(data, threads: 1).facts.map(\.failure) == [
          "its record 1, 'cat/1.jpg', is damaged: its bytes do not match their checksum; copy or download the file again,"
            + " or pack the data again"
        ])
    }
  }
}
