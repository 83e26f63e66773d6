/// TensorBoard's `Event` message and the record around it, as bytes.
///
/// Only what scalars need of the protocol buffers is encoded: `wall_time` (1, double), `step`
/// (2, int64), `file_version` (3, string), `summary` (5) of `value` (1): `tag` (1), `simple_value`
/// (2, float).
package enum EventRecord {
  /// The record every file begins with.
  package static func version(at time: Double) -> [UInt8] {
    framed(double(1, time) + text(3, "brain.Event:2"))
  }

  /// One step's numbers under their tags.
  package static func scalars(
    _ values: [(tag: String, value: Double)], step: Int, at time: Double
  ) -> [UInt8] {
    let summary = values.flatMap { tag, value in
      message(1, text(1, tag) + float(2, Float(value)))
    }
    return framed(
      double(1, time) + [2 << 3] + varint(UInt64(bitPattern: Int64(step))) + message(5, summary))
  }

  /// Length, checksum of the length, data, checksum of the data: a TFRecord.
  package static func framed(_ data: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(data.count))
    return length + littleEndian(CRC32C.masked(length)) + data
      + littleEndian(CRC32C.masked(data))
  }

  private static func double(_ field: UInt8, _ value: Double) -> [UInt8] {
    [field << 3 | 1] + littleEndian(value.bitPattern)
  }
  private static func float(_ field: UInt8, _ value: Float) -> [UInt8] {
    [field << 3 | 5] + littleEndian(value.bitPattern)
  }
  private static func text(_ field: UInt8, _ value: String) -> [UInt8] {
    message(field, Array(value.utf8))
  }
  private static func message(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [field << 3 | 2] + varint(UInt64(bytes.count)) + bytes
  }
  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
  private static func littleEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
