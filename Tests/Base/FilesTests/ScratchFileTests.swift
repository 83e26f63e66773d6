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

  /// What the system took of a write that failed counts, and what was in the buffer is written once.
  @Test(arguments: [3000, 400_000]) func goesOnBehindHalfAWrite(count: Int) async {
    await #expect(processExitsWith: .success) { [count] in
      try withTemporaryFolder { folder in
        var file = try ScratchFile(beside: "\(folder)/target")
        try file.write([UInt8](repeating: 1, count: 200_000))
        // Small enough that the buffer of 256 KiB does not fit, or not all of what is written at once.
        let failed = withFileLimit(100_000) {
          do {
            try file.write([UInt8](repeating: 2, count: count))
            _ = try file.mapped()
            return false
          } catch { return true }
        }
        #expect(failed)
        let before = file.count
        try file.write([3, 4])
        #expect(file.count == before + 2)
        try file.mapped().withBytes(in: 0..<before + 2) { bytes in
          #expect(bytes.suffix(2).elementsEqual([3, 4]))
          #expect(bytes.prefix(200_000).allSatisfy { $0 == 1 })
          #expect(bytes.dropFirst(200_000).dropLast(2).allSatisfy { $0 == 2 })
        }
      }
    }
  }

  /// A part of what is longer than the buffer was written when the system said no.
  @Test func partOfALongWrite() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        var file = try ScratchFile(beside: "\(folder)/target")
        let failed = withFileLimit(300_000) {
          do {
            try file.write([UInt8](repeating: 2, count: 400_000))
            return false
          } catch { return true }
        }
        #expect(failed && file.count == 300_000)
        try file.write([3])
        let last = try file.mapped().withBytes(in: 0..<300_001) { $0.last }
        #expect(last == 3 && file.count == 300_001)
      }
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
