/// Reads decimal numbers from bytes, to the nearest `Double`, without making a string.
package enum DecimalNumber {
  /// The number that `bytes` spell, such as `0.25`, `-1e-05` or `nan`; nil where they spell none.
  ///
  /// Spaces around it are skipped. The result is the one of `Double(String)` in every bit.
  package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
    if let decimal = Decimal(text), let value = decimal.value { return value }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// `±digits · 10^exponent`, at most 19 digits.
  private struct Decimal {
    var isNegative = false
    var digits: UInt64 = 0
    var exponent = 0

    /// Nil for what is not a plain decimal number of at most 19 digits.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
      var next = 0
      if text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") {
        isNegative = text[0] == UInt8(ascii: "-")
        next = 1
      }
      var (count, significant, isFraction) = (0, 0, false)
      while next < text.count {
        let byte = text[next]
        if byte == UInt8(ascii: "."), !isFraction {
          isFraction = true
        } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
          count += 1
          // Not of `digits`, which begin anew at 2⁶⁴.
          if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
          if isFraction { exponent -= 1 }
        } else {
          break
        }
        next += 1
      }
      guard count > 0, significant <= 19 else { return nil }
      guard next < text.count else { return }
      guard let power = Self.power(text, from: next) else { return nil }
      exponent += power
    }

    /// The number after an `e` at `start`, to the end of the text.
    private static func power(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
      var next = start + 1
      guard text[start] | 0x20 == UInt8(ascii: "e"), next < text.count else { return nil }
      let isNegative = text[next] == UInt8(ascii: "-")
      if isNegative || text[next] == UInt8(ascii: "+") { next += 1 }
      var power = 0
      guard next < text.count, text.count - next <= 3 else { return nil }
      for byte in text[next...] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        power = power * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return isNegative ? -power : power
    }

    /// Nil where it takes more than one division of 128 by 64 bits.
    var value: Double? {
      let magnitude: Double
      if digits == 0 {
        magnitude = 0
      } else if exponent == 0 {
        magnitude = Double(digits)
      } else if exponent < 0, exponent >= -19 {
        magnitude = quotient(Self.powersOfTen[-exponent])
      } else {
        return nil
      }
      return isNegative ? -magnitude : magnitude
    }

    /// `digits / divisor`, rounded once, half to even.
    private func quotient(_ divisor: UInt64) -> Double {
      let shift = digits.leadingZeroBitCount
      let numerator = UInt128(digits << UInt64(shift)) << 64
      let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: UInt128(divisor))
      // The highest 64 bits; what is cut off leaves its trace in the last one.
      let surplus = max(64 - quotient.leadingZeroBitCount, 0)
      var high = UInt64(truncatingIfNeeded: quotient >> UInt128(surplus))
      let cut = quotient & ((UInt128(1) << UInt128(surplus)) - 1)
      if rest != 0 || cut != 0 { high |= 1 }
      return Double(sign: .plus, exponent: surplus - 64 - shift, significand: Double(high))
    }

    private static let powersOfTen: [UInt64] = (0...19).reduce(into: []) { powers, _ in
      powers.append(powers.last.map { $0 &* 10 } ?? 1)
    }
  }
}
