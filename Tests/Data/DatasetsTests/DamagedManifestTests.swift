import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Manifests and tables that are not as they should be.
@Suite struct DamagedManifestTests {
  private func refusal(_ body: () throws -> Void) -> ManifestError? {
    do {
      try body()
      return nil
    } catch { return error as? ManifestError }
  }

  @Test func damagedRowsAreNamed() throws {
    try withTemporaryFolder { folder in
      let path = try RowManifestTests.packed(RowManifestTests.rows(40_000), in: folder)
      var bytes = try FileBytes.read(path)
      bytes[bytes.count / 2] ^= 0x10
      try AtomicFile.write(bytes, to: path)
      let manifest = try RowManifest(path: path)
      #expect(throws: Never.self) { try manifest.path(of: 16_383) }
      #expect(throws: Never.self) { try manifest.path(of: 32_768) }
      for row in [16_384, 20_000, 32_767] {
        #expect(
          refusal { _ = try manifest.path(of: row) }
            == .damagedRows(path: path, rows: 16_384..<32_768))
      }
      #expect(
        refusal { _ = try manifest.tableRow(of: 20_000) }?.description
          == "\(path): rows 16384 to 32767 are damaged; pack the table again")
    }
  }

  /// Whatever byte is another, it is seen when the file is opened or when the row is read.
  @Test func everyByteCounts() throws {
    try withTemporaryFolder { folder in
      let path = try RowManifestTests.packed(RowManifestTests.rows(200), in: folder)
      let bytes = try FileBytes.read(path)
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= UInt8(1 << (place % 8))
        // Thousands of files need not outlive a power cut.
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        #expect(
          refusal {
            let manifest = try RowManifest(path: path)
            for row in 0..<manifest.count { _ = try manifest.path(of: row) }
          } != nil, "byte \(place)")
      }
    }
  }

  @Test func everyCutIsSeen() throws {
    try withTemporaryFolder { folder in
      let path = try RowManifestTests.packed(RowManifestTests.rows(100), in: folder)
      let bytes = try FileBytes.read(path)
      for count in 8..<bytes.count {
        try Data(bytes.prefix(count)).write(to: URL(fileURLWithPath: path))
        let found = refusal { _ = try RowManifest(path: path) }
        #expect(found == .cutShort(path: path), "\(count)")
      }
    }
  }

  @Test func foreignAndNewer() throws {
    try withTemporaryFolder { folder in
      let path = try RowManifestTests.packed(RowManifestTests.rows(10), in: folder)
      var bytes = try FileBytes.read(path)
      bytes[8] = 2
      try AtomicFile.write(bytes, to: path)
      let newer = refusal { _ = try RowManifest(path: path) }
      #expect(newer == .newer(path: path, version: 2))
      #expect(newer?.description.contains("of version 2, expected 1") == true)
      for text in ["", "path,label\n", "STEELRO"] {
        try AtomicFile.write(text, to: path)
        #expect(refusal { _ = try RowManifest(path: path) } == .foreign(path: path))
      }
      let missing = "\(folder)/none"
      #expect(
        refusal { _ = try RowManifest(path: missing) } == .file(.missing(path: missing)))
    }
  }

  @Test func tablesThatCannotBePacked() throws {
    try withTemporaryFolder { folder in
      let (table, path) = ("\(folder)/t.csv", "\(folder)/m")
      let pack = { (text: String) in
        try AtomicFile.write(text, to: table)
        return refusal {
          try RowManifest.pack(table: table, pathColumn: "path", labelColumn: "label", to: path)
        }
      }
      #expect(
        try pack("path,class\na,b\n")
          == .noSuchColumn(path: table, name: "label", found: ["path", "class"]))
      #expect(
        try pack("path,label\na,b\n,b\n") == .emptyCell(path: table, line: 3, column: "path"))
      #expect(
        try pack("path,label\na,\n") == .emptyCell(path: table, line: 2, column: "label"))
      #expect(try pack("path,label\n") == .noRows(path: path))
      let long = String(repeating: "x", count: 65_536)
      #expect(
        try pack("path,label\n\(long),b\n")
          == .longCell(path: table, line: 2, column: "path", bytes: 65_536))
      guard case .file(.malformedLine(table, 2, _)) = try pack("path,label\na\n") else {
        Issue.record("a line with too few fields was taken")
        return
      }
      #expect(try FolderListing.items(folder, hidden: true).map(\.name) == ["t.csv"])
    }
  }

  /// Packing that fails leaves what stood there, and nothing beside it.
  @Test func failureLeavesTheOldOne() throws {
    try withTemporaryFolder { folder in
      let path = try RowManifestTests.packed(RowManifestTests.rows(10), in: folder)
      let found = refusal {
        try RowManifest.pack(to: path) { (packer) throws(ManifestError) in
          try packer.add("a", label: "b")
          throw .noRows(path: "stopped")
        }
      }
      #expect(found == .noRows(path: "stopped"))
      #expect(try RowManifest(path: path).count == 10)
      #expect(
        Set(try FolderListing.items(folder, hidden: true).map(\.name)) == ["t.csv", "t.manifest"])
    }
  }
}
