import CZlib

/// Whole gzip files in memory (RFC 1952).
public enum Gzip {
  /// Whether `bytes` start as a gzip file does.
  public static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Decompresses all members of a gzip file.
  ///
  /// - Parameters:
  ///   - bytes: the compressed file.
  ///   - name: what errors call it.
  ///   - limit: refuse to make more than this many bytes.
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is truncated, corrupt or too long.
  public static func decompress(
    _ bytes: [UInt8], name: String, limit: Int = 1 << 36
  ) throws(FileError) -> [UInt8] {
    guard isCompressed(bytes) else {
      throw .malformed(path: name, reason: "is not a gzip file")
    }
    return try bytes.withRawBytes { (raw) throws(FileError) in
      var output: [UInt8] = []
      var rest = raw
      repeat {
        do throws(Inflate.Failure) {
          let member = try Inflate.bytes(rest, .gzip, limit: limit - output.count)
          if output.isEmpty { output = member.output } else { output += member.output }
          rest = UnsafeRawBufferPointer(rebasing: rest[member.consumed...])
        } catch {
          throw .malformed(path: name, reason: reason(error, limit))
        }
        // Zero padding after the last member is allowed, as gzip itself does.
      } while rest.contains { $0 != 0 }
      return output
    }
  }

  /// Compresses `bytes` into one gzip member without name or time, so equal input gives equal output.
  public static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    // The bound holds for the zlib wrapping; gzip's header and trailer are 12 bytes longer.
    let room = Int(deflateBound(&stream, UInt(bytes.count))) + 32
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        deflate(&stream, Z_FINISH)
        count = room - Int(stream.avail_out)
      }
    }
  }

  private static func reason(_ failure: Inflate.Failure, _ limit: Int) -> String {
    switch failure {
    case .truncated: "the gzip data end too early; copy or download the file again"
    case .corrupt: "the gzip data are corrupt; copy or download the file again"
    case .tooLong: "holds more than \(limit) bytes when decompressed"
    }
  }
}
