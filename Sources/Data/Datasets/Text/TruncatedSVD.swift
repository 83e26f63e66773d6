import Randomness

/// The first K right singular vectors of sparse rows, A ≈ U Σ Vᵀ, without centring.
///
/// A random block of K + 10 directions is multiplied by A and Aᵀ in turn and made orthonormal; the vectors are those of A within the
/// space that is left. The random numbers have a fixed seed, so equal rows give equal vectors. Where the block is as large as the
/// rank of A, the result is exact.
///
/// Source: Halko, Martinsson, Tropp, "Finding Structure with Randomness", SIAM Review 2011, algorithm 4.4.
struct TruncatedSVD {
  /// V, a vector a row, `[K, M]`; of each the first of the largest entries is positive.
  let components: [Double]
  /// Σ, falling, above 0, `[K]`.
  let singularValues: [Double]

  /// - Parameters:
  ///   - rows: A, `[N, M]`.
  ///   - size: K, at least 1; fewer come back where the rank of A is smaller.
  ///   - rounds: how often the block is multiplied by AᵀA.
  init(_ rows: SparseRows, size: Int, rounds: Int = 5) {
    let (width, block) = (rows.width, min(size + 10, rows.count, rows.width))
    guard block > 0 else {
      (components, singularValues) = ([], [])
      return
    }
    var source = RandomKey(seed: 0).folding("truncated SVD").source
    var basis = (0..<width * block).map { _ in source.normal() }
    for _ in 0..<rounds {
      let image = Self.orthonormal(rows.times(basis, block), block)
      basis = Self.orthonormal(rows.transposedTimes(image, block), block)
    }
    let image = rows.times(basis, block)
    let eigen = JacobiRotations(Self.products(image, block), size: block)
    let values = eigen.values.prefix(size).map { max($0, 0).squareRoot() }
    // What rounding leaves of a direction that A does not have is none.
    let kept = values.prefix { $0 > 1e-6 * (values.first ?? 0) }.count
    singularValues = Array(values.prefix(kept))
    components = (0..<kept).flatMap { number -> [Double] in
      let weights = eigen.vectors[number * block..<(number + 1) * block]
      return Self.signed(
        (0..<width).map { row in
          zip(weights, basis[row * block..<(row + 1) * block]).reduce(0) { $0 + $1.0 * $1.1 }
        })
    }
  }

  /// The vector or its opposite, whose first entry among the largest is positive.
  private static func signed(_ vector: [Double]) -> [Double] {
    let most = vector.reduce(0) { max($0, abs($1)) }
    // Entries of terms that always stand together are equal but for rounding.
    guard let first = vector.first(where: { abs($0) >= (1 - 1e-6) * most }), first < 0 else {
      return vector
    }
    return vector.map { -$0 }
  }

  /// Xᵀ X, `[L, L]`, of X, `[N, L]`.
  private static func products(_ matrix: [Double], _ size: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: size * size)
    for start in stride(from: 0, to: matrix.count, by: size) {
      for first in 0..<size {
        let value = matrix[start + first]
        for second in 0..<size { sums[first * size + second] += value * matrix[start + second] }
      }
    }
    return sums
  }

  /// The columns of X, `[N, L]`, made orthonormal one after the other; one that those before span is 0.
  private static func orthonormal(_ matrix: [Double], _ size: Int) -> [Double] {
    var result = matrix
    let count = matrix.count / size
    for column in 0..<size {
      let before = norm(result, column, size)
      // Twice is enough to be orthogonal to the last digits.
      for _ in 0..<2 {
        var shares = [Double](repeating: 0, count: column)
        for row in 0..<count {
          let value = result[row * size + column]
          for other in 0..<column { shares[other] += value * result[row * size + other] }
        }
        for row in 0..<count {
          var sum = 0.0
          for other in 0..<column { sum += shares[other] * result[row * size + other] }
          result[row * size + column] -= sum
        }
      }
      let after = norm(result, column, size)
      let factor = after > 1e-10 * before ? 1 / after : 0
      for row in 0..<count { result[row * size + column] *= factor }
    }
    return result
  }

  private static func norm(_ matrix: [Double], _ column: Int, _ size: Int) -> Double {
    var sum = 0.0
    for place in stride(from: column, to: matrix.count, by: size) {
      sum += matrix[place] * matrix[place]
    }
    return sum.squareRoot()
  }
}
