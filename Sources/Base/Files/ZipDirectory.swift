/// Reads the central directory of a zip archive; every offset is checked before it is used.
struct ZipDirectory {
  private let bytes: UnsafeRawBufferPointer
  private let name: String

  init(_ bytes: UnsafeRawBufferPointer, name: String) {
    self.bytes = bytes
    self.name = name
  }

  private struct Location {
    var count: Int
    var offset: Int
  }

  func entries() throws(FileError) -> [ZipArchive.Entry] {
    let end = try endRecord()
    var location = Location(
      count: try integer(end + 10, UInt16.self), offset: try integer(end + 16, UInt32.self))
    if location.count == 0xFFFF || location.offset == 0xFFFF_FFFF {
      location = try zip64Location(before: end) ?? location
    }
    var entries: [ZipArchive.Entry] = []
    var offset = location.offset
    for _ in 0..<location.count {
      let (entry, next) = try entry(at: offset)
      entries.append(entry)
      offset = next
    }
    return entries
  }

  /// Where the data of `entry` stand, after its local header.
  func dataRange(of entry: ZipArchive.Entry) throws(FileError) -> Range<Int> {
    let header = entry.headerOffset
    guard try integer(header, UInt32.self) == 0x0403_4B50 else {
      throw damaged("the entry '\(entry.name)' has no header where the directory says")
    }
    let start =
      try header + 30 + integer(header + 26, UInt16.self) + integer(header + 28, UInt16.self)
    guard start <= bytes.count, entry.compressedSize <= bytes.count - start else {
      throw damaged("the entry '\(entry.name)' reaches beyond the end of the file")
    }
    return start..<start + entry.compressedSize
  }

  /// The end-of-directory record: searched backwards, because a comment may follow it.
  private func endRecord() throws(FileError) -> Int {
    var offset = bytes.count - 22
    let lowest = max(0, bytes.count - 22 - 0xFFFF)
    while offset >= lowest {
      if try integer(offset, UInt32.self) == 0x0605_4B50 { return offset }
      offset -= 1
    }
    throw .malformed(
      path: name, reason: "is not a zip archive, or its end is missing (a download cut short?)")
  }

  private func zip64Location(before end: Int) throws(FileError) -> Location? {
    guard end >= 20, try integer(end - 20, UInt32.self) == 0x0706_4B50 else { return nil }
    let record = try integer(end - 12, UInt64.self)
    guard try integer(record, UInt32.self) == 0x0606_4B50 else {
      throw damaged("its zip64 record is damaged")
    }
    return Location(
      count: try integer(record + 32, UInt64.self), offset: try integer(record + 48, UInt64.self))
  }

  private func entry(at offset: Int) throws(FileError) -> (ZipArchive.Entry, next: Int) {
    guard try integer(offset, UInt32.self) == 0x0201_4B50 else {
      throw damaged("its central directory is damaged")
    }
    let nameLength = try integer(offset + 28, UInt16.self)
    let extraLength = try integer(offset + 30, UInt16.self)
    let commentLength = try integer(offset + 32, UInt16.self)
    let next = offset + 46 + nameLength + extraLength + commentLength
    guard next <= bytes.count else { throw damaged("its central directory is cut off") }
    let text = String(decoding: bytes[offset + 46..<offset + 46 + nameLength], as: UTF8.self)
    var sizes = [
      try integer(offset + 24, UInt32.self), try integer(offset + 20, UInt32.self),
      try integer(offset + 42, UInt32.self),
    ]
    let extra = offset + 46 + nameLength
    try widen(&sizes, extra: extra..<extra + extraLength)
    return (
      ZipArchive.Entry(
        name: text, size: sizes[0],
        method: UInt16(truncatingIfNeeded: try integer(offset + 10, UInt16.self)),
        flags: UInt16(truncatingIfNeeded: try integer(offset + 8, UInt16.self)),
        checksum: UInt32(truncatingIfNeeded: try integer(offset + 16, UInt32.self)),
        compressedSize: sizes[1], headerOffset: sizes[2]),
      next
    )
  }

  /// Replaces the sizes that say "see the zip64 field" (all bits set), which follow there in order.
  private func widen(_ sizes: inout [Int], extra: Range<Int>) throws(FileError) {
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let kind = try integer(offset, UInt16.self)
      let length = try integer(offset + 2, UInt16.self)
      if kind == 1 {
        var field = offset + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          sizes[index] = try integer(field, UInt64.self)
          field += 8
        }
        return
      }
      offset += 4 + length
    }
  }

  /// A little-endian unsigned integer; beyond the file or beyond `Int` is an error.
  private func integer<T: FixedWidthInteger & UnsignedInteger>(
    _ offset: Int, _: T.Type
  ) throws(FileError) -> Int {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<T>.size else {
      throw damaged("its directory points beyond the end of the file")
    }
    let value = T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    // A quarter of the range: sums of a few offsets then cannot overflow.
    guard let number = Int(exactly: value), number < Int.max / 4 else {
      throw damaged("its directory holds an impossible size")
    }
    return number
  }

  private func damaged(_ reason: String) -> FileError {
    .malformed(path: name, reason: "is a damaged zip archive: \(reason)")
  }
}
