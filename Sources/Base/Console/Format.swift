import Requirements

/// Numbers as people read them, the same in every locale.
public enum Format {
  /// `1234567` as `1,234,567`.
  public static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups.reversed()).joined(separator: ",")
  }

  /// `0.6174` as `0.617`; `n/a` for an undefined value.
  ///
  /// - Parameters:
  ///   - number: The number; `nil` where undefined.
  ///   - places: Digits after the point, 0…15.
  /// - Precondition: `places` lies in 0…15.
  public static func decimal(_ number: Double?, places: Int = 3) -> String {
    require(
      (0...15).contains(places), "Format.decimal: expected places in 0...15, got \(places)")
    guard let number else { return "n/a" }
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (abs(number) * scale).rounded()
    guard scaled < 0x1p53 else { return "\(number)" }
    var digits = String(Int(scaled))
    digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = number < 0 && scaled > 0 ? "-" : ""
    return sign + digits.dropLast(places) + (places > 0 ? "." : "") + digits.suffix(places)
  }

  /// A number of any size with three significant digits, and all digits before the point: `12345`, `2.50`, `0.00123`; below
  /// 0.001 with a power of ten, `1.00e-6`, from 2⁵³ on as Swift prints it; `n/a` for what is not finite.
  public static func significant(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number.isFinite ? "0" : "n/a" }
    var (power, scaled) = (0, abs(number))
    while scaled >= 9.995 { (scaled, power) = (scaled / 10, power + 1) }
    // Rounding makes it 1.00 of what is hardly less.
    while scaled < 0.9995 { (scaled, power) = (scaled * 10, power - 1) }
    guard power < -3 else { return decimal(number, places: max(0, 2 - power)) }
    return decimal(number < 0 ? -scaled : scaled, places: 2) + "e\(power)"
  }

  /// `0.6174` as `61.7 %`; `n/a` for an undefined value.
  ///
  /// - Parameters:
  ///   - fraction: The part of the whole; `nil` where undefined.
  ///   - places: Digits after the point, 0…15.
  /// - Precondition: `places` lies in 0…15.
  public static func percent(_ fraction: Double?, places: Int = 1) -> String {
    fraction.map { decimal($0 * 100, places: places) + " %" } ?? "n/a"
  }

  /// Seconds as `0:07`, `12:34` or `1:02:03`; `--:--` where not known.
  ///
  /// - Parameter seconds: Seconds; `nil`, negative or not finite where not known.
  public static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds >= 0, seconds < 1e9 else { return "--:--" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = (rest < 10 ? "0" : "") + String(rest)
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }

  /// Bytes as `512 B`, `1.5 KiB`, `2.0 GiB`.
  public static func bytes(_ count: Int) -> String {
    var (size, unit) = (Double(count), 0)
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    while abs(size) >= 1023.95 && unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    return unit == 0 ? "\(count) B" : decimal(size, places: 1) + " " + units[unit]
  }

  /// A rate with three significant digits: `1,234`, `104`, `10.4`, `0.104`.
  ///
  /// - Parameter rate: Things a second, at least 0; not finite gives `--`.
  public static func rate(_ rate: Double) -> String {
    guard rate.isFinite, rate >= 0, rate < 0x1p53 else { return "--" }
    if rate >= 99.95 { return count(Int(rate.rounded())) }
    return decimal(rate, places: rate >= 9.995 ? 1 : rate >= 0.9995 ? 2 : 3)
  }
}
