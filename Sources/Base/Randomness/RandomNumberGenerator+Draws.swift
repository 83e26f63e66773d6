import Foundation
import Requirements

/// Draws whose algorithms are ours, hence the same on every platform and Swift version.
/// The standard library's `random(in:using:)` and `shuffled(using:)` promise no such thing.
extension RandomNumberGenerator {
  /// A number in `[0, 1)`, a multiple of 2⁻⁵³; uses one word.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number between the bounds of `range`; uses one word.
  ///
  /// - Precondition: both bounds are finite.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    require(
      range.lowerBound.isFinite && range.upperBound.isFinite,
      "uniform(in:): expected finite bounds, got \(range)")
    let t = uniform()
    return range.lowerBound * (1 - t) + range.upperBound * t
  }

  /// A standard normal number, by Box and Muller; uses two words, always.
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// An integer in `0..<n`, every one equally likely.
  ///
  /// Source: Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019.
  ///
  /// - Precondition: `n > 0`.
  public mutating func below(_ n: Int) -> Int {
    require(n > 0, "below: expected a positive bound, got \(n)")
    let bound = UInt64(n)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A permutation of `0..<n`, `[N]` with N = n, every one equally likely (Fisher and Yates, from
  /// the end).
  ///
  /// - Precondition: `n >= 0`.
  public mutating func shuffle(_ n: Int) -> [Int] {
    require(n >= 0, "shuffle: expected a count of at least 0, got \(n)")
    var order = Array(0..<n)
    var i = n - 1
    while i > 0 {
      order.swapAt(i, below(i + 1))
      i -= 1
    }
    return order
  }
}
