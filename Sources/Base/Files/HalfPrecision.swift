/// IEEE 754 binary16, for processors and compilers without it.
enum HalfPrecision {
  /// The number that sixteen bits are: sign, five bits of exponent, ten of fraction.
  static func value(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
    // Below 2⁻¹⁴ there is no leading one.
    if exponent == 0 { return sign * fraction * 0x1p-14 }
    return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
  }
}
