import Files

/// The layout of a ``RowManifest``'s file, version 1. All numbers are little-endian.
///
///     head     "STEELROW", version (4 bytes), zero (4)
///     blocks   of 64 rows each, one behind the other (``ManifestBlock``)
///     tail     a class: bytes of its name (4), name; for each class, sorted by names
///              a class: rows (8); for each class
///              a block: where it begins in the file (8); for each block, and the end of the last
///              a chunk: CRC-32 of its blocks (4); a chunk is 256 blocks, 16,384 rows
///     footer   rows (8), classes (8), bytes of the table (8), its time of modification (8, ns since 1970),
///              where the tail begins (8), CRC-32 of the tail (4), CRC-32 of the footer so far (4), "STEELEND"
enum ManifestFormat {
  static let version = 1
  static let head = Array("STEELROW".utf8)
  static let end = Array("STEELEND".utf8)
  static let headBytes = 16
  static let footerBytes = 56
  static let blockRows = 64
  static let chunkBlocks = 256
  static let chunkRows = blockRows * chunkBlocks
  static let longestPath = 65_535

  /// Blocks that so many rows fill.
  static func blocks(_ rows: Int) -> Int { (rows + blockRows - 1) / blockRows }

  /// Chunks that so many rows fill.
  static func chunks(_ rows: Int) -> Int { (rows + chunkRows - 1) / chunkRows }
}

extension [UInt8] {
  /// Appends an integer, its lowest byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends a number that is not negative, seven bits a byte, the lowest first.
  mutating func append(variable value: Int) {
    var rest = UInt64(value)
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}

/// Reads a packed file from front to back; nil once it would read beyond the end.
struct ManifestCursor {
  let bytes: UnsafeRawBufferPointer
  var offset: Int

  mutating func integer<T: FixedWidthInteger>(_ type: T.Type) -> T? {
    guard let raw = take(MemoryLayout<T>.size) else { return nil }
    return T(littleEndian: raw.loadUnaligned(as: type))
  }

  /// An integer of 8 bytes that counts something; nil also where it is negative.
  mutating func count() -> Int? { integer(Int64.self).flatMap { $0 >= 0 ? Int($0) : nil } }

  /// A number as `append(variable:)` writes it.
  mutating func variable() -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 63, offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return Int(exactly: value) }
      shift += 7
    }
    return nil
  }

  mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }
}
