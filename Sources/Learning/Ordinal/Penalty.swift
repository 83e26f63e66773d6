/// Σ_j (a_j |θ_j| + q_j θ_j² / 2): what a regression pays for each of its numbers.
struct Penalty: Sendable, Equatable {
  /// a, at least 0; +∞ keeps a number at 0.
  var absolute: [Double]
  /// q, at least 0.
  var squared: [Double]

  /// Nothing.
  ///
  /// - Parameter size: numbers in θ.
  init(size: Int) {
    absolute = [Double](repeating: 0, count: size)
    squared = absolute
  }

  /// The sum at θ.
  func value(_ θ: [Double]) -> Double {
    var sum = 0.0
    for (place, number) in θ.enumerated() where number != 0 {
      sum += absolute[place] * abs(number) + squared[place] * number * number / 2
    }
    return sum
  }

  /// argmin_x Σ_j (x_j − θ_j)² / (2 t_j) + penalty of x: soft thresholds, then shrinking.
  ///
  /// - Parameters:
  ///   - place: j.
  ///   - number: θ_j.
  ///   - step: t_j, above 0.
  func proximal(_ place: Int, _ number: Double, step: Double) -> Double {
    let left = abs(number) - step * absolute[place]
    guard left > 0 else { return 0 }
    return (number < 0 ? -left : left) / (1 + step * squared[place])
  }
}
