/// Writes NumPy's `.npz`: a zip archive of `.npy` arrays, stored as they are.
///
/// Equal arrays give equal bytes: every entry has the date 1980-01-01. Sizes from 4 GiB on stand in zip64 fields,
/// which NumPy and ``ZipArchive`` read.
public enum NpzWriter {
  /// Writes arrays under their names, atomically.
  ///
  /// - Parameters:
  ///   - arrays: names without `.npy`, and the bytes of a `.npy` file each.
  ///   - path: the file.
  /// - Throws: ``FileError`` as ``AtomicFile``.
  public static func write(
    _ arrays: [(name: String, npy: [UInt8])], to path: String
  ) throws(FileError) {
    try write(arrays, to: path, wideFrom: 0xFFFF_FFFF)
  }

  /// As ``write(_:to:)``, with zip64 fields from another size on, so that they can be tried without 4 GiB.
  package static func write(
    _ arrays: [(name: String, npy: [UInt8])], to path: String, wideFrom limit: Int
  ) throws(FileError) {
    try write(arrays.map { NpzPart($0.name, npy: $0.npy) }, to: path, wideFrom: limit)
  }

  /// Writes arrays that need not be in memory at once, atomically; each is gone through twice.
  ///
  /// - Parameters:
  ///   - parts: the arrays.
  ///   - path: the file.
  /// - Throws: ``FileError`` as ``AtomicFile``, and what giving out an array throws.
  public static func write(_ parts: [NpzPart], to path: String) throws(FileError) {
    try write(parts, to: path, wideFrom: 0xFFFF_FFFF)
  }

  private static func write(
    _ parts: [NpzPart], to path: String, wideFrom limit: Int
  ) throws(FileError) {
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      var offset = 0
      var directory: [UInt8] = []
      for part in parts {
        var checksum: UInt32 = 0
        try part.each { (bytes) throws(FileError) in
          checksum = CRC32.checksum(bytes, after: checksum)
        }
        let entry = ZipEntryHeader(
          name: part.name + ".npy", size: part.count, offset: offset, checksum: checksum,
          limit: limit)
        try sink.write(entry.local)
        try part.each { (bytes) throws(FileError) in try sink.write(bytes) }
        offset += entry.local.count + part.count
        directory += entry.central
      }
      try sink.write(directory)
      try sink.write(
        ZipEntryHeader.end(
          count: parts.count, directory: directory.count, offset: offset, limit: limit))
    }
  }
}

/// What a zip archive says of a stored entry.
private struct ZipEntryHeader {
  let name: String
  let size: Int
  let offset: Int
  let checksum: UInt32
  /// Numbers from here on stand in a zip64 field.
  let limit: Int

  /// 1980-01-01, the first day of zip's calendar.
  private static let day: UInt16 = 1 << 5 | 1
  private static let wide: UInt32 = 0xFFFF_FFFF

  /// The header before the entry's bytes.
  var local: [UInt8] {
    let isWide = size >= limit
    let extra = isWide ? bytes(UInt16(1)) + bytes(UInt16(16)) + bytes(size) + bytes(size) : []
    return bytes(UInt32(0x0403_4B50)) + common(isWide: isWide, extra: extra.count)
      + Array(name.utf8) + extra
  }

  /// The entry in the directory at the end.
  var central: [UInt8] {
    let (isWide, isFar) = (size >= limit, offset >= limit)
    let fields =
      (isWide ? bytes(size) + bytes(size) : []) + (isFar ? bytes(offset) : [])
    let extra = fields.isEmpty ? [] : bytes(UInt16(1)) + bytes(UInt16(fields.count)) + fields
    return bytes(UInt32(0x0201_4B50)) + bytes(UInt16(45))
      + common(isWide: isWide, extra: extra.count)
      + [UInt8](repeating: 0, count: 10)  // no comment, one disk, no attributes
      + bytes(isFar ? Self.wide : UInt32(truncatingIfNeeded: offset)) + Array(name.utf8) + extra
  }

  /// From the version that is needed to the length of the extra field.
  private func common(isWide: Bool, extra: Int) -> [UInt8] {
    let shown = isWide ? Self.wide : UInt32(truncatingIfNeeded: size)
    return bytes(UInt16(45)) + bytes(UInt16(1 << 11)) + bytes(UInt16(0)) + bytes(UInt16(0))
      + bytes(Self.day) + bytes(checksum) + bytes(shown) + bytes(shown)
      + bytes(UInt16(name.utf8.count)) + bytes(UInt16(extra))
  }

  /// The records that close the archive.
  static func end(count: Int, directory: Int, offset: Int, limit: Int) -> [UInt8] {
    let isWide = offset >= limit
    let wideRecord =
      bytes(UInt32(0x0606_4B50)) + bytes(44) + bytes(UInt16(45)) + bytes(UInt16(45))
      + bytes(UInt32(0)) + bytes(UInt32(0)) + bytes(count) + bytes(count) + bytes(directory)
      + bytes(offset)
    let locator =
      bytes(UInt32(0x0706_4B50)) + bytes(UInt32(0)) + bytes(offset + directory) + bytes(UInt32(1))
    return (isWide ? wideRecord + locator : [])
      + bytes(UInt32(0x0605_4B50)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(count))
      + bytes(UInt16(count)) + bytes(UInt32(directory))
      + bytes(isWide ? wide : UInt32(truncatingIfNeeded: offset)) + bytes(UInt16(0))
  }
}

/// The bytes of a number, lowest first; of an `Int` all eight.
private func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
