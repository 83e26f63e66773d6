import Files

/// The chunks of a PNG file, for what libvips does not say of one that is damaged.
///
/// Each chunk ends with a checksum. libvips 8.15 leaves it unread when it is told to fail on errors, and
/// draws whatever the damage made of the pixels.
struct PNGChunks {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the chunks lead to the closing `IEND`.
  var haveEnd: Bool { first { name, _ in name == "IEND" } != nil }

  /// Name of the first chunk that pixels depend on and whose checksum is wrong; `nil` where all are
  /// right. An ancillary chunk, with a small first letter, does not count.
  var damaged: String? {
    first { name, range in
      let stored = number(at: range.upperBound)
      let critical = name.first?.isUppercase ?? false
      return critical && stored != bytes[range].withUnsafeBytes { Int(CRC32.checksum($0)) }
    }
  }

  /// The first whole chunk that `isWanted`, given its name and the range of what its checksum covers.
  private func first(where isWanted: (String, Range<Int>) -> Bool) -> String? {
    var at = 8
    while at + 12 <= bytes.count {
      let end = at + 8 + number(at: at)
      guard end + 4 <= bytes.count else { return nil }
      let name = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
      if isWanted(name, (at + 4)..<end) { return name }
      // What stands behind the end is no chunk, whatever it looks like.
      if name == "IEND" { return nil }
      at = end + 4
    }
    return nil
  }

  /// Four bytes, the highest first.
  private func number(at place: Int) -> Int {
    bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
  }
}
