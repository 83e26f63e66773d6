/// The words for text in another encoding than UTF-8.
enum NotUTF8 {
  /// Why `bytes`, which are not UTF-8, are refused: what they say in the encoding that they most likely
  /// are in, and what to do.
  ///
  /// Windows-1252 is Latin-1 with more letters, and what European Excel writes as plain CSV.
  static func reason(_ bytes: [UInt8]) -> String {
    guard let text = windows1252(bytes) else {
      return "bytes that are not UTF-8; save the file as UTF-8"
    }
    return
      "bytes that are not UTF-8; as Latin-1 (Windows-1252) they say '\(text)'; save the file as"
      + " UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8"
  }

  /// `bytes` as Windows-1252; nil where one of them stands for no printable character.
  ///
  /// Source: the table of the WHATWG Encoding Standard, index windows-1252.
  private static func windows1252(_ bytes: [UInt8]) -> String? {
    var text = ""
    for byte in bytes.prefix(60) {
      switch byte {
      case 0x20..<0x7F, 0xA0...0xFF: text.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x80..<0xA0:
        guard let scalar = Unicode.Scalar(upper[Int(byte) - 0x80]), scalar.value > 0 else {
          return nil
        }
        text.unicodeScalars.append(scalar)
      default: return nil
      }
    }
    return text + (bytes.count > 60 ? "…" : "")
  }

  /// What 0x80…0x9F stand for; 0 where for nothing.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}
