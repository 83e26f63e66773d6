import Files

/// Writes rows that come sorted by class, from the first byte of the file to the last.
struct ManifestWriter {
  /// Rows written so far.
  private(set) var rows = 0
  private var written = ManifestFormat.headBytes
  private var chunk: [UInt8] = []
  private var before: PackedRow?
  private var tail = ManifestTail()

  /// Writes the head.
  func begin(_ sink: inout FileSink) throws(FileError) {
    var head = ManifestFormat.head
    head.append(littleEndian: UInt32(ManifestFormat.version))
    head.append(littleEndian: UInt32(0))
    try sink.write(head)
  }

  /// Writes the next row.
  ///
  /// - Parameter row: its path stays where it is until the next one was written.
  mutating func add(_ row: PackedRow, _ sink: inout FileSink) throws(FileError) {
    if rows % ManifestFormat.chunkRows == 0 { try endChunk(&sink) }
    if rows % ManifestFormat.blockRows == 0 {
      tail.blocks.append(written + chunk.count)
      before = nil
    }
    ManifestBlock.append(row, after: before, to: &chunk)
    before = row
    rows += 1
  }

  private mutating func endChunk(_ sink: inout FileSink) throws(FileError) {
    guard !chunk.isEmpty else { return }
    tail.checksums.append(chunk.withUnsafeBytes { CRC32.checksum($0) })
    written += chunk.count
    try sink.write(chunk)
    chunk.removeAll(keepingCapacity: true)
  }

  /// Writes what stands behind the rows.
  ///
  /// - Parameters:
  ///   - names: of the classes, `[C]`.
  ///   - counts: rows of each, `[C]`.
  ///   - source: the table that was packed.
  mutating func finish(
    _ names: [String], _ counts: [Int], _ source: FileState?, _ sink: inout FileSink
  ) throws(FileError) {
    try endChunk(&sink)
    tail.blocks.append(written)
    (tail.names, tail.counts) = (names, counts)
    (tail.tableBytes, tail.tableModified) = (source?.size ?? 0, source?.modified ?? 0)
    let bytes = tail.encoded()
    try sink.write(bytes)
    try sink.write(tail.footer(of: bytes, at: written))
  }
}
