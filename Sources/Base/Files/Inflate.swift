import CZlib

/// Deflate streams through zlib, in the wrappings that files use.
enum Inflate {
  /// How the stream is wrapped, as zlib's `windowBits`.
  enum Wrapping: Int32 {
    case raw = -15
    case gzip = 31
  }

  /// Why a stream could not be read.
  enum Failure: Error {
    case truncated
    case corrupt
    case tooLong
  }

  /// The decompressed bytes and how many bytes of `input` they took.
  ///
  /// - Parameters:
  ///   - limit: More output than this many bytes is ``Failure/tooLong``.
  ///   - isHead: Whether the first `limit` bytes are all that is wanted; the rest is left packed.
  static func bytes(
    _ input: UnsafeRawBufferPointer, _ wrapping: Wrapping, limit: Int, isHead: Bool = false
  ) throws(Failure) -> (output: [UInt8], consumed: Int) {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, size) == Z_OK else {
      throw .corrupt
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    // A header may lie about the size: room grows with what really comes out.
    output.reserveCapacity(min(limit, max(1 << 12, input.count * 4)))
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var consumed = 0
    while true {
      let feed = min(input.count - consumed, 1 << 30)
      let (code, took, made) = step(&stream, input, from: consumed, count: feed, into: &piece)
      consumed += took
      guard output.count + made <= limit || isHead else { throw .tooLong }
      output += piece[..<min(made, limit - output.count)]
      if code == Z_STREAM_END || isHead && output.count == limit { return (output, consumed) }
      guard code == Z_OK || code == Z_BUF_ERROR else { throw .corrupt }
      if took == 0 && made == 0 { throw .truncated }
    }
  }

  private static func step(
    _ stream: inout z_stream, _ input: UnsafeRawBufferPointer, from offset: Int, count: Int,
    into piece: inout [UInt8]
  ) -> (code: Int32, took: Int, made: Int) {
    piece.withUnsafeMutableBufferPointer { room in
      stream.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.advanced(by: offset).assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(count)
      stream.next_out = room.baseAddress
      stream.avail_out = UInt32(room.count)
      let code = inflate(&stream, Z_NO_FLUSH)
      return (code, count - Int(stream.avail_in), room.count - Int(stream.avail_out))
    }
  }
}
