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

  @Test(arguments: [0o600, 0o640, 0o755, 0o444]) func whoMightReadTheOldFileMayReadTheNew(mode: Int)
    throws
  {
    try withTemporaryFolder { folder in
      let path = folder + "/a.txt"
      try AtomicFile.write("old", to: path)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try AtomicFile.write("new", to: path)
      let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(found == mode)
      #expect(try FileBytes.read(path) == Array("new".utf8))
    }
  }

  @Test func aLinkStaysAndItsFileIsReplaced() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(atPath: folder + "/far", withIntermediateDirectories: true)
      try AtomicFile.write("old", to: folder + "/far/a.txt")
      for (link, target) in [("link", "far/a.txt"), ("again", "link"), ("nowhere", "far/none")] {
        try manager.createSymbolicLink(
          atPath: folder + "/" + link, withDestinationPath: target)
      }
      try AtomicFile.write("one", to: folder + "/link")
      #expect(try FileBytes.read(folder + "/far/a.txt") == Array("one".utf8))
      try AtomicFile.write("two", to: folder + "/again")
      #expect(try FileBytes.read(folder + "/far/a.txt") == Array("two".utf8))
      #expect(try manager.destinationOfSymbolicLink(atPath: folder + "/link") == "far/a.txt")
      #expect(try manager.destinationOfSymbolicLink(atPath: folder + "/again") == "link")
      // A link that leads nowhere says nothing of where it should lead, and becomes the file.
      try AtomicFile.write("three", to: folder + "/nowhere")
      #expect(try FileBytes.read(folder + "/nowhere") == Array("three".utf8))
      #expect(try manager.contentsOfDirectory(atPath: folder + "/far") == ["a.txt"])
      #expect(
        try manager.contentsOfDirectory(atPath: folder).sorted()
          == ["again", "far", "link", "nowhere"])
    }
  }

  @Test func aPipeIsWrittenIntoAndStays() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      // Opened for both, the pipe waits for nobody, and holds what is written.
      let descriptor = open(path, O_RDWR | O_NONBLOCK)
      try #require(descriptor >= 0)
      defer { close(descriptor) }
      try AtomicFile.write("through", to: path)
      var bytes = [UInt8](repeating: 0, count: 100)
      let count = read(descriptor, &bytes, bytes.count)
      #expect(count == 7 && Array(bytes.prefix(7)) == Array("through".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pipe"])
      var status = stat()
      #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
  }

  #if os(Linux)
    /// Devices of the test's own, never those of the machine: a fault here would put a file in the place of /dev/null.
    @Test(.enabled(if: geteuid() == 0, "only the superuser makes devices"))
    func aDeviceIsWrittenIntoAndStays() throws {
      try withTemporaryFolder { folder in
        let (null, full) = (folder + "/null", folder + "/full")
        guard mknod(null, S_IFCHR | 0o600, 1 << 8 | 3) == 0,
          mknod(full, S_IFCHR | 0o600, 1 << 8 | 7) == 0,
          case let opened = open(null, O_WRONLY), opened >= 0
        else { return }
        close(opened)
        try AtomicFile.write("x", to: null)
        #expect(throws: FileError.diskFull(path: full)) { try AtomicFile.write("x", to: full) }
        for path in [null, full] {
          var status = stat()
          #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        }
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["full", "null"])
      }
    }
  #endif
}
