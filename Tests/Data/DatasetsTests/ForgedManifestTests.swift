import Datasets
import Files
import Foundation
import Sampling
import TestSupport
import Testing

/// Manifests whose checksums are right and whose numbers are not.
@Suite struct ForgedManifestTests {
  /// A manifest as bytes, to be changed and given checksums anew.
  struct Forgery {
    var bytes: [UInt8]
    /// Where the footer and the tail begin.
    var footer: Int { bytes.count - 56 }
    var tail: Int { Int(self[footer + 32]) }

    /// The 8 bytes at a place.
    subscript(place: Int) -> Int64 {
      get { (0..<8).reduce(0) { $0 | Int64(bytes[place + $1]) << (8 * $1) } }
      set {
        for index in 0..<8 {
          bytes[place + index] = UInt8(truncatingIfNeeded: newValue >> (8 * index))
        }
      }
    }

    private func checksum(_ range: Range<Int>) -> UInt32 {
      bytes[range].withUnsafeBytes { CRC32.checksum($0) }
    }

    private mutating func put(_ value: UInt32, at place: Int) {
      for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }

    /// Checksums of the footer, and of the tail where it still lies before the footer.
    mutating func seal() {
      if self[footer + 32] >= 0, self[footer + 32] <= footer {
        put(checksum(tail..<footer), at: footer + 40)
      }
      put(checksum(footer..<footer + 44), at: footer + 44)
    }

    /// The checksum of the only chunk, which is the last number of the tail.
    mutating func sealRows() {
      put(checksum(16..<tail), at: footer - 4)
      seal()
    }
  }

  private func forgery(_ rows: Int, in folder: String) throws -> (path: String, Forgery) {
    let path = try RowManifestTests.packed(RowManifestTests.rows(rows), in: folder)
    return (path, Forgery(bytes: try FileBytes.read(path)))
  }

  private func put(_ forgery: Forgery, at path: String) throws {
    try Data(forgery.bytes).write(to: URL(fileURLWithPath: path))
  }

  /// Opens a file and asks for every row that it says it has; what it says must be of one piece.
  private func readAll(_ path: String) throws(ManifestError) {
    let manifest = try RowManifest(path: path)
    #expect(manifest.counts.counts.reduce(0, +) == manifest.count && manifest.count <= 1000)
    for row in 0..<manifest.count {
      #expect(manifest.rows(of: manifest.label(of: row)).contains(row))
      do throws(ManifestError) {
        _ = try manifest.path(of: row)
        #expect(try (0..<manifest.count).contains(manifest.tableRow(of: row)))
      } catch .damagedRows {}
    }
  }

  /// The footer has fewer or more rows than the classes together.
  @Test func countsAddUp() throws {
    try withTemporaryFolder { folder in
      let (path, whole) = try forgery(200, in: folder)
      for rows in [0, 193, 199, 201, 255, 256] as [Int64] {
        var forged = whole
        forged[forged.footer] = rows
        forged.seal()
        try put(forged, at: path)
        #expect(throws: ManifestError.damaged(path: path)) { try readAll(path) }
      }
      // Counts that are 200 only modulo 2⁶⁴, and one that is far beyond the file.
      let names = RowManifestTests.rows(200).map(\.label)
      let counts = whole.tail + Set(names).reduce(0) { $0 + 4 + $1.utf8.count }
      for count in [1 << 20, 1 << 62, .max, -1, 0] as [Int64] {
        var forged = whole
        forged[counts + 8] = count
        forged.seal()
        try put(forged, at: path)
        #expect(throws: ManifestError.damaged(path: path)) { try readAll(path) }
      }
    }
  }

  /// Every number and every byte of tail and footer, changed to several values, with checksums that fit.
  @Test func everyFieldIsChecked() throws {
    try withTemporaryFolder { folder in
      let (path, whole) = try forgery(130, in: folder)
      let values: [Int64] = [
        0, 1, 2, -1, 16, 129, 131, 1 << 31, 1 << 32, 1 << 55, 1 << 56, 1 << 61, .max, .min,
      ]
      for place in whole.tail..<whole.footer + 40 {
        for value in values + [whole[place] + 1, whole[place] - 1] {
          var forged = whole
          forged[place] = value
          forged.seal()
          try put(forged, at: path)
          do throws(ManifestError) { try readAll(path) } catch {
            #expect(error == .damaged(path: path))
          }
        }
      }
    }
  }

  /// Bytes of the rows, changed with checksums that fit: a row is refused or has a number of the table.
  @Test func rowsAreReadWithinTheirBlock() throws {
    try withTemporaryFolder { folder in
      let (path, whole) = try forgery(70, in: folder)
      let values: [UInt8] = [0, 1, 0x7f, 0x80, 0xff]
      for place in stride(from: 16, to: whole.tail, by: 2) {
        var forged = whole
        forged.bytes[place] = values[place % values.count]
        forged.sealRows()
        try put(forged, at: path)
        try readAll(path)
      }
    }
  }

  /// What is mapped changes with the file: places of blocks are looked at again when they are used.
  @Test(arguments: [-1, 0, 15, 1 << 40, .max] as [Int64], [false, true])
  func placesThatChange(value: Int64, isRead: Bool) throws {
    try withTemporaryFolder { folder in
      let (path, whole) = try forgery(130, in: folder)
      let manifest = try RowManifest(path: path)
      if isRead { _ = try manifest.path(of: 70) }
      // Places of four blocks, the last of them the end, and a checksum stand before the footer.
      for block in 1...2 {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(whole.footer - 4 - 8 * (4 - block)))
        try file.write(contentsOf: withUnsafeBytes(of: value.littleEndian) { Data($0) })
        try file.close()
        #expect(throws: ManifestError.damagedRows(path: path, rows: 0..<130)) {
          try manifest.path(of: 70)
        }
      }
    }
  }
}
