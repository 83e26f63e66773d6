/// Features brought to mean 0 and standard deviation 1, column by column: z = (x − μ) / σ.
///
/// σ is that of the rows themselves (divided by N). A column that never changes becomes zeros.
public struct StandardScaler: Sendable, Equatable {
  /// μ, `[D]`.
  public let means: [Double]
  /// σ, `[D]`; 0 of a column that never changes.
  public let deviations: [Double]

  /// Of the rows of a table.
  ///
  /// - Throws: ``CurationError/allConstant(features:)`` where no column changes and there are several rows.
  public init(_ table: FeatureTable) throws(CurationError) {
    let (n, width) = (Double(table.count), table.width)
    var (means, squares) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
    )
    table.values.withUnsafeBufferPointer { x in
      for start in stride(from: 0, to: x.count, by: width) {
        for d in 0..<width { means[d] += Double(x[start + d]) }
      }
      for d in 0..<width { means[d] /= n }
      // A second pass: the difference of two large sums would leave noise of a constant column.
      for start in stride(from: 0, to: x.count, by: width) {
        for d in 0..<width {
          let move = Double(x[start + d]) - means[d]
          squares[d] += move * move
        }
      }
    }
    self.means = means
    deviations = (0..<width).map { d in
      let deviation = (squares[d] / n).squareRoot()
      return deviation > 10 * Double(Float.ulpOfOne) * abs(means[d]) ? deviation : 0
    }
    guard table.count == 1 || deviations.contains(where: { $0 > 0 }) else {
      throw .allConstant(features: width)
    }
  }

  /// Columns that never change.
  public var constant: Int { deviations.count { $0 == 0 } }

  /// z of the rows of a table, `[N, D]` flat.
  public func scaled(_ table: FeatureTable) -> [Float] {
    let width = table.width
    var z = table.values
    for start in stride(from: 0, to: z.count, by: width) {
      for d in 0..<width {
        let move = Double(z[start + d]) - means[d]
        z[start + d] = deviations[d] > 0 ? Float(move / deviations[d]) : 0
      }
    }
    return z
  }
}
