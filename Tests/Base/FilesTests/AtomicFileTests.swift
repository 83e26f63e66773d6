import Files
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  @Test func replacesTheContentAndLeavesNothingElse() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("one", to: "\(folder)/a.txt")
      try AtomicFile.write("two", to: "\(folder)/a.txt")
      #expect(try FileBytes.read("\(folder)/a.txt") == Array("two".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
    }
  }

  @Test func failingHalfWayKeepsTheOldContent() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.txt"
      try AtomicFile.write("old", to: path)
      #expect(throws: FileError.diskFull(path: path)) {
        try AtomicFile.write(to: path) { (sink) throws(FileError) in
          try sink.write([UInt8](repeating: 1, count: 1 << 20))
          throw .diskFull(path: path)
        }
      }
      #expect(try FileBytes.read(path) == Array("old".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDiskIsNamed() throws {
    let handle = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    #expect(throws: FileError.diskFull(path: "model.bin")) {
      var sink = FileSink(descriptor: handle.fileDescriptor, path: "model.bin")
      try sink.write([UInt8](repeating: 7, count: 1 << 20))
    }
  }

  @Test func missingFolderIsNamed() throws {
    #expect(throws: FileError.missingFolder(path: "/no/such/a.txt", folder: "/no/such")) {
      try AtomicFile.write("x", to: "/no/such/a.txt")
    }
  }

  @Test func folderInTheWayIsNamed() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.isFolder(path: folder)) { try AtomicFile.write("x", to: folder) }
    }
  }

  @Test(.disabled(if: geteuid() == 0, "the superuser may write anywhere"))
  func forbiddenFolderIsNamed() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
      #expect(throws: FileError.permissionDenied(path: "\(folder)/a", operation: .write)) {
        try AtomicFile.write("x", to: "\(folder)/a")
      }
    }
  }
}
