import Requirements

/// Writes the headers of a tar archive of regular files, so that the same files give the same archive: without owner and
/// time, readable for all.
///
/// The archive is, for each file, ``bytes(name:size:)``, the content, and ``padding(after:)`` zeros; then ``end``.
public enum TarHeader {
  /// Two blocks of zeros, which end an archive.
  public static let end = [UInt8](repeating: 0, count: 1024)

  /// The header of a regular file: one block of ustar, with a header of pax before it where the name is longer than 100
  /// bytes or not ASCII, or the size takes more than 11 octal digits.
  ///
  /// - Parameters:
  ///   - name: with `/` between folders; not empty, without a zero.
  ///   - size: of the content in bytes, from 0.
  /// - Returns: a multiple of 512 bytes.
  /// - Precondition: `name` is not empty and has no zero; `size` is not negative.
  public static func bytes(name: String, size: Int) -> [UInt8] {
    require(
      !name.isEmpty && !name.utf8.contains(0) && size >= 0,
      "TarHeader.bytes: expected a name without zeros and a size from 0, got '\(name)' and \(size)")
    var records: [UInt8] = []
    let isPlain = name.utf8.count <= 100 && name.utf8.allSatisfy { $0 < 0x80 }
    if !isPlain { records += record("path", name) }
    if size >= 1 << 33 { records += record("size", "\(size)") }
    let short = Array(name.utf8.map { $0 < 0x80 ? $0 : UInt8(ascii: "_") }.prefix(100))
    let own = block(short, size: size < 1 << 33 ? size : 0, kind: "0")
    guard !records.isEmpty else { return own }
    return block(Array("././@PaxHeader".utf8), size: records.count, kind: "x") + records
      + [UInt8](repeating: 0, count: padding(after: records.count)) + own
  }

  /// How many zeros stand behind a content, so that the next header begins at a multiple of 512.
  ///
  /// - Parameter size: of the content in bytes, from 0.
  /// - Returns: 0…511.
  public static func padding(after size: Int) -> Int { (512 - size % 512) % 512 }

  private static func block(_ name: [UInt8], size: Int, kind: Unicode.Scalar) -> [UInt8] {
    var block = name + [UInt8](repeating: 0, count: 100 - name.count)
    for (value, digits) in [(0o644, 7), (0, 7), (0, 7), (size, 11), (0, 11)] {
      block += octal(value, digits) + [0]
    }
    block += [UInt8](repeating: UInt8(ascii: " "), count: 8) + [UInt8(ascii: kind)]
    block += [UInt8](repeating: 0, count: 100) + Array("ustar\u{0}00".utf8)
    block += [UInt8](repeating: 0, count: 512 - block.count)
    let sum = block.reduce(0) { $0 + Int($1) }
    block.replaceSubrange(148..<156, with: octal(sum, 6) + [0, UInt8(ascii: " ")])
    return block
  }

  private static func octal(_ value: Int, _ digits: Int) -> [UInt8] {
    let text = String(value, radix: 8)
    return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
  }

  /// A record with its own length before it, the digits of the length counted.
  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while "\(length)".utf8.count + rest.utf8.count != length {
      length = "\(length)".utf8.count + rest.utf8.count
    }
    return Array("\(length)\(rest)".utf8)
  }
}
