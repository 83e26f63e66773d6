import Files
import TestSupport
import Testing

@Suite struct MappedFileTests {
  @Test func holdsTheBytesOfTheFile() throws {
    try withTemporaryFolder { folder in
      let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try AtomicFile.write(bytes, to: "\(folder)/a")
      let file = try MappedFile(path: "\(folder)/a")
      #expect(Array(file.bytes) == bytes)
      #expect(file.withBytes(in: 500..<600) { Array($0) } == Array(bytes[500..<600]))
      // Replacing the name does not disturb the old content.
      try AtomicFile.write("new", to: "\(folder)/a")
      #expect(Array(file.bytes) == bytes)
    }
  }

  @Test func emptyFileIsEmpty() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("", to: "\(folder)/a")
      #expect(try MappedFile(path: "\(folder)/a").bytes.isEmpty)
      #expect(try FileBytes.read("\(folder)/a").isEmpty)
    }
  }

  @Test func missingFileAndFolderAreNamed() throws {
    #expect(throws: FileError.missing(path: "/no/such")) { try MappedFile(path: "/no/such") }
    #expect(throws: FileError.missing(path: "/no/such")) { try FileBytes.read("/no/such") }
    #expect(throws: FileError.isFolder(path: "/")) { try MappedFile(path: "/") }
    #expect(throws: FileError.isFolder(path: "/")) { try FileBytes.read("/") }
  }

  @Test func rangeBeyondTheEndTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try MappedFile(path: #filePath).withBytes(in: 0..<1_000_000) { $0.count }
    }
  }
}
