import Foundation
import Requirements

/// How much numbers of each size count when rare ones shall count more: the inverse of a power of how many there are, smoothed
/// over neighbouring ranges (LDS, label distribution smoothing).
///
/// ```text
/// p̃_b = Σ_{|d| ≤ R} e^{−d² / 2σ²} n_{b+d}^p,    w_b ∝ 1 / p̃_b,   mean of w over the examples 1
/// ```
///
/// What is near to a common number is known from its neighbours, and counts as they do. σ → 0 weighs by the range's own
/// count; p = 0 and σ → 0 weigh nothing.
///
/// Source: Yang, Zha, Chen, Wang, Katabi, "Delving into Deep Imbalanced Regression", ICML 2021; powers ½ (`sqrt_inv`) and 1, σ =
/// 2 and R = 2 are those of its code. Departs from it: the code reflects its window at the ends of five places, which makes it
/// nearly flat, and bounds counts to 5…1000 where p is 1.
public struct SmoothedDensity: Sendable, Equatable {
  /// Lower ends of the ranges but the first, shape `[B − 1]`, ascending.
  public let edges: [Double]
  /// w, `[B]`, above 0; of a range without examples as its smoothed count has it, at most the largest of those with some.
  public let weights: [Double]

  /// - Parameters:
  ///   - numbers: of the training set, `[N]`, in any unit, finite, at least one.
  ///   - bins: ranges of equal width, B, at least 1.
  ///   - power: p, at least 0.
  ///   - width: σ in ranges, at least 0.
  ///   - radius: R in ranges, at least 0.
  /// - Precondition: all are in range.
  public init(
    of numbers: [Double], bins: Int = 100, power: Double = 0.5, width: Double = 2,
    radius: Int = 2
  ) {
    require(
      !numbers.isEmpty && bins >= 1,
      "SmoothedDensity: expected numbers and ranges, got "
        + "\(numbers.count) and \(bins)")
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let step = (high - low) / Double(bins)
    guard step > 0 else {
      self.init(counts: [numbers.count], edges: [], power, width, radius)
      return
    }
    var counts = [Int](repeating: 0, count: bins)
    let lows = (0..<bins).map { low + step * Double($0) }
    for number in numbers { counts[ValueBins.place(of: number, among: lows)] += 1 }
    self.init(counts: counts, edges: Array(lows.dropFirst()), power, width, radius)
  }

  /// Of grades 0…K − 1, a range each.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - power: p, at least 0.
  ///   - width: σ in grades, at least 0.
  ///   - radius: R in grades, at least 0.
  public init(
    _ classes: ClassCounts, power: Double = 0.5, width: Double = 2, radius: Int = 2
  ) {
    self.init(
      counts: classes.counts, edges: (1..<max(classes.count, 1)).map { Double($0) - 0.5 }, power,
      width, radius)
  }

  private init(
    counts: [Int], edges: [Double], _ power: Double, _ width: Double, _ radius: Int
  ) {
    require(
      power >= 0 && power.isFinite && width >= 0 && width.isFinite && radius >= 0,
      "SmoothedDensity: expected power, width and radius of at least 0, got \(power), \(width), \(radius)"
    )
    var raised = counts.map { $0 == 0 ? 0 : pow(Double($0), power) }
    if raised.contains(where: { $0 > 1e290 }) {
      // Powers near the end of what a number can hold, in parts of the smallest of them; sums over the window stay finite.
      let least = Double(counts.filter { $0 > 0 }.min() ?? 1)
      raised = counts.map { $0 == 0 ? 0 : min(pow(Double($0) / least, power), 1e200) }
    }
    let smoothed = counts.indices.map { place in
      (-radius...radius).reduce(0.0) { sum, d in
        guard counts.indices.contains(place + d) else { return sum }
        let kernel = d == 0 ? 1 : width > 0 ? exp(-Double(d * d) / (2 * width * width)) : 0
        return sum + kernel * raised[place + d]
      }
    }
    let inverse = smoothed.map { $0 > 0 ? 1 / $0 : .infinity }
    let filled = zip(inverse, counts).filter { $1 > 0 }
    let mean =
      filled.reduce(0) { $0 + $1.0 * Double($1.1) } / Double(counts.reduce(0, +))
    let most = filled.map(\.0).max() ?? 1
    self.edges = edges
    weights = inverse.map { min($0, most) / mean }
  }

  /// w of a number.
  public func weight(of number: Double) -> Double {
    weights[edges.count { $0 <= number }]
  }
}
