extension Fingerprint {
  /// Hash and thumbnail in hexadecimal digits, as ``init(text:)`` reads them.
  package var text: String {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) } + cells
    return String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
      for (place, byte) in bytes.enumerated() {
        digits[2 * place] = Self.digit(byte >> 4)
        digits[2 * place + 1] = Self.digit(byte & 15)
      }
      return 2 * bytes.count
    }
  }

  /// A fingerprint of its text; nil where it is none.
  package init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 2 * (8 + CosineHash.side * CosineHash.side) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    self.init(
      hash: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, cells: Array(bytes.dropFirst(8)))
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
