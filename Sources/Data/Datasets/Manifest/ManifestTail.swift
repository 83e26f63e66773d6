import Files

/// What stands behind the rows of a manifest: classes, where blocks begin, checksums; see ``ManifestFormat``.
struct ManifestTail: Sendable {
  var names: [String] = []
  /// Rows of each class, `[C]`.
  var counts: [Int] = []
  /// Where each block begins, and the end of the last. Empty in one that was read: they stay in the file.
  var blocks: [Int] = []
  /// CRC-32 of each chunk.
  var checksums: [UInt32] = []
  /// Bytes and time of modification of the table; 0 where there was none.
  var tableBytes = 0
  var tableModified = 0
  /// Where the places of blocks stand in a file that was read.
  var blocksOffset = 0

  /// The bytes of the tail.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for name in names {
      bytes.append(littleEndian: UInt32(name.utf8.count))
      bytes.append(contentsOf: name.utf8)
    }
    for count in counts { bytes.append(littleEndian: Int64(count)) }
    for block in blocks { bytes.append(littleEndian: Int64(block)) }
    for checksum in checksums { bytes.append(littleEndian: checksum) }
    return bytes
  }

  /// The footer behind a tail.
  ///
  /// - Parameters:
  ///   - bytes: the tail.
  ///   - offset: where it begins.
  func footer(of bytes: [UInt8], at offset: Int) -> [UInt8] {
    var footer: [UInt8] = []
    for value in [counts.reduce(0, +), names.count, tableBytes, tableModified, offset] {
      footer.append(littleEndian: Int64(value))
    }
    footer.append(littleEndian: bytes.withUnsafeBytes { CRC32.checksum($0) })
    footer.append(littleEndian: footer.withUnsafeBytes { CRC32.checksum($0) })
    return footer + ManifestFormat.end
  }

  private init?(_ cursor: inout ManifestCursor, rows: Int, classes: Int) {
    for _ in 0..<classes {
      guard let length = cursor.integer(UInt32.self), let name = cursor.take(Int(length)),
        let name = String(validating: name, as: UTF8.self)
      else { return nil }
      names.append(name)
    }
    for _ in 0..<classes {
      guard let count = cursor.count() else { return nil }
      counts.append(count)
    }
    blocksOffset = cursor.offset
    guard cursor.take((ManifestFormat.blocks(rows) + 1) * 8) != nil else { return nil }
    for _ in 0..<ManifestFormat.chunks(rows) {
      guard let checksum = cursor.integer(UInt32.self) else { return nil }
      checksums.append(checksum)
    }
  }

  init() {}

  /// Reads and checks footer and tail.
  ///
  /// - Throws: ``ManifestError/foreign(path:)``, ``ManifestError/newer(path:version:)``,
  ///   ``ManifestError/cutShort(path:)`` or ``ManifestError/damaged(path:)``.
  static func read(_ file: MappedFile) throws(ManifestError) -> ManifestTail {
    let (bytes, path) = (file.bytes, file.path)
    var head = ManifestCursor(bytes: bytes, offset: 0)
    guard let name = head.take(8), name.elementsEqual(ManifestFormat.head) else {
      throw .foreign(path: path)
    }
    guard let version = head.integer(UInt32.self) else { throw .cutShort(path: path) }
    guard version == ManifestFormat.version else {
      throw .newer(path: path, version: Int(version))
    }
    guard let unused = head.integer(UInt32.self) else { throw .cutShort(path: path) }
    guard unused == 0 else { throw .damaged(path: path) }
    let footer = bytes.count - ManifestFormat.footerBytes
    guard footer >= ManifestFormat.headBytes,
      bytes.suffix(8).elementsEqual(ManifestFormat.end)
    else { throw .cutShort(path: path) }
    guard let tail = checked(bytes, footer) else { throw .damaged(path: path) }
    return tail
  }

  private static func checked(_ bytes: UnsafeRawBufferPointer, _ footer: Int) -> ManifestTail? {
    let part = { (range: Range<Int>) in
      CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
    var cursor = ManifestCursor(bytes: bytes, offset: footer)
    guard let rows = cursor.count(), let classes = cursor.count(), let size = cursor.count(),
      let modified = cursor.integer(Int64.self), let offset = cursor.count(),
      let sum = cursor.integer(UInt32.self), let own = cursor.integer(UInt32.self),
      own == part(footer..<footer + 44), offset >= ManifestFormat.headBytes, offset <= footer,
      sum == part(offset..<footer), rows >= 1, rows < 1 << 56, classes <= footer
    else { return nil }
    cursor.offset = offset
    guard var tail = ManifestTail(&cursor, rows: rows, classes: classes),
      cursor.offset == footer, tail.has(rows)
    else { return nil }
    (tail.tableBytes, tail.tableModified) = (size, Int(modified))
    return tail.isWhole(bytes, rows: rows, end: offset) ? tail : nil
  }

  /// Whether the rows of the classes add up to `rows`, so that no row lies behind the last block.
  private func has(_ rows: Int) -> Bool {
    var rest = rows
    for count in counts {
      guard count >= 1, count <= rest else { return false }
      rest -= count
    }
    return rest == 0
  }

  /// Whether blocks follow each other from the head to the tail.
  private func isWhole(_ bytes: UnsafeRawBufferPointer, rows: Int, end: Int) -> Bool {
    var cursor = ManifestCursor(bytes: bytes, offset: blocksOffset)
    guard var before = cursor.count(), before == ManifestFormat.headBytes else { return false }
    for _ in 0..<ManifestFormat.blocks(rows) {
      guard let block = cursor.count(), block > before else { return false }
      before = block
    }
    return before == end
  }
}
