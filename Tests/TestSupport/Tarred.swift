/// A member of a tar archive for a test, in the forms that writers have.
public struct TarMember {
  /// Its name; cut to 100 bytes in the header.
  public var name: String
  /// Its content.
  public var bytes: [UInt8]
  /// The type flag: `0` is a file, `5` a folder, `x` a header of pax.
  public var kind: Unicode.Scalar
  /// The field of the size, 12 bytes; nil writes octal digits.
  public var size: [UInt8]?
  /// What stands from byte 257 on.
  public var magic: String

  /// A member from its parts.
  public init(
    _ name: String, _ bytes: [UInt8], kind: Unicode.Scalar = "0", size: [UInt8]? = nil,
    magic: String = "ustar\u{0}00"
  ) {
    (self.name, self.bytes, self.kind, self.size, self.magic) = (name, bytes, kind, size, magic)
  }

  /// A member with text.
  public init(_ name: String, _ text: String, kind: Unicode.Scalar = "0") {
    self.init(name, Array(text.utf8), kind: kind)
  }

  /// The header, 512 bytes, and the content with zeros up to the next block.
  public var blocks: [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: [UInt8], at place: Int) {
      header.replaceSubrange(place..<place + bytes.count, with: bytes)
    }
    put(Array(name.utf8.prefix(100)), at: 0)
    put(Array("0000644".utf8), at: 100)
    let octal = String(bytes.count, radix: 8)
    let digits = String(repeating: "0", count: 11 - octal.count) + octal
    put(size ?? Array(digits.utf8), at: 124)
    header[156] = UInt8(ascii: kind)
    put(Array(magic.utf8), at: 257)
    put([UInt8](repeating: 32, count: 8), at: 148)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(Array((sum + "\u{0}").utf8), at: 148)
    let rest = bytes.count % 512
    return header + bytes + [UInt8](repeating: 0, count: rest == 0 ? 0 : 512 - rest)
  }
}

/// A tar archive of members, with its end.
public func tarred(_ members: [TarMember]) -> [UInt8] {
  members.flatMap(\.blocks) + [UInt8](repeating: 0, count: 1024)
}
