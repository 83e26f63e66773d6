/// The Castagnoli checksum that TensorBoard's records carry.
///
/// Source: RFC 3720, appendix B.4; the masking is TFRecord's.
package enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? (value >> 1) ^ 0x82f6_3b78 : value >> 1
    }
  }

  /// The checksum of `bytes`.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ ($0 >> 8) }
  }

  /// The checksum rotated and shifted, so that a checksum of checksums stays strong.
  package static func masked(_ bytes: [UInt8]) -> UInt32 {
    let crc = checksum(bytes)
    return ((crc >> 15) | (crc << 17)) &+ 0xa282_ead8
  }
}
