import Files
import Synchronization

/// The rows of an open manifest, checked when they are first asked for.
final class PackedRows: Sendable {
  private let file: MappedFile
  private let checksums: [UInt32]
  private let blocksOffset: Int
  private let count: Int
  /// Whether a chunk is known to be whole.
  private let checked: Mutex<[Bool]>

  /// - Parameters:
  ///   - file: a manifest.
  ///   - tail: what was read of it.
  ///   - count: its rows.
  init(_ file: MappedFile, _ tail: ManifestTail, count: Int) {
    self.file = file
    self.count = count
    checksums = tail.checksums
    blocksOffset = tail.blocksOffset
    checked = Mutex([Bool](repeating: false, count: tail.checksums.count))
  }

  /// A row's number in the table and its path.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Throws: ``ManifestError/damagedRows(path:rows:)``.
  func row(_ row: Int) throws(ManifestError) -> (origin: Int, path: String) {
    let chunk = row / ManifestFormat.chunkRows
    try check(chunk)
    let block = row / ManifestFormat.blockRows
    guard let bytes = bytes(of: block..<block + 1),
      let found = ManifestBlock.row(row % ManifestFormat.blockRows, in: bytes),
      found.origin < count, let path = String(validating: found.path, as: UTF8.self)
    else { throw damaged(chunk) }
    return (found.origin, path)
  }

  private func check(_ chunk: Int) throws(ManifestError) {
    if checked.withLock({ $0[chunk] }) { return }
    let first = chunk * ManifestFormat.chunkBlocks
    let last = min(first + ManifestFormat.chunkBlocks, ManifestFormat.blocks(count))
    guard let bytes = bytes(of: first..<last), CRC32.checksum(bytes) == checksums[chunk]
    else { throw damaged(chunk) }
    checked.withLock { $0[chunk] = true }
  }

  /// The bytes of some blocks; nil where they do not lie in order between head and tail. They did when the file was
  /// opened, but what is mapped changes with the file.
  private func bytes(of blocks: Range<Int>) -> UnsafeRawBufferPointer? {
    let (first, end) = (start(blocks.lowerBound), start(blocks.upperBound))
    guard first >= ManifestFormat.headBytes, first < end, end <= blocksOffset else { return nil }
    return UnsafeRawBufferPointer(rebasing: file.bytes[first..<end])
  }

  /// Where a block begins, as the file says now.
  private func start(_ block: Int) -> Int {
    Int(
      Int64(
        littleEndian: file.bytes.loadUnaligned(
          fromByteOffset: blocksOffset + 8 * block, as: Int64.self)))
  }

  private func damaged(_ chunk: Int) -> ManifestError {
    let first = chunk * ManifestFormat.chunkRows
    return .damagedRows(
      path: file.path, rows: first..<min(first + ManifestFormat.chunkRows, count))
  }
}
