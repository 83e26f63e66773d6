import Files
import TestSupport
import Testing

@Suite struct ScratchFileTests {
  @Test func readsWhatWasWritten() throws {
    try withTemporaryFolder { folder in
      var file = try ScratchFile(beside: "\(folder)/target")
      var expected: [UInt8] = []
      for part in 0..<300 {
        let bytes = [UInt8](repeating: UInt8(part % 251), count: part * 11)
        try file.write(bytes)
        expected += bytes
      }
      #expect(file.count == expected.count)
      let mapped = try file.mapped()
      #expect(mapped.withBytes(in: 0..<expected.count) { $0.elementsEqual(expected) })
      // It has no name, so that nothing is left of it when the process is killed.
      #expect(try FolderListing.items(folder, hidden: true).isEmpty)
    }
  }

  @Test func nothingWritten() throws {
    try withTemporaryFolder { folder in
      var file = try ScratchFile(beside: "\(folder)/target")
      #expect(try file.mapped().bytes.isEmpty)
    }
  }

  @Test func noFolder() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/none/target"
      #expect(throws: FileError.missingFolder(path: path, folder: "\(folder)/none")) {
        _ = try ScratchFile(beside: path)
      }
    }
  }
}
