/// Where a record of a ``PackedFile`` lies, and how it is checked.
public struct PackedRecord: Sendable, Equatable {
  /// Its bytes in the file.
  public let range: Range<Int>
  /// The CRC-32 of these bytes.
  public let checksum: UInt32
  /// SHA-256 of the bytes that the record was made of: those of the image file, or of the stored pixels.
  public let digest: ContentDigest
}

/// The index of a ``PackedFile``, read from the mapped file: 56 bytes a record, little-endian.
///
/// | bytes | content |
/// |---|---|
/// | 0–7 | offset in the file |
/// | 8–15 | length |
/// | 16–19 | CRC-32 |
/// | 20–23 | 0 |
/// | 24–55 | SHA-256 of the source |
struct PackedIndex: Sendable {
  static let entrySize = 56
  private let start: Int

  /// The index at a place, whose records must all lie before it.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` where it is of another length, or a record lies elsewhere.
  init(_ range: Range<Int>, records: Int, before end: Int, of file: MappedFile) throws(FileError) {
    start = range.lowerBound
    let (bytes, overflow) = records.multipliedReportingOverflow(by: Self.entrySize)
    guard !overflow, records >= 0, bytes == range.count else {
      throw .malformed(
        path: file.path,
        reason: "its index has \(range.count) bytes for \(records) records,"
          + " expected \(Self.entrySize) for each; pack the data again")
    }
    for number in 0..<records {
      let (offset, length) = place(number, of: file)
      guard offset <= end, length <= UInt64(end) - min(offset, UInt64(end)) else {
        throw .malformed(
          path: file.path,
          reason: "record \(number) lies outside the file; pack the data"
            + " again")
      }
    }
  }

  func record(_ number: Int, of file: MappedFile) -> PackedRecord {
    let (offset, length) = place(number, of: file)
    let entry = start + number * Self.entrySize
    let checksum = file.bytes.loadUnaligned(fromByteOffset: entry + 16, as: UInt32.self)
    return PackedRecord(
      range: Int(offset)..<Int(offset + length), checksum: UInt32(littleEndian: checksum),
      digest: ContentDigest(file.bytes, at: entry + 24))
  }

  /// The entry of a record, as it stands in the file.
  static func entry(of record: PackedRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in [UInt64(record.range.lowerBound), UInt64(record.range.count)] {
      bytes += withUnsafeBytes(of: number.littleEndian, Array.init)
    }
    bytes += withUnsafeBytes(of: record.checksum.littleEndian, Array.init) + [0, 0, 0, 0]
    return bytes + record.digest.bytes
  }

  private func place(_ number: Int, of file: MappedFile) -> (offset: UInt64, length: UInt64) {
    let entry = start + number * Self.entrySize
    func word(at offset: Int) -> UInt64 {
      UInt64(littleEndian: file.bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return (word(at: entry), word(at: entry + 8))
  }
}
