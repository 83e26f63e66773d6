import CZlib

/// The CRC-32 that zip, gzip and PNG store, through zlib.
package enum CRC32 {
  /// The checksum of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: any number.
  ///   - before: the checksum of what stands before them.
  package static func checksum(
    _ bytes: UnsafeRawBufferPointer, after before: UInt32 = 0
  ) -> UInt32 {
    // zlib takes no bytes at no address for the beginning of a new checksum.
    guard !bytes.isEmpty else { return before }
    return UInt32(
      truncatingIfNeeded: crc32_z(
        UInt(before), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
