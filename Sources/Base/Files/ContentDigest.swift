/// The SHA-256 of a content as a value: 32 bytes, compared and hashed without text.
public struct ContentDigest: Sendable, Hashable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Bytes of a digest.
  static let size = 32

  /// The digest that 64 hexadecimal digits write; nil where they are something else.
  public init?(hexadecimal text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 2 * Self.size else { return nil }
    var words: [UInt64] = []
    for start in stride(from: 0, to: digits.count, by: 16) {
      var word: UInt64 = 0
      for digit in digits[start..<start + 16] {
        switch digit {
        case 0x30...0x39: word = word << 4 | UInt64(digit - 0x30)
        case 0x61...0x66: word = word << 4 | UInt64(digit - 0x61 + 10)
        default: return nil
        }
      }
      words.append(word)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The digest of bytes.
  public init?(of bytes: [UInt8]) { self.init(hexadecimal: SHA256.hexadecimal(bytes)) }

  /// The digest whose 32 bytes stand at an offset.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    func word(_ place: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8 * place, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      withUnsafeBytes(of: word.bigEndian, Array.init)
    }
  }

  /// Whether all 32 bytes are equal.
  public static func == (one: ContentDigest, other: ContentDigest) -> Bool {
    one.words == other.words
  }

  /// Takes the first eight bytes, which are as good as random.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
