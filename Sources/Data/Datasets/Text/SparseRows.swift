/// Rows of which most numbers are 0: columns and values of the others, row after row.
struct SparseRows {
  /// Numbers of a row, M.
  let width: Int
  private var starts = [0]
  private var columns: [Int] = []
  private var values: [Double] = []

  init(width: Int) { self.width = width }

  /// Number of rows, N.
  var count: Int { starts.count - 1 }

  /// ‖A‖²_F.
  var squares: Double { values.reduce(0) { $0 + $1 * $1 } }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - columns: of the numbers that are not 0, each below ``width``.
  ///   - values: the numbers, as many.
  mutating func append(_ columns: [Int], _ values: [Double]) {
    self.columns += columns
    self.values += values
    starts.append(self.columns.count)
  }

  /// A X, `[N, L]`, of X, `[M, L]`.
  func times(_ matrix: [Double], _ size: Int) -> [Double] {
    var product = [Double](repeating: 0, count: count * size)
    for row in 0..<count {
      for entry in starts[row]..<starts[row + 1] {
        let (value, from, to) = (values[entry], columns[entry] * size, row * size)
        for place in 0..<size { product[to + place] += value * matrix[from + place] }
      }
    }
    return product
  }

  /// Aᵀ X, `[M, L]`, of X, `[N, L]`.
  func transposedTimes(_ matrix: [Double], _ size: Int) -> [Double] {
    var product = [Double](repeating: 0, count: width * size)
    for row in 0..<count {
      for entry in starts[row]..<starts[row + 1] {
        let (value, from, to) = (values[entry], row * size, columns[entry] * size)
        for place in 0..<size { product[to + place] += value * matrix[from + place] }
      }
    }
    return product
  }
}
