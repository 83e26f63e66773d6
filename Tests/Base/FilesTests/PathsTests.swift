import Files
import Foundation
import TestSupport
import Testing

/// Paths, folders and files as the system has them.
@Suite struct PathsTests {
  @Test(arguments: [
    ("/", "/", "", ""), ("/a", "/", "a", "a"), ("a/b/c.TXT", "a/b", "c.TXT", "c"),
    ("a//b", "a/", "b", "b"), (".hidden", ".", ".hidden", ".hidden"),
    (".hidden.csv", ".", ".hidden.csv", ".hidden"), ("a b/c d.csv", "a b", "c d.csv", "c d"),
    ("x/a.", "x", "a.", "a"), ("x/..", "x", "..", "."), ("a\nb/c\n.csv", "a\nb", "c\n.csv", "c\n"),
  ])
  func partsOfPaths(path: String, folder: String, name: String, stem: String) {
    #expect(FilePath.folder(of: path) == folder)
    #expect(FilePath.name(of: path) == name)
    #expect(FilePath.stem(of: path) == stem)
  }

  @Test func endingsAreInLowerCase() {
    #expect(FilePath.fileExtension(of: "x.d/a.TAR.GZ") == "gz")
    #expect(FilePath.fileExtension(of: "x.d/a") == "")
    #expect(FilePath.fileExtension(of: "a.") == "")
    #expect(FilePath.fileExtension(of: "a.ÄÖ") == "äö")
    #expect(FilePath.join("", "a") == "a" && FilePath.join(".", "a") == "a")
    #expect(FilePath.join("/", "a") == "/a")
  }

  @Test func absolutePathsHaveNoPointsAndNoEmptyParts() {
    #expect(FilePath.absolute("/a/./b//c/") == "/a/b/c")
    // Where a link leads is not known without a look, so this stays.
    #expect(FilePath.absolute("/a/../b") == "/a/../b")
    #expect(FilePath.absolute("/") == "/" && FilePath.absolute("") == "")
    let here = FileManager.default.currentDirectoryPath
    #expect(FilePath.absolute("./a b") == (here == "/" ? "" : here) + "/a b")
  }

