/// The inverse of a small dense matrix, by Gauss and Jordan with row exchange.
struct MatrixInverse {
  /// A⁻¹, `[n, n]` flat, row by row.
  let entries: [Double]
  /// ‖A‖₁·‖A⁻¹‖₁, at least 1: by how much an error of the right side may grow.
  let condition: Double

  /// The inverse of `matrix`; `nil` where a pivot is 0.
  ///
  /// - Parameters:
  ///   - matrix: A, `[n, n]` flat, row by row.
  ///   - size: n.
  init?(_ matrix: [Double], size: Int) {
    var left = matrix
    var right = [Double](repeating: 0, count: size * size)
    for i in 0..<size { right[i * size + i] = 1 }
    for column in 0..<size {
      let pivot =
        (column..<size).max { abs(left[$0 * size + column]) < abs(left[$1 * size + column]) }
        ?? column
      let value = left[pivot * size + column]
      guard value != 0 else { return nil }
      for j in 0..<size {
        left.swapAt(pivot * size + j, column * size + j)
        right.swapAt(pivot * size + j, column * size + j)
        left[column * size + j] /= value
        right[column * size + j] /= value
      }
      for i in 0..<size where i != column {
        let factor = left[i * size + column]
        for j in 0..<size {
          left[i * size + j] -= factor * left[column * size + j]
          right[i * size + j] -= factor * right[column * size + j]
        }
      }
    }
    entries = right
    condition = Self.norm(matrix, size) * Self.norm(right, size)
  }

  /// A⁻¹·b, `[n]`.
  func callAsFunction(_ vector: [Double]) -> [Double] {
    vector.indices.map { i in
      vector.indices.reduce(0) { $0 + entries[i * vector.count + $1] * vector[$1] }
    }
  }

  private static func norm(_ matrix: [Double], _ size: Int) -> Double {
    (0..<size).map { j in (0..<size).reduce(0) { $0 + abs(matrix[$1 * size + j]) } }.max() ?? 0
  }
}
