import Requirements

/// What a record of a ``PackedFile`` is written from.
public struct PackedContent: Sendable {
  /// Its name in the archive.
  public let name: String
  /// Its bytes.
  public let bytes: [UInt8]
  /// SHA-256 of what it was made of.
  public let digest: ContentDigest

  /// A record of its parts.
  public init(name: String, bytes: [UInt8], digest: ContentDigest) {
    (self.name, self.bytes, self.digest) = (name, bytes, digest)
  }
}

extension PackedFile {
  /// Writes a packed file; it has its name only when it is whole.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - content: what the records are, at most 1,024 bytes of UTF-8.
  ///   - source: by what it is known whether they are still those of their source, at most 256 bytes.
  ///   - table: the bytes of the table; nil leaves it out.
  ///   - count: records, N.
  ///   - step: records that are made before they are written, at least 1: enough for all threads, few enough to hold.
  ///   - records: makes some records, in order; never more than `step`.
  /// - Throws: ``FileError`` of the disk, or what `records` threw; what stood under the name is untouched then.
  public static func write(
    to path: String, content: String, source: String, table: [UInt8]?, count: Int,
    step: Int = 128, records: (Range<Int>) throws(FileError) -> [PackedContent]
  ) throws(FileError) {
    require(
      content.utf8.count <= 1024 && source.utf8.count <= 256,
      "PackedFile.write: expected at most 1024 and 256 bytes of text, got \(content.utf8.count) and"
        + " \(source.utf8.count)")
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      var (offset, index) = (0, [UInt8]())
      index.reserveCapacity(count * PackedIndex.entrySize)
      for start in stride(from: 0, to: count, by: step) {
        for record in try records(start..<min(start + step, count)) {
          let range = try append(record.name, record.bytes, to: &sink, at: &offset)
          index += PackedIndex.entry(
            of: PackedRecord(
              range: range, checksum: record.bytes.checksum, digest: record.digest))
        }
      }
      var header = Header(
        format: format, records: count, content: content, source: source,
        index: .init(offset: 0, bytes: 0, crc32: 0))
      if let table {
        header.table = try section(tableName, table, to: &sink, at: &offset)
      }
      header.index = try section(folder + "index", index, to: &sink, at: &offset)
      try append(folder + "pack.json", try bytes(of: header, path), to: &sink, at: &offset)
      try sink.write(TarHeader.end)
    }
  }

  private static func section(
    _ name: String, _ bytes: [UInt8], to sink: inout FileSink, at offset: inout Int
  ) throws(FileError) -> Header.Section {
    let range = try append(name, bytes, to: &sink, at: &offset)
    return .init(offset: range.lowerBound, bytes: range.count, crc32: bytes.checksum)
  }

  /// Appends a member and returns where its content lies.
  @discardableResult
  private static func append(
    _ name: String, _ bytes: [UInt8], to sink: inout FileSink, at offset: inout Int
  ) throws(FileError) -> Range<Int> {
    let head = TarHeader.bytes(name: name, size: bytes.count)
    let start = offset + head.count
    let padding = TarHeader.padding(after: bytes.count)
    try sink.write(head)
    try sink.write(bytes)
    try sink.write([UInt8](repeating: 0, count: padding))
    offset = start + bytes.count + padding
    return start..<start + bytes.count
  }

  /// The last member: JSON, filled up with blanks so that it is found from the end.
  private static func bytes(of header: Header, _ path: String) throws(FileError) -> [UInt8] {
    guard let json = try? JSONFile.encode(header), json.count <= headerSize else {
      throw .malformed(path: path, reason: "its header does not fit into \(headerSize) bytes")
    }
    return json + [UInt8](repeating: UInt8(ascii: " "), count: headerSize - json.count)
  }
}

extension [UInt8] {
  /// The CRC-32 of the bytes.
  fileprivate var checksum: UInt32 { withUnsafeBytes { CRC32.checksum($0) } }
}
