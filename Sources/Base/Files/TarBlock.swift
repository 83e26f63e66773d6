/// One header of a tar archive, 512 bytes.
struct TarBlock {
  /// What a header announces.
  enum Kind: Equatable {
    case file, folder, link, special, sparse
    /// The rest of a file that began in another volume.
    case volume
    /// GNU's long names: of the next member, and of what it links to.
    case longName, longLink
    /// Records of pax: for the next member, and for all.
    case records, globalRecords
    /// A kind that some other writer has made up.
    case unknown
  }

  private let bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: 512 of them.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether the sum of the bytes is the one that the header states, its own eight counted as blanks; some old writers
  /// added them as signed numbers.
  var isIntact: Bool {
    guard let stated = number(148..<156), stated > 0 else { return false }
    var (plain, signed) = (8 * 0x20, 8 * 0x20)
    for (place, byte) in bytes.enumerated() where !(148..<156).contains(place) {
      plain += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    return stated == plain || stated == signed
  }

  /// The name, with the prefix that ustar keeps apart.
  var name: String {
    let name = Self.text(field(0..<100))
    // GNU's own form has other things where ustar has the prefix.
    guard field(257..<263).elementsEqual("ustar\0".utf8) else { return name }
    let prefix = Self.text(field(345..<500))
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  /// Bytes of content; nil where the field holds no number or one that no file has.
  var size: Int? { number(124..<136) }

  var kind: Kind {
    switch bytes[156] {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
    case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
    case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): .special
    case UInt8(ascii: "5"): .folder
    case UInt8(ascii: "S"): .sparse
    case UInt8(ascii: "M"): .volume
    case UInt8(ascii: "L"): .longName
    case UInt8(ascii: "K"): .longLink
    case UInt8(ascii: "x"), UInt8(ascii: "X"): .records
    case UInt8(ascii: "g"): .globalRecords
    default: .unknown
    }
  }

  /// The text up to the first zero.
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  private func field(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  /// A number in octal digits, or where the first bit is set in binary, the highest byte first.
  private func number(_ range: Range<Int>) -> Int? {
    var value = 0
    if bytes[range.lowerBound] & 0x80 != 0 {
      // A first byte of 0xFF begins a negative number.
      guard bytes[range.lowerBound] == 0x80 else { return nil }
      for byte in field(range).dropFirst() {
        guard value < 1 << 50 else { return nil }
        value = value << 8 | Int(byte)
      }
      return value < Self.limit ? value : nil
    }
    let text = field(range).drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != 0x20 }
    for byte in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
      value = value << 3 | Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Sizes from here on are mistakes; sums of a few below cannot overflow.
  static let limit = 1 << 58
}
