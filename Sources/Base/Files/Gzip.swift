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
    _ bytes: [UInt8], name: String, limit: Int = UnpackLimit.bytes
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

  /// The first bytes of a gzip file, up to `count`; the rest stays packed.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is no gzip file, truncated or corrupt.
  public static func head(
    _ bytes: [UInt8], name: String, count: Int
  ) throws(FileError) -> [UInt8] {
    guard isCompressed(bytes) else {
      throw .malformed(path: name, reason: "is not a gzip file")
    }
    return try bytes.withRawBytes { (raw) throws(FileError) in
      do throws(Inflate.Failure) {
        return try Inflate.bytes(raw, .gzip, limit: count, isHead: true).output
      } catch {
        throw .malformed(path: name, reason: reason(error, count))
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
