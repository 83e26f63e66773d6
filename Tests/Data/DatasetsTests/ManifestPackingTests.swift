import Datasets
import Files
import Foundation
import Sampling
import TestSupport
import Testing

/// What packing takes, and what it refuses.
@Suite struct ManifestPackingTests {
  private func refusal(_ body: () throws -> Void) -> ManifestError? {
    do {
      try body()
      return nil
    } catch { return error as? ManifestError }
  }

  private func pack(_ table: String, to manifest: String) throws {
    try RowManifest.pack(table: table, pathColumn: "path", labelColumn: "label", to: manifest)
  }

  /// The table itself, also by a link and by another name of the same file.
  @Test func tableIsNotReplaced() throws {
    try withTemporaryFolder { folder in
      let (table, link, other) = ("\(folder)/t.csv", "\(folder)/link", "\(folder)/other")
      let text = "path,label\na,b\n"
      try AtomicFile.write(text, to: table)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: table)
      try FileManager.default.linkItem(atPath: table, toPath: other)
      for target in [table, "\(folder)/./t.csv", link, other] {
        let found = refusal { try pack(table, to: target) }
        #expect(found == .replacesTable(path: target, table: table))
        #expect(
          found?.description
            == "\(target): is the table \(table) itself, expected another file for the manifest; name one"
        )
        #expect(try FileBytes.read(table) == Array(text.utf8))
      }
      #expect(refusal { try pack(link, to: table) } == .replacesTable(path: table, table: link))
    }
  }

  /// Before a row is asked for, and with nothing left beside it.
  @Test func folderIsRefusedFirst() throws {
    try withTemporaryFolder { folder in
      let target = "\(folder)/m"
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
      var isAsked = false
      let found = refusal {
        try RowManifest.pack(to: target) { (_) throws(ManifestError) in isAsked = true }
      }
      #expect(found == .file(.isFolder(path: target)) && !isAsked)
      #expect(try FolderListing.items(folder, hidden: true).map(\.name) == ["m"])
    }
  }

  /// An error of a row that the caller catches is that of packing.
  @Test func errorsAreNotForgotten() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/m"
      let long = String(repeating: "x", count: 65_536)
      let rows: [(String, String, ManifestError)] = [
        ("", "b", .emptyPath(row: 1)), ("a", "", .emptyLabel(row: 1)),
        (long, "b", .longPath(row: 1, bytes: 65_536)),
      ]
      for (file, label, error) in rows {
        let found = refusal {
          try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
            try packer.add("a", label: "b")
            try? packer.add(file, label: label)
            try? packer.add("c", label: "b")
            #expect(packer.count == 1)
          }
        }
        #expect(found == error)
        #expect(!FilePath.isFile(path))
      }
      #expect(ManifestError.emptyPath(row: 1).description.hasPrefix("row 1: its path is empty"))
    }
  }

  /// The disk is full for a while, and the caller goes on.
  @Test func fullDiskIsNotForgotten() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        let (path, long) = ("\(folder)/m", String(repeating: "p", count: 60_000))
        var failures = 0
        do throws(ManifestError) {
          try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
            func add(_ rows: Range<Int>) {
              for row in rows {
                do throws(ManifestError) {
                  try packer.add("\(long)\(row)", label: "\(row % 3)")
                } catch { failures += 1 }
              }
            }
            withFileLimit(40_000_000) { add(0..<1200) }
            add(1200..<1300)
          }
          Issue.record("a manifest without its rows was written")
        } catch {
          guard case .file = error else {
            Issue.record("expected an error of the disk, got \(error)")
            return
          }
        }
        #expect(failures > 100 && !FilePath.isFile(path))
      }
    }
  }

  @Test func separatorsAreSeen() throws {
    try withTemporaryFolder { folder in
      let (table, path) = ("\(folder)/t.csv", "\(folder)/m")
      for mark in [",", ";", "\t", "|"] {
        // Spreadsheets leave columns without a name.
        let lines = [["size", "path", "label", "", ""], ["3", "a", "b", "", ""]]
        let text = lines.map { $0.joined(separator: mark) + "\n" }.joined()
        try AtomicFile.write(text, to: table)
        try pack(table, to: path)
        let manifest = try RowManifest(path: path)
        #expect(try manifest.path(of: 0) == "a" && manifest.classes.names == ["b"])
      }
    }
  }

  @Test func linesAreNamed() throws {
    try withTemporaryFolder { folder in
      let (table, path) = ("\(folder)/t.csv", "\(folder)/m")
      try AtomicFile.write(
        "path,label\na,b\n\n\(String(repeating: "x", count: 65_536)),b\n", to: table)
      let found = refusal { try pack(table, to: path) }
      #expect(found == .longCell(path: table, line: 4, column: "path", bytes: 65_536))
      #expect(
        found?.description
          == "\(table):4: the column 'path' has 65536 bytes, expected at most 65535; shorten it")
    }
  }

  /// Bytes that are no UTF-8, in either column; in another they do not matter.
  @Test func tablesOfOtherEncodings() throws {
    try withTemporaryFolder { folder in
      let (table, path) = ("\(folder)/t.csv", "\(folder)/m")
      for line in [[0xe9, 0x2c, 0x62, 0x2c, 0x63], [0x61, 0x2c, 0xe9, 0x2c, 0x63]] as [[UInt8]] {
        try AtomicFile.write(Array("path,label,size\na,b,c\n".utf8) + line + [0x0a], to: table)
        let found = refusal { try pack(table, to: path) }
        guard case .file(.malformedLine(table, 3, _)) = found else {
          Issue.record("bytes that are no text were taken")
          continue
        }
        #expect(!FilePath.isFile(path))
      }
    }
  }

  /// é in one character and in two is one class, with the spelling that came first.
  @Test func equalLabelsAreOneClass() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/m"
      let spellings = ["e\u{301}", "z", "\u{e9}"]
      for order in [spellings, spellings.reversed()] {
        try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
          for label in order { try packer.add("a", label: label) }
        }
        let manifest = try RowManifest(path: path)
        #expect(manifest.classes == ClassList(order) && manifest.counts.count == 2)
        let label = try #require(manifest.classes.index(of: "\u{e9}"))
        #expect(manifest.counts.counts[label] == 2)
        #expect(manifest.classes.names[label].utf8.elementsEqual(order[0].utf8))
      }
    }
  }
}
