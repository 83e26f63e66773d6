import Files
import Foundation
import TestSupport
import Testing

@Suite struct PipedFileTests {
  /// A pipe under the name by which a shell hands it over: read twice, it says the same, as large as it is.
  @Test(arguments: [0, 1, 65_536, 200_001])
  func aPipeIsReadAnyNumberOfTimes(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 + $0 / 256) }
    let pipe = Pipe()
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    for _ in 0..<3 { #expect(try FileBytes.read(path) == bytes) }
  }

  @Test func tablesAreDetectedAndRead() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("path;label\na.png;x\nb.png;y\n".utf8))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    for _ in 0..<2 {
      var reader = try DelimitedReader(detecting: path)
      #expect(reader.columns == ["path", "label"])
      var rows = 0
      while try reader.next() != nil { rows += 1 }
      #expect(rows == 2)
    }
  }

  /// A pipe with another name is still refused, so that it is not waited for.
  @Test func aPipeAmongFilesIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "pipe")
      #expect(mkfifo(path, 0o600) == 0)
      #expect(throws: FileError.notAFile(path: path)) { try FileBytes.read(path) }
    }
  }
}