  @Test func everyPercentCode() {
    for byte in 0...255 {
      let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16)
      // A byte from 128 on is no text by itself.
      let expected = byte < 128 ? String(Character(Unicode.Scalar(UInt8(byte)))) : nil
      #expect(FilePath.percentDecoded("%" + digits) == expected)
      #expect(FilePath.percentDecoded("%" + digits.uppercased()) == expected)
    }
    #expect(FilePath.percentDecoded("%25%32%30") == "%20")
    #expect(FilePath.percentDecoded("a+b") == "a+b")
    for broken in ["%", "a%4", "%4", "%g1", "%1g", "%%41", "%e2%82"] {
      #expect(FilePath.percentDecoded(broken) == nil, "\(broken)")
    }
  }

  /// Sorted by bytes: capitals first, accents last; links are what they lead to, and one that leads nowhere is a file.
  @Test func foldersAreListedByBytes() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      for name in ["b", "Z", "é", "a b", "a\nb", "10", "2", ".hidden"] {
        try AtomicFile.write("x", to: folder + "/" + name)
      }
      try manager.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
      for (link, target) in [("to-sub", "sub"), ("to-b", "b"), ("to-none", "none")] {
        try manager.createSymbolicLink(atPath: folder + "/" + link, withDestinationPath: target)
      }
      let items = try FolderListing.items(folder)
      #expect(
        items.map(\.name) == [
          "10", "2", "Z", "a\nb", "a b", "b", "sub", "to-b", "to-none", "to-sub", "é",
        ])
      #expect(items.filter(\.isFolder).map(\.name) == ["sub", "to-sub"])
      let all = try FolderListing.items(folder, hidden: true).map(\.name)
      #expect(all.count == items.count + 1 && all.contains(".hidden"))
      #expect(throws: FileError.missing(path: folder + "/none")) {
        try FolderListing.items(folder + "/none")
      }
      #expect(FilePath.isFile(folder + "/to-b") && !FilePath.isFile(folder + "/to-none"))
      #expect(FilePath.isFolder(folder + "/to-sub") && !FilePath.isFile(folder + "/to-sub"))
    }
  }

  @Test func aFolderIsKnownAgainThroughALink() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      for name in ["a", "b"] {
        try manager.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: true)
      }
      try manager.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "a")
      try AtomicFile.write("x", to: folder + "/file")
      let own = try #require(FolderIdentity(of: folder + "/a"))
      #expect(FolderIdentity(of: folder + "/link") == own)
      #expect(FolderIdentity(of: folder + "/a/../a") == own)
      #expect(FolderIdentity(of: folder + "/b") != own)
      #expect(FolderIdentity(of: folder + "/file") == nil)
      #expect(FolderIdentity(of: folder + "/none") == nil)
    }
  }

  /// A file that is replaced is another one, also where size and time of modification are the same.
  @Test func theStateOfAFileTellsAReplacedOne() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a"
      try AtomicFile.write("one", to: path)
      let time = Date(timeIntervalSince1970: 1_000_000_000)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
      let first = try #require(FileState(of: path))
      #expect(first == FileState(of: path))
      #expect(first.size == 3 && first.modified == 1_000_000_000_000_000_000)
      #expect(first.changed > first.modified && first.changed <= FileState.now + 1_000_000_000)
      try AtomicFile.write("two", to: path)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
      let second = try #require(FileState(of: path))
      #expect(second.size == first.size && second.modified == first.modified && second != first)
      #expect(FileState(of: folder) == nil && FileState(of: folder + "/none") == nil)
    }
  }

  /// A file in the place of a folder is no folder to be made.
  @Test func aFileInThePlaceOfAFolderIsSaid() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("x", to: folder + "/a.txt")
      let path = folder + "/a.txt/b.csv"
      let failure = #expect(throws: FileError.self) { try AtomicFile.write("y", to: path) }
      #expect(
        failure?.description.hasPrefix(
          "\(path): cannot write it: a part of its path is a file, expected folders; choose another path (error"
        )
          == true)
      #expect(throws: FileError.missing(path: path)) { try FileBytes.read(path) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
    }
  }

  /// Names of any kind; a chain of links that leads back to itself leads nowhere.
  @Test(arguments: ["a b.txt", "a\nb", "é", "e\u{301}", "-x", "~", "a'b\"c", "😀", "%20"])
  func anyNameIsWrittenAndRead(name: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + name
      try AtomicFile.write(name, to: path)
      #expect(try FileBytes.read(path) == Array(name.utf8))
      #expect(try FileBytes.head(of: path, count: 1) == Array(name.utf8.prefix(1)))
      #expect(try FileBytes.head(of: path, count: 0) == [])
      let listed = try FolderListing.items(folder)
      #expect(listed.count == 1 && Array(listed[0].name.utf8) == Array(name.utf8))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/loop", withDestinationPath: "loop")
      try AtomicFile.write("out of it", to: folder + "/loop")
      #expect(try FileBytes.read(folder + "/loop") == Array("out of it".utf8))
    }
  }

  /// Small and large pieces, about the size of the buffer, in the order in which they were given.
  @Test func piecesOfAnySizeStayInOrder() throws {
    try withTemporaryFolder { folder in
      let sizes = [0, 1, 1 << 18, 3, (1 << 18) - 1, 1, (1 << 18) + 1, 0, 70_000, 200_000, 5]
      var expected: [UInt8] = []
      for (number, size) in sizes.enumerated() {
        expected += [UInt8](repeating: UInt8(number), count: size)
      }
      try AtomicFile.write(to: folder + "/a") { (sink) throws(FileError) in
        for (number, size) in sizes.enumerated() {
          let piece = [UInt8](repeating: UInt8(number), count: size)
          // Texts go another way into the same buffer.
          if number % 2 == 0 {
            try sink.write(piece)
          } else {
            try sink.write(String(decoding: piece, as: UTF8.self))
          }
        }
      }
      let same = try FileBytes.read(folder + "/a") == expected
      #expect(same)
    }
  }
}
