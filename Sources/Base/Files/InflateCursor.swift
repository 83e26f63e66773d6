import CZlib

/// A raw deflate stream that is unpacked piece by piece, from its beginning or from a ``RestartPoint``.
///
/// The packed bytes are given with each call, the same ones every time; one thread at a time uses a cursor.
final class InflateCursor: @unchecked Sendable {
  // Unchecked because of zlib's state: a member's pool hands a cursor to one reader at a time.

  private let stream: UnsafeMutablePointer<z_stream>
  private var next: Int
  /// Unpacked bytes that stand before what comes next.
  private(set) var position: Int
  /// Whether the stream is at its end.
  private(set) var isAtEnd = false

  /// - Parameters:
  ///   - packed: the whole stream.
  ///   - point: where to begin; `nil` is its first byte.
  /// - Throws: ``Inflate/Failure/corrupt`` where zlib refuses.
  init(_ packed: UnsafeRawBufferPointer, from point: RestartPoint? = nil) throws(Inflate.Failure) {
    (next, position) = (point?.input ?? 0, point?.output ?? 0)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    let raw = Inflate.Wrapping.raw.rawValue
    guard inflateInit2_(stream, raw, ZLIB_VERSION, size) == Z_OK else { throw .corrupt }
    guard let point else { return }
    if point.bits > 0 {
      // The block begins within the byte before: its upper bits go first.
      let byte = Int32(packed[point.input - 1] >> UInt8(8 - point.bits))
      guard inflatePrime(stream, point.bits, byte) == Z_OK else { throw .corrupt }
    }
    guard inflateSetDictionary(stream, point.window, UInt32(point.window.count)) == Z_OK else {
      throw .corrupt
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks into `room` until it is full or the stream ends.
  ///
  /// - Parameters:
  ///   - packed: the whole stream, as when the cursor was made.
  ///   - room: where the bytes go.
  ///   - stopsAtBlocks: whether to stop also where a block ends.
  /// - Returns: bytes written.
  /// - Throws: ``Inflate/Failure``.
  func read(
    _ packed: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer,
    stopsAtBlocks: Bool = false
  ) throws(Inflate.Failure) -> Int {
    var made = 0
    while made < room.count && !isAtEnd {
      let feed = min(packed.count - next, 1 << 30)
      let space = min(room.count - made, 1 << 30)
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: packed.baseAddress?.advanced(by: next).assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(feed)
      stream.pointee.next_out = room.baseAddress?.advanced(by: made)
        .assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(space)
      let code = inflate(stream, stopsAtBlocks ? Z_BLOCK : Z_NO_FLUSH)
      let took = feed - Int(stream.pointee.avail_in)
      let gave = space - Int(stream.pointee.avail_out)
      next += took
      made += gave
      position += gave
      isAtEnd = code == Z_STREAM_END
      guard isAtEnd || code == Z_OK || code == Z_BUF_ERROR else { throw .corrupt }
      // A block takes ten bits at least, so at its end too something was taken.
      if took == 0 && gave == 0 && !isAtEnd { throw .truncated }
      if stopsAtBlocks && isBetweenBlocks { break }
    }
    return made
  }

  /// Whether a block ended just now and another follows.
  var isBetweenBlocks: Bool {
    stream.pointee.data_type & 128 != 0 && stream.pointee.data_type & 64 == 0
  }

  /// Where the stream can be taken up again, if ``isBetweenBlocks``.
  ///
  /// - Parameter window: the last 32,768 unpacked bytes, or all where there are fewer.
  func point(window: [UInt8]) -> RestartPoint {
    RestartPoint(
      output: position, input: next, bits: stream.pointee.data_type & 7, window: window)
  }
}

/// Where a deflate stream can be taken up: between two blocks, with what the next may refer to.
struct RestartPoint: Sendable {
  /// Unpacked bytes before it.
  let output: Int
  /// Offset of the first packed byte that has not been used.
  let input: Int
  /// Bits of the byte before that belong to what follows.
  let bits: Int32
  /// At most 32,768 unpacked bytes that stand before it.
  let window: [UInt8]
}
