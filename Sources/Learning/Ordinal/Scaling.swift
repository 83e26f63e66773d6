/// Columns centred by their means and scaled by their deviations, so that one penalty suits all of them.
struct Scaling: Sendable, Equatable {
  /// μ, `[D]`.
  let means: [Double]
  /// σ with N, `[D]`; 1 of a column that does not vary.
  let deviations: [Double]

  /// - Parameter rows: what is scaled.
  init(_ rows: GradedRows) {
    let (width, count) = (rows.width, Double(rows.count))
    var sums = [Double](repeating: 0, count: width)
    for (place, value) in rows.features.enumerated() { sums[place % width] += value }
    let means = sums.map { $0 / count }
    var squares = [Double](repeating: 0, count: width)
    for (place, value) in rows.features.enumerated() {
      let distance = value - means[place % width]
      squares[place % width] += distance * distance
    }
    self.means = means
    deviations = zip(squares, means).map { squares, mean in
      let deviation = (squares / count).squareRoot()
      // What rounding leaves of a constant is no spread.
      return deviation <= abs(mean) * 1e-7 + 1e-30 ? 1 : deviation
    }
  }

  /// The rows, scaled.
  func applied(to rows: GradedRows) -> GradedRows {
    let width = rows.width
    return rows.with(
      features: rows.features.enumerated().map { place, value in
        (value - means[place % width]) / deviations[place % width]
      })
  }

  /// A model of scaled rows, in the units of the rows as they were.
  func undone(in model: CumulativeModel) -> CumulativeModel {
    let width = means.count
    let coefficients = model.coefficients.enumerated().map { $1 / deviations[$0 % width] }
    let thresholds = model.thresholds.enumerated().map { boundary, threshold in
      (0..<width).reduce(threshold) { $0 - coefficients[boundary * width + $1] * means[$1] }
    }
    return CumulativeModel(thresholds: thresholds, coefficients: coefficients)
  }
}
