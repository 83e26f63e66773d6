import Requirements

/// Eigenvalues and eigenvectors of a real symmetric matrix, the largest first.
///
/// Reflections make it tridiagonal, rotations with Wilkinson's shift make that diagonal; 10 D³ or so operations in double
/// precision. An eigenvector points so that its number of largest size, the first of equals, is positive.
///
/// Source: Golub, Van Loan, "Matrix Computations", 4th edition 2013, sections 8.3.1 and 8.3.5.
public struct SymmetricEigen: Sendable, Equatable {
  /// λ, falling, `[D]`.
  public let values: [Double]
  /// The vectors of the first values, one a row, shape `[count, D]`, flat.
  public let vectors: [Double]

  /// - Parameters:
  ///   - matrix: row by row, `[D, D]` flat, symmetric, finite.
  ///   - size: D, at least 1.
  ///   - count: how many vectors, in 0…D.
  /// - Precondition: there are D² numbers.
  public init(_ matrix: [Double], size: Int, count: Int) {
    require(
      size > 0 && matrix.count == size * size && (0...size).contains(count),
      "SymmetricEigen: expected \(size) × \(size) numbers and up to \(size) vectors, got \(matrix.count) and \(count)"
    )
    var tridiagonal = Tridiagonal(matrix, size)
    let rotated = tridiagonal.diagonalize()
    let order = (0..<size).sorted {
      let (a, b) = (tridiagonal.diagonal[$0], tridiagonal.diagonal[$1])
      return a == b ? $0 < $1 : a > b
    }
    values = order.map { tridiagonal.diagonal[$0] }
    vectors = order.prefix(count).flatMap { row -> [Double] in
      var vector = Array(rotated[row * size..<(row + 1) * size])
      tridiagonal.reflect(&vector)
      return Self.turned(vector)
    }
  }

  private static func turned(_ vector: [Double]) -> [Double] {
    var most = 0
    for place in vector.indices where abs(vector[place]) > abs(vector[most]) { most = place }
    return vector[most] < 0 ? vector.map { -$0 } : vector
  }
}
