import Files
import Randomness

/// A deflate stream (RFC 1951) of blocks that zlib rarely writes: stored ones, empty ones, and those of fixed codes, each
/// beginning at any bit.
struct DeflateBlocks {
  /// The stream, once ``finish()`` was called.
  private(set) var packed: [UInt8] = []
  /// What it unpacks to.
  private(set) var content: [UInt8] = []
  private var bits: UInt64 = 0
  private var count = 0

  /// Bytes as they are, at most 65,535.
  mutating func stored(_ bytes: [UInt8], isLast: Bool = false) {
    put(isLast ? 1 : 0, 3)
    if count % 8 > 0 { put(0, 8 - count % 8) }
    put(UInt64(bytes.count), 16)
    put(UInt64(~UInt16(bytes.count)), 16)
    for byte in bytes { put(UInt64(byte), 8) }
    content += bytes
  }

  /// Bytes in fixed codes, then the last of them so many times 258 more.
  mutating func fixed(_ bytes: [UInt8], repeats: Int = 0, isLast: Bool = false) {
    put(isLast ? 0b011 : 0b010, 3)
    for byte in bytes {
      // Codes stand with their highest bit first: 00110000 and on for 0…143, 110010000 and on above.
      if byte < 144 { code(48 + UInt64(byte), 8) } else { code(400 + UInt64(byte) - 144, 9) }
    }
    content += bytes
    for _ in 0..<(content.isEmpty ? 0 : repeats) {
      // Length 258 is symbol 285, distance 1 is symbol 0.
      code(0b1100_0101, 8)
      code(0, 5)
      content += [UInt8](repeating: content[content.count - 1], count: 258)
    }
    code(0, 7)
  }

  /// The last bits.
  mutating func finish() { if count % 8 > 0 { put(0, 8 - count % 8) } }

  private mutating func code(_ value: UInt64, _ width: Int) {
    for place in (0..<width).reversed() { put(value >> UInt64(place) & 1, 1) }
  }

  private mutating func put(_ value: UInt64, _ width: Int) {
    bits |= value << UInt64(count % 8)
    count += width
    var pending = (count - width) % 8 + width
    while pending >= 8 {
      packed.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      pending -= 8
    }
  }

  /// A zip archive with this one entry.
  func zip(_ name: String) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let checksum = content.withUnsafeBytes { CRC32.checksum($0) }
    let facts =
      little(8, 2) + little(0, 4) + little(Int(checksum), 4) + little(packed.count, 4)
      + little(content.count, 4) + little(name.utf8.count, 2) + little(0, 2)
    let local = little(0x0403_4B50, 4) + little(20, 2) + little(0, 2) + facts + name.utf8 + packed
    let central =
      little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(0, 2) + facts
      + little(0, 10) + little(0, 4) + name.utf8
    return local + central + little(0x0605_4B50, 4) + little(0, 4) + little(1, 2) + little(1, 2)
      + little(central.count, 4) + little(local.count, 4) + little(0, 2)
  }
}
