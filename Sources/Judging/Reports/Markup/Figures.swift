/// Numbers as a page shows them.
package enum Figures {
  /// What stands for a value that is not defined; never 0.
  package static let undefined = "–"

  /// A value with a fixed number of decimals, a real minus sign, and no minus before zero.
  ///
  /// - Parameters:
  ///   - value: Any; what is not finite is undefined.
  ///   - decimals: 0…9.
  package static func fixed(_ value: Double, _ decimals: Int = 3) -> String {
    guard value.isFinite else { return undefined }
    guard abs(value) < 1e9 else { return large(value, decimals) }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let sign = value < 0 && scaled > 0 ? "−" : ""
    if decimals == 0 { return sign + String(scaled) }
    let rest = String(scaled % power)
    return sign + String(scaled / power) + "."
      + String(repeating: "0", count: decimals - rest.count)
      + rest
  }

  /// From 10⁹ on: whole where no decimals are asked for, else all that the number holds.
  private static func large(_ value: Double, _ decimals: Int) -> String {
    let size = abs(value)
    let text = decimals == 0 && size < 0x1p53 ? String(Int(size.rounded())) : "\(size)"
    return (value < 0 ? "−" : "") + text
  }

  /// The same; undefined as such.
  package static func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { fixed($0, decimals) } ?? undefined
  }

  /// A value of any size with three significant digits, and all digits before the point: `12345`, `2.50`, `0.00123`; below
  /// 0.001 with a power of ten, `1.00 × 10^−6`.
  ///
  /// - Parameter value: Any; what is not finite is undefined.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value.isFinite ? "0" : undefined }
    var (power, scaled) = (0, abs(value))
    while scaled >= 9.995 { (scaled, power) = (scaled / 10, power + 1) }
    // Rounding makes it 1.00 of what is hardly less.
    while scaled < 0.9995 { (scaled, power) = (scaled * 10, power - 1) }
    guard power < -3 else { return fixed(value, max(0, 2 - power)) }
    return fixed(value < 0 ? -scaled : scaled, 2) + " × 10^−\(-power)"
  }

  /// A difference: always with its sign.
  package static func signed(_ value: Double, _ decimals: Int = 3) -> String {
    let text = fixed(value, decimals)
    return value > 0 && text.contains { $0.isNumber && $0 != "0" } ? "+" + text : text
  }

  /// Low and high end with an en dash, or "to" where an end is negative; with one more decimal where two
  /// ends that differ would look alike.
  package static func range(_ low: Double, _ high: Double, _ decimals: Int = 3) -> String {
    let areAlike = low != high && fixed(low, decimals) == fixed(high, decimals)
    let decimals = areAlike ? decimals + 1 : decimals
    return fixed(low, decimals) + (low < 0 || high < 0 ? " to " : "–") + fixed(high, decimals)
  }

  /// A part of 1 in percent.
  package static func percent(_ part: Double, _ decimals: Int = 0) -> String {
    fixed(part * 100, decimals) + " %"
  }

  /// A level of intervals in percent, with the decimals that it has, at most two: `95 %`, `97.5 %`.
  package static func level(_ level: Double) -> String {
    let decimals = (0...1).first { places in
      let scaled = level * (places == 0 ? 100 : 1000)
      return abs(scaled - scaled.rounded()) < 1e-6
    }
    return percent(level, decimals ?? 2)
  }

  /// A count with a comma between thousands.
  package static func count(_ value: Int) -> String {
    var digits = String(abs(value))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (value < 0 ? "−" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// The same of a count that is held as a number with a point, of any size.
  package static func count(_ value: Double) -> String {
    abs(value) < 0x1p53 ? count(Int(value.rounded())) : fixed(value, 0)
  }

  /// A p value; below 0.001 only that.
  package static func p(_ value: Double) -> String { value < 0.001 ? "< 0.001" : fixed(value) }

  /// A length or place in a drawing, to a tenth, without trailing zeros.
  package static func length(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : "." + String(rest))
  }

  /// As few decimals as tell neighbouring ticks apart; steps below 10⁻⁶ and from 10⁹ on are counted in their power of
  /// ten: `25×10^−8`.
  package static func tick(_ value: Double, step: Double) -> String {
    guard step > 0.9e-6, step < 0.9e9 else { return inPowers(value, step: step) }
    var (decimals, size) = (0, step)
    while decimals < 6, abs(size - size.rounded()) > 1e-6 * size {
      size *= 10
      decimals += 1
    }
    let isCounted = (1000..<1e15).contains(abs(value)) && decimals == 0
    return isCounted ? count(Int(value.rounded())) : fixed(value, decimals)
  }

  private static func inPowers(_ value: Double, step: Double) -> String {
    var (power, units, rest) = (0, value, step)
    // A step is 1, 2 or 5 times a power of ten but for rounding.
    while rest < 0.9 { (power, units, rest) = (power - 1, units * 10, rest * 10) }
    while rest > 9 { (power, units, rest) = (power + 1, units / 10, rest / 10) }
    let text = fixed(units, 0)
    return text == "0" ? text : text + "×10^" + (power < 0 ? "−" : "") + String(abs(power))
  }
}
