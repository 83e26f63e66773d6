/// Eigenvalues and eigenvectors of a small symmetric matrix, by rotations that each make one entry 0.
///
/// Source: Golub, Van Loan, "Matrix Computations", section 8.5.
package struct JacobiRotations {
  /// Eigenvalues, falling, `[N]`.
  package let values: [Double]
  /// The eigenvector of each, of length 1, row after row, `[N, N]`.
  package let vectors: [Double]

  /// - Parameters:
  ///   - symmetric: row after row, `[N, N]`.
  ///   - size: N.
  package init(_ symmetric: [Double], size: Int) {
    var matrix = symmetric
    var turned = [Double](repeating: 0, count: size * size)
    for place in 0..<size { turned[place * size + place] = 1 }
    let total = symmetric.reduce(0) { $0 + $1 * $1 }
    // Each sweep squares what is left beside the diagonal; ten are plenty.
    for _ in 0..<40 {
      var rest = 0.0
      for row in 0..<size {
        for other in 0..<row { rest += matrix[row * size + other] * matrix[row * size + other] }
      }
      guard rest > 1e-30 * total else { break }
      for first in 0..<size {
        for second in first + 1..<max(size, first + 1) {
          Self.rotate(&matrix, &turned, first, second, size)
        }
      }
    }
    let order = (0..<size).sorted {
      (-matrix[$0 * size + $0], $0) < (-matrix[$1 * size + $1], $1)
    }
    values = order.map { matrix[$0 * size + $0] }
    vectors = order.flatMap { turned[$0 * size..<($0 + 1) * size] }
  }

  /// Makes the entry of `p` and `q` 0; `turned` holds the eigenvectors as rows.
  private static func rotate(
    _ matrix: inout [Double], _ turned: inout [Double], _ p: Int, _ q: Int, _ size: Int
  ) {
    let entry = matrix[p * size + q]
    guard entry != 0 else { return }
    let θ = (matrix[q * size + q] - matrix[p * size + p]) / (2 * entry)
    let t = (θ < 0 ? -1.0 : 1.0) / (abs(θ) + (θ * θ + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<size {
      let (a, b) = (matrix[k * size + p], matrix[k * size + q])
      (matrix[k * size + p], matrix[k * size + q]) = (c * a - s * b, s * a + c * b)
    }
    for k in 0..<size {
      let (a, b) = (matrix[p * size + k], matrix[q * size + k])
      (matrix[p * size + k], matrix[q * size + k]) = (c * a - s * b, s * a + c * b)
      let (u, v) = (turned[p * size + k], turned[q * size + k])
      (turned[p * size + k], turned[q * size + k]) = (c * u - s * v, s * u + c * v)
    }
    // What rounding leaves would be turned in every sweep again.
    (matrix[p * size + q], matrix[q * size + p]) = (0, 0)
  }
}
