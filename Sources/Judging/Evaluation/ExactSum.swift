import Requirements

/// A sum that does not depend on the order of its terms.
///
/// Every term is rounded once, to a multiple of 2⁻⁶³, and the multiples are added as 128-bit integers:
/// addition is then associative, and merged parts give the same bits as one pass. The error is at
/// most 2⁻⁶⁴ a term.
package struct ExactSum: Sendable, Equatable, Codable {
  private var units: Int128 = 0

  package static let zero = ExactSum()

  /// Adds one term.
  ///
  /// - Precondition: `term` is finite and smaller than 2⁶² in magnitude.
  package mutating func add(_ term: Double) {
    require(
      abs(term) < 0x1p62, "ExactSum.add: expected a finite term below 2^62, got \(term)")
    // Toward zero, so that the fraction is exact and fits 64 bits with its sign.
    let whole = term.rounded(.towardZero)
    let fraction = ((term - whole) * 0x1p63).rounded()
    units += (Int128(Int64(whole)) << 63) + Int128(Int64(fraction))
  }

  package mutating func merge(_ other: ExactSum) { units += other.units }

  package var value: Double { Double(units) * 0x1p-63 }
}
