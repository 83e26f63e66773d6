import Randomness
import Requirements

/// A distribution over classes in whole numbers, so that a draw from it is exact.
///
/// P(c) = m_c / M with M = Σ_k m_k, where m_c = round(2⁶² p_c), and 1 where p_c is positive and rounds to 0. Equal
/// probabilities stay equal to the last bit. Any other P(c) differs from p_c by at most
/// 2⁻⁶² + p_c (|Σ_k p_k − 1| + C 2⁻⁶²): by what `Double` rounds in the p_c, and hardly more.
struct ClassShares: Sendable, Equatable {
  /// Σ m over the classes before each, and over all, `[C + 1]`.
  private let ends: [Int]

  /// - Parameter distribution: p_c, `[C]`, not negative.
  /// - Precondition: they sum to 1 within 10⁻⁶.
  init(_ distribution: [Double]) {
    let sum = distribution.reduce(0, +)
    require(
      abs(sum - 1) < 1e-6 && distribution.allSatisfy { $0 >= 0 },
      "ClassShares: expected probabilities that sum to 1, got a sum of \(sum)")
    var ends = [0]
    ends.reserveCapacity(distribution.count + 1)
    for p in distribution {
      let share = p > 0 ? max(1, Int((p * 0x1p62).rounded())) : 0
      ends.append(ends[ends.count - 1] + share)
    }
    self.ends = ends
  }

  /// A class; uses one word, seldom more.
  func draw(_ generator: inout some RandomNumberGenerator) -> Int {
    ends.firstPlace(above: generator.below(ends[ends.count - 1])) - 1
  }

  /// How an epoch of `count` draws is dealt to the classes so that each gets count · P(c), rounded up or down:
  /// class c has the places from ⌊(count · (m_0 + … + m_(c − 1)) + u) / M⌋ to before that of c + 1, where M = Σ m.
  ///
  /// Over a u that is drawn evenly from `0..<M` a class has count · P(c) places on average, exactly.
  ///
  /// - Returns: where the places of each class begin, and the end of the last, `[C + 1]`.
  func dealt(_ count: Int, _ generator: inout some RandomNumberGenerator) -> [Int] {
    let whole = UInt64(ends[ends.count - 1])
    let offset = UInt64(generator.below(Int(whole)))
    return ends.map { end in
      let product = UInt64(count).multipliedFullWidth(by: UInt64(end))
      let (low, carry) = product.low.addingReportingOverflow(offset)
      let high = product.high + (carry ? 1 : 0)
      return Int(whole.dividingFullWidth((high, low)).quotient)
    }
  }
}
