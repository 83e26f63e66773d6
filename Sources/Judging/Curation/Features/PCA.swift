public import Audit
import Requirements

/// Principal components: the directions along which rows vary most, and the rows in terms of them.
///
/// Eigenvectors of XᵀX / (N − 1) of centred rows X; the variance along each is its eigenvalue. A component points so that its
/// loading of largest size is positive.
///
/// Source: Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space", Philosophical Magazine 1901.
public struct PCA: Sendable, Equatable {
  /// Number of components, P.
  public let count: Int
  /// The components, one a row, of length 1, `[P, D]` flat.
  public let components: [Float]
  /// Variance along each, falling, `[P]`.
  public let variances: [Double]
  /// Variance along all directions.
  public let total: Double
  /// The rows in terms of the components, `[N, P]` flat.
  public let scores: [Float]

  /// - Parameters:
  ///   - rows: centred rows, `[N, D]` flat, finite.
  ///   - width: D.
  ///   - count: P, at least 1.
  ///   - products: who multiplies.
  /// - Throws: ``CurationError/tooManyComponents(asked:most:)`` for more than min(N − 1, D), or 1 where there is one row.
  /// - Precondition: the rows are whole.
  public init(
    _ rows: [Float], width: Int, count: Int, products: some RowProducts
  ) throws(CurationError) {
    require(
      width > 0 && rows.count % width == 0,
      "PCA: expected rows of \(width) numbers, got \(rows.count)")
    let n = rows.count / width
    let most = Self.most(rows: n, features: width)
    guard (1...most).contains(count) else { throw .tooManyComponents(asked: count, most: most) }
    let eigen = SymmetricEigen(Self.covariance(rows, width, products), size: width, count: count)
    self.count = count
    components = eigen.vectors.map(Float.init)
    variances = eigen.values.prefix(count).map { max(0, $0) }
    total = eigen.values.reduce(0) { $0 + max(0, $1) }
    scores = products.products(rows, components, width: width)
  }

  /// Most components of so many rows and features.
  public static func most(rows: Int, features: Int) -> Int { max(1, min(rows - 1, features)) }

  /// Share of all variance that the components keep, in 0…1; 1 where nothing varies.
  public var kept: Double { total > 0 ? variances.reduce(0, +) / total : 1 }

  /// Rows whose products are summed in single precision; such sums are added in double.
  private static let block = 1024

  private static func covariance(
    _ rows: [Float], _ width: Int, _ products: some RowProducts
  ) -> [Double] {
    let n = rows.count / width
    var sum = [Double](repeating: 0, count: width * width)
    for start in stride(from: 0, to: n, by: block) {
      let length = min(block, n - start)
      var turned = [Float](repeating: 0, count: width * length)
      for row in 0..<length {
        for d in 0..<width { turned[d * length + row] = rows[(start + row) * width + d] }
      }
      let part = products.products(turned, turned, width: length)
      for place in sum.indices { sum[place] += Double(part[place]) }
    }
    let scale = 1 / Double(max(1, n - 1))
    // A library need not add (i, j) in the order of (j, i).
    return (0..<width * width).map { place in
      let (i, j) = (place / width, place % width)
      return (sum[i * width + j] + sum[j * width + i]) / 2 * scale
    }
  }
}
