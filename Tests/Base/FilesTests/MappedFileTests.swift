import Files
import Foundation
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

  /// A pipe that nobody writes into would be waited for, and zeros never end.
  @Test func pipesAndDevicesAreRefused() throws {
    try withTemporaryFolder { folder in
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      #expect(symlink("/dev/zero", "\(folder)/zeros") == 0)
      for path in ["\(folder)/pipe", "\(folder)/zeros", "/dev/zero"] {
        #expect(throws: FileError.notAFile(path: path)) { try FileBytes.read(path) }
        #expect(throws: FileError.notAFile(path: path)) { try FileBytes.head(of: path, count: 8) }
        #expect(throws: FileError.notAFile(path: path)) { try MappedFile(path: path) }
        #expect(throws: FileError.notAFile(path: path)) { _ = try ByteStream(path: path) }
      }
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
