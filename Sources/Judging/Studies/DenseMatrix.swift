import Requirements

/// A small matrix of doubles, row by row: enough linear algebra for a study of some hundred rows.
struct DenseMatrix: Sendable, Equatable {
  let rows: Int
  let columns: Int
  /// `[rows × columns]`, a row after the other.
  var values: [Double]

  /// All entries 0.
  init(_ rows: Int, _ columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    values = [Double](repeating: 0, count: rows * columns)
  }

  /// Each entry from its place.
  init(_ rows: Int, _ columns: Int, _ entry: (Int, Int) -> Double) {
    self.init(rows, columns)
    for row in 0..<rows {
      for column in 0..<columns { values[row * columns + column] = entry(row, column) }
    }
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Aᵀ.
  var transposed: DenseMatrix { DenseMatrix(columns, rows) { self[$1, $0] } }

  /// Σ of the squares of all entries.
  var squares: Double { values.reduce(0) { $0 + $1 * $1 } }

  /// A B, in a fixed order of additions.
  static func * (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
    require(
      left.columns == right.rows,
      "DenseMatrix: expected \(left.columns) rows, got \(right.rows)")
    var result = DenseMatrix(left.rows, right.columns)
    let width = right.columns
    left.values.withUnsafeBufferPointer { left in
      right.values.withUnsafeBufferPointer { right in
        result.values.withUnsafeMutableBufferPointer { result in
          let inner = right.count / max(width, 1)
          for row in 0..<(inner == 0 ? 0 : left.count / inner) {
            for place in 0..<inner {
              let factor = left[row * inner + place]
              guard factor != 0 else { continue }
              for column in 0..<width {
                result[row * width + column] += factor * right[place * width + column]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// A + c B.
  func adding(_ factor: Double, _ other: DenseMatrix) -> DenseMatrix {
    var result = self
    for place in values.indices { result.values[place] += factor * other.values[place] }
    return result
  }
}
