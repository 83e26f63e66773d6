/// Integers of a TIFF structure in its byte order; nil beyond the end.
struct TIFFReader {
  let bytes: UnsafeBufferPointer<UInt8>
  private let bigEndian: Bool
  /// Whether offsets have eight bytes (BigTIFF) and not four.
  let isBig: Bool

  /// - Returns: nil when the bytes begin as no TIFF.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: "II*\0".utf8) || bytes.starts(with: "II+\0".utf8) {
      bigEndian = false
    } else if bytes.starts(with: "MM\0*".utf8) || bytes.starts(with: "MM\0+".utf8) {
      bigEndian = true
    } else {
      return nil
    }
    self.bytes = bytes
    isBig = bytes[2] == 0x2B || bytes[3] == 0x2B
  }

  /// - Parameter count: bytes of the integer, at most 8; one beyond 2⁶³ is nil.
  func integer(at offset: Int, bytes count: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - count else { return nil }
    var value: UInt64 = 0
    for i in 0..<count {
      value = value << 8 | UInt64(bytes[offset + (bigEndian ? i : count - 1 - i)])
    }
    return Int(exactly: value)
  }
}
