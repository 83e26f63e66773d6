/// How many rows of a bin are taken.
///
/// A fraction alone does not rebalance: it keeps the shares of the population. What does are the floor and the quota, and
/// clusters that are more than the kinds.
public enum SelectionRule: Sendable, Equatable {
  /// ⌊f · n⌋ of a bin of n, but one at least.
  case fractionWithFloor(Double)
  /// So many of every bin, as far as it has them.
  case quota(Int)

  /// Rows taken of a bin.
  ///
  /// - Parameter rows: n, the rows of the bin.
  public func taken(of rows: Int) -> Int {
    switch self {
    case .fractionWithFloor(let fraction):
      // A fraction such as .29 of 100 must not round down to the row before.
      min(rows, max(1, Int((fraction * Double(rows) + 1e-9).rounded(.down))))
    case .quota(let count): min(rows, count)
    }
  }

  /// - Throws: ``CurationError/badShare(name:value:)`` and ``CurationError/badCount(name:value:)``.
  public func check() throws(CurationError) {
    switch self {
    case .fractionWithFloor(let fraction):
      guard fraction > 0, fraction <= 1 else { throw .badShare(name: "fraction", value: fraction) }
    case .quota(let count):
      guard count >= 1 else { throw .badCount(name: "quota", value: count) }
    }
  }
}
