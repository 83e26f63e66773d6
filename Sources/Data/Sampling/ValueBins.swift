import Requirements

/// Ranges of a number that stand in for classes where it is drawn or split: of equal width from the least number to the
/// greatest, those in which no number lies left out.
///
/// Equal widths give rare ends ranges of their own, as classes have, where ranges of equal counts would spread them out.
public struct ValueBins: Sendable, Equatable {
  /// Ends of each range, `[B]`, ascending; the last holds its upper end, the others do not.
  public let ranges: [(low: Double, high: Double)]

  /// - Parameters:
  ///   - numbers: `[N]`, finite, at least one.
  ///   - count: ranges before empty ones are left out, at least 1; one where all numbers are the
  ///     same.
  /// - Precondition: both are in range.
  public init(of numbers: [Double], count: Int) {
    require(
      !numbers.isEmpty && numbers.allSatisfy(\.isFinite) && count >= 1,
      "ValueBins: expected finite numbers and at least 1 range, got \(numbers.count) and \(count)")
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let width = (high - low) / Double(count)
    guard width > 0, width.isFinite else {
      ranges = [(low, high)]
      return
    }
    let lows = (0..<count).map { low + width * Double($0) }
    let filled = Set(numbers.map { Self.place(of: $0, among: lows) })
    ranges = filled.sorted().map { place in
      (lows[place], place == count - 1 ? high : lows[place + 1])
    }
  }

  /// How many ranges there are, B.
  public var count: Int { ranges.count }

  /// The range of a number, in `0..<B`: where it lies in none, the next lower one, or the first.
  public func place(_ number: Double) -> Int {
    Self.place(of: number, among: ranges.map(\.low))
  }

  /// The last of ascending ends that is not above a number; the first where all are.
  ///
  /// - Parameters:
  ///   - number: any.
  ///   - lows: `[B]`, ascending, at least one.
  public static func place(of number: Double, among lows: [Double]) -> Int {
    var (low, high) = (0, lows.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lows[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// How each range is called, `[B]`: `2.5 to 5`.
  public var names: [String] {
    let short = ranges.map { "\(Self.text($0.low)) to \(Self.text($0.high))" }
    // Ranges, or ends of one, that differ behind the fourth digit are called by all digits.
    let isClear =
      Set(short).count == count
      && ranges.allSatisfy { $0.low == $0.high || Self.text($0.low) != Self.text($0.high) }
    return isClear ? short : ranges.map { "\($0.low) to \($0.high)" }
  }

  /// Four significant digits, more where the number needs them before the point.
  private static func text(_ number: Double) -> String {
    guard number != 0 else { return "0" }
    var (scale, size) = (1.0, abs(number))
    while size < 1000 && scale < 1e12 { (scale, size) = (scale * 10, size * 10) }
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// Equal where all ends are.
  public static func == (left: ValueBins, right: ValueBins) -> Bool {
    left.ranges.elementsEqual(right.ranges) { $0 == $1 }
  }
}
