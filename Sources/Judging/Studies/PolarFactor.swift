import Requirements

/// The polar factor of a square matrix, `[K, K]`, for tests against other programs.
package func polarFactor(of rows: [[Double]]) -> [[Double]] {
  let matrix = DenseMatrix(rows.count, rows.first?.count ?? 0) { rows[$0][$1] }
  let found = matrix.polarFactor
  return rows.indices.map { row in rows.indices.map { found[row, $0] } }
}

extension DenseMatrix {
  /// The polar factor U Vᵀ of a matrix U Σ Vᵀ: every singular value that is not 0 becomes 1.
  ///
  /// By Hestenes' one-sided Jacobi rotations, which turn pairs of columns until all are orthogonal. Directions whose
  /// singular value is below 10⁻¹⁰ of the largest count as 0 and stay 0.
  ///
  /// - Precondition: the matrix is square.
  var polarFactor: DenseMatrix {
    require(rows == columns, "polarFactor: expected a square matrix, got \(rows) × \(columns)")
    // Columns of both as rows, which lie together in memory.
    var turned = transposed.values
    var turns = DenseMatrix(rows, rows) { $0 == $1 ? 1 : 0 }.values
    let size = rows
    for _ in 0..<60 {
      guard Self.sweep(&turned, &turns, size) else { break }
    }
    let norms = (0..<size).map { column in
      (0..<size).reduce(0) { $0 + turned[column * size + $1] * turned[column * size + $1] }
        .squareRoot()
    }
    let least = 1e-10 * (norms.max() ?? 0)
    let (left, right) = (turned, turns)
    let units = DenseMatrix(size, size) { row, column in
      norms[column] > least ? left[column * size + row] / norms[column] : 0
    }
    return units * DenseMatrix(size, size) { right[$0 * size + $1] }
  }

  /// One pass over all pairs; `false` where nothing was turned.
  private static func sweep(_ turned: inout [Double], _ turns: inout [Double], _ size: Int) -> Bool
  {
    var hasTurned = false
    turned.withUnsafeMutableBufferPointer { turned in
      turns.withUnsafeMutableBufferPointer { turns in
        let largest = (0..<size).reduce(0.0) { most, row in
          max(most, dot(turned, row * size, row * size, size))
        }
        for first in 0..<size {
          for second in (first + 1)..<max(size, first + 1) {
            let (one, two) = (first * size, second * size)
            let (a, b) = (dot(turned, one, one, size), dot(turned, two, two, size))
            let c = dot(turned, one, two, size)
            guard abs(c) > 1e-14 * (a * b).squareRoot(), min(a, b) > 1e-24 * largest else {
              continue
            }
            hasTurned = true
            let zeta = (b - a) / (2 * c)
            let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
            let cosine = 1 / (1 + tangent * tangent).squareRoot()
            turn(turned, one, two, size, cosine, cosine * tangent)
            turn(turns, one, two, size, cosine, cosine * tangent)
          }
        }
      }
    }
    return hasTurned
  }

  private static func dot(
    _ values: UnsafeMutableBufferPointer<Double>, _ one: Int, _ two: Int, _ size: Int
  ) -> Double {
    var sum = 0.0
    for place in 0..<size { sum += values[one + place] * values[two + place] }
    return sum
  }

  private static func turn(
    _ values: UnsafeMutableBufferPointer<Double>, _ one: Int, _ two: Int, _ size: Int,
    _ cosine: Double, _ sine: Double
  ) {
    for place in 0..<size {
      let (x, y) = (values[one + place], values[two + place])
      values[one + place] = cosine * x - sine * y
      values[two + place] = sine * x + cosine * y
    }
  }
}
