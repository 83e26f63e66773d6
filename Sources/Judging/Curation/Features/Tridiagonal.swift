/// A symmetric matrix on its way to a diagonal one: A = H₀ … H_{D−3} T H_{D−3} … H₀ with reflections H and a tridiagonal T.
struct Tridiagonal {
  /// The diagonal of T; the eigenvalues in the end.
  private(set) var diagonal: [Double]
  /// Beside the diagonal.
  private var beside: [Double]
  /// The reflections I − β v vᵀ; v of the k-th begins at k + 1.
  private var reflections: [(v: [Double], beta: Double)] = []
  private let size: Int

  init(_ matrix: [Double], _ size: Int) {
    self.size = size
    diagonal = [Double](repeating: 0, count: size)
    beside = [Double](repeating: 0, count: max(0, size - 1))
    var a = matrix
    for k in 0..<max(0, size - 2) { reduce(&a, k) }
    for k in max(0, size - 2)..<size { diagonal[k] = a[k * size + k] }
    if size > 1 { beside[size - 2] = a[(size - 1) * size + size - 2] }
  }

  /// Makes column k tridiagonal, and brings the rest up to date by its symmetric change of rank 2.
  private mutating func reduce(_ a: inout [Double], _ k: Int) {
    let rest = size - k - 1
    diagonal[k] = a[k * size + k]
    var v = (0..<rest).map { a[(k + 1 + $0) * size + k] }
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let alpha = v[0] > 0 ? -length : length
    beside[k] = alpha
    v[0] -= alpha
    let square = v.reduce(0) { $0 + $1 * $1 }
    guard square > 0 else {
      reflections.append((v, 0))
      return
    }
    let beta = 2 / square
    var w = [Double](repeating: 0, count: rest)
    a.withUnsafeMutableBufferPointer { a in
      // The matrix is symmetric, so its rows stand for columns, and sums run along memory.
      for i in 0..<rest {
        let (row, factor) = ((k + 1 + i) * size + k + 1, beta * v[i])
        for j in 0..<rest { w[j] += factor * a[row + j] }
      }
      let half = beta / 2 * zip(v, w).reduce(0) { $0 + $1.0 * $1.1 }
      for j in 0..<rest { w[j] -= half * v[j] }
      for i in 0..<rest {
        let (row, vi, wi) = ((k + 1 + i) * size + k + 1, v[i], w[i])
        for j in 0..<rest { a[row + j] -= vi * w[j] + wi * v[j] }
      }
    }
    reflections.append((v, beta))
  }

  /// Rotates until nothing is left beside the diagonal.
  ///
  /// - Returns: Z, row i the eigenvector of `diagonal[i]` of the tridiagonal matrix, `[D, D]` flat.
  mutating func diagonalize() -> [Double] {
    var z = [Double](repeating: 0, count: size * size)
    for i in 0..<size { z[i * size + i] = 1 }
    var last = size - 1
    while last > 0 {
      for i in 0..<last where isNothing(i) { beside[i] = 0 }
      if beside[last - 1] == 0 {
        last -= 1
        continue
      }
      var first = last - 1
      while first > 0, beside[first - 1] != 0 { first -= 1 }
      chase(first, last, &z)
    }
    return z
  }

  private func isNothing(_ i: Int) -> Bool {
    abs(beside[i]) <= .ulpOfOne / 2 * (abs(diagonal[i]) + abs(diagonal[i + 1]))
      || abs(beside[i]) < .leastNormalMagnitude
  }

  /// One implicit step on rows `first…last`: a rotation with Wilkinson's shift makes a bulge, further ones push it out.
  private mutating func chase(_ first: Int, _ last: Int, _ z: inout [Double]) {
    let half = (diagonal[last - 1] - diagonal[last]) / 2
    let b = beside[last - 1]
    let root = (half * half + b * b).squareRoot()
    let shift = diagonal[last] - b * b / (half + (half < 0 ? -root : root))
    var (x, bulge) = (diagonal[first] - shift, beside[first])
    for k in first..<last {
      let r = (x * x + bulge * bulge).squareRoot()
      let (c, s) = r > 0 ? (x / r, bulge / r) : (1, 0)
      if k > first { beside[k - 1] = r }
      let (upper, lower, side) = (diagonal[k], diagonal[k + 1], beside[k])
      diagonal[k] = c * c * upper + 2 * c * s * side + s * s * lower
      diagonal[k + 1] = s * s * upper - 2 * c * s * side + c * c * lower
      beside[k] = c * s * (lower - upper) + (c * c - s * s) * side
      if k + 1 < last {
        (x, bulge) = (beside[k], s * beside[k + 1])
        beside[k + 1] *= c
      }
      z.withUnsafeMutableBufferPointer { z in
        let (one, two) = (k * size, (k + 1) * size)
        for j in 0..<size {
          let (p, q) = (z[one + j], z[two + j])
          z[one + j] = c * p + s * q
          z[two + j] = c * q - s * p
        }
      }
    }
  }

  /// A vector of the tridiagonal matrix as one of the matrix itself.
  func reflect(_ vector: inout [Double]) {
    for (k, reflection) in reflections.enumerated().reversed() where reflection.beta > 0 {
      var product = 0.0
      for (j, v) in reflection.v.enumerated() { product += v * vector[k + 1 + j] }
      let factor = reflection.beta * product
      for (j, v) in reflection.v.enumerated() { vector[k + 1 + j] -= factor * v }
    }
  }
}
