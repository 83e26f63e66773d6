/// Sums in the order in which NumPy adds, so that a mean that is compared with a threshold has the same last bits.
///
/// Fewer than 8 terms one after the other, up to 128 in eight running sums, more as the sum of two halves, the first a
/// multiple of eight.
enum PairwiseSum {
  /// The sum of all terms, `0` of none.
  static func of<T: BinaryFloatingPoint>(_ terms: UnsafeBufferPointer<T>) -> T {
    let count = terms.count
    if count < 8 { return terms.reduce(0, +) }
    guard count > 128 else { return eightfold(terms) }
    let half = count / 2 - count / 2 % 8
    return of(UnsafeBufferPointer(rebasing: terms[..<half]))
      + of(UnsafeBufferPointer(rebasing: terms[half...]))
  }

  /// The sum of all terms.
  static func of<T: BinaryFloatingPoint>(_ terms: [T]) -> T {
    terms.withUnsafeBufferPointer { of($0) }
  }

  private static func eightfold<T: BinaryFloatingPoint>(_ terms: UnsafeBufferPointer<T>) -> T {
    var sums = Array(terms[..<8])
    var next = 8
    while next + 8 <= terms.count {
      for lane in 0..<8 { sums[lane] += terms[next + lane] }
      next += 8
    }
    var sum =
      ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    for term in terms[next...] { sum += term }
    return sum
  }
}
