import Files
import Foundation
import TestSupport
import Testing

@Suite struct GrowingFileTests {
  private func text(of path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  /// Bytes are counted, and not characters: `é` has two in UTF-8, `😀` four.
  @Test func whatIsAppendedIsCountedInBytes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a b\n.csv"
      try AtomicFile.write("of an earlier run, and longer than what follows", to: path)
      var file = try GrowingFile(beginning: path, with: "é\n")
      #expect(file.count == 3)
      try file.append("😀\r\n")
      #expect(file.count == 9)
      try file.append("")
      #expect(file.count == 9)
      #expect(try text(of: path) == "é\n😀\r\n")
    }
  }

  /// Every place at which a programme may have noted its bytes: what was behind it is gone.
  @Test func whatLiesBehindTheNotedPlaceIsCutOff() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      let whole = Array("a,b\n1,2\n3,".utf8)
      for count in 0...whole.count {
        try AtomicFile.write(String(decoding: whole, as: UTF8.self), to: path)
        var file = try GrowingFile(resuming: path, at: count)
        #expect(file.count == count)
        try file.append("|")
        #expect(try FileBytes.read(path) == Array(whole.prefix(count)) + [UInt8(ascii: "|")])
        #expect(file.count == count + 1)
      }
    }
  }

  @Test func aShorterFileThanNotedIsLeftAsItIs() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try AtomicFile.write("abc", to: path)
      #expect(
        throws: FileError.malformed(
          path: path, reason: "expected at least 4 bytes, found 3; restore it from a copy")
      ) { _ = try GrowingFile(resuming: path, at: 4) }
      #expect(throws: FileError.self) { _ = try GrowingFile(resuming: path, at: -1) }
      #expect(try text(of: path) == "abc")
      #expect(throws: FileError.missing(path: folder + "/none")) {
        _ = try GrowingFile(resuming: folder + "/none", at: 0)
      }
      #expect(
        throws: FileError.missingFolder(path: folder + "/none/a", folder: folder + "/none")
      ) { _ = try GrowingFile(beginning: folder + "/none/a", with: "") }
    }
  }

  /// A file that was removed meanwhile is missing, and its folder is not; no new file without a head is begun.
  @Test func aFileThatHasGoneIsNotBegunAnew() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      var file = try GrowingFile(beginning: path, with: "a\n")
      try FileManager.default.removeItem(atPath: path)
      #expect(throws: FileError.missing(path: path)) { try file.append("1\n") }
      #expect(file.count == 2)
      #expect(!FilePath.isFile(path))
    }
  }

  /// A link to a file stays a link, and what it leads to grows.
  @Test func whatALinkLeadsToGrows() throws {
    try withTemporaryFolder { folder in
      let (path, link) = (folder + "/a.csv", folder + "/link")
      try AtomicFile.write("a\nhalf", to: path)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.csv")
      var file = try GrowingFile(resuming: link, at: 2)
      try file.append("b\n")
      #expect(try text(of: path) == "a\nb\n")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.csv")
    }
  }
}
