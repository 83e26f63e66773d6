/// A sum that does not depend on the order of its terms.
///
/// Every term is rounded once, to a multiple of 2⁻⁶³, and the multiples are added as 128-bit integers:
/// addition is then associative, and merged parts give the same bits as one pass. The error is at
/// most 2⁻⁶⁴ a term.
struct ExactSum: Sendable, Equatable, Codable {
  private var units: Int128 = 0

  static let zero = ExactSum()

  /// Adds one term.
  ///
  /// - Precondition: `term` is finite and smaller than 2⁶² in magnitude.
  mutating func add(_ term: Double) {
    precondition(
      abs(term) < 0x1p62, "ExactSum.add: expected a finite term below 2^62, got \(term)")
    let whole = term.rounded(.down)
    let fraction = ((term - whole) * 0x1p63).rounded()
    // A term just below 0 leaves a fraction that rounds to 1.
    units += (Int128(Int64(whole)) << 63) + (fraction == 0x1p63 ? 1 << 63 : Int128(Int64(fraction)))
  }

  mutating func merge(_ other: ExactSum) { units += other.units }

  var value: Double { Double(units) * 0x1p-63 }
}
