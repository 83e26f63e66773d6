/// Places of a deflate stream from which it can be unpacked, so that a part far inside need not wait for all before it.
///
/// Source of the idea: zlib's `examples/zran.c` (Mark Adler): between two blocks a stream depends on nothing but its
/// place, at most seven bits, and the 32 KiB before it.
struct InflateIndex: Sendable {
  /// What a block may refer to.
  private static let window = 32_768
  /// Most points; with their windows 134 MB.
  static let mostPoints = 4096

  /// In the order of the stream; the first byte has none.
  let points: [RestartPoint]
  /// Bytes of the whole stream, unpacked.
  let size: Int
  /// CRC-32 of these bytes.
  let checksum: UInt32

  /// Unpacks a stream once, from end to end, in little memory.
  ///
  /// - Parameters:
  ///   - packed: the stream, raw.
  ///   - limit: more unpacked bytes than this are ``Inflate/Failure/tooLong``.
  ///   - span: unpacked bytes between two points, at least; a block that is longer has none inside.
  /// - Throws: ``Inflate/Failure`` for a stream that is damaged, ends early or does not end.
  init(_ packed: UnsafeRawBufferPointer, limit: Int, span: Int) throws(Inflate.Failure) {
    let cursor = try InflateCursor(packed)
    var points: [RestartPoint] = []
    var checksum: UInt32 = 0
    var recent = Recent(capacity: Self.window)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    while !cursor.isAtEnd {
      let count = try cursor.read(packed, into: piece, stopsAtBlocks: true)
      let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
      checksum = CRC32.checksum(bytes, after: checksum)
      recent.append(bytes)
      guard cursor.position <= limit else { throw .tooLong }
      if cursor.isBetweenBlocks, cursor.position - (points.last?.output ?? 0) >= span {
        points.append(cursor.point(window: recent.bytes))
      }
    }
    (self.points, self.checksum, size) = (points, checksum, cursor.position)
  }

  /// The last point at or before an unpacked byte; `nil` for the beginning.
  func point(before offset: Int) -> RestartPoint? {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].output <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : points[low - 1]
  }
}

/// The last bytes of a stream.
private struct Recent {
  private let capacity: Int
  private var tail: [UInt8] = []

  init(capacity: Int) { self.capacity = capacity }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    tail.append(contentsOf: bytes.suffix(capacity))
    // Cut now and then, so that a byte is moved twice at most.
    if tail.count > 8 * capacity { tail.removeFirst(tail.count - capacity) }
  }

  var bytes: [UInt8] { Array(tail.suffix(capacity)) }
}
