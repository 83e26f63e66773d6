/// Metrics of predicted numbers, as functions of how often each example counts.
///
/// With the error e = ŷ − y: MAE is the mean of |e|, RMSE √ of the mean of e², bias the mean of e, and
/// `R² = 1 − Σ e² / Σ (y − ȳ)²`, undefined where all y are one number. Pearson's r is of the numbers, Spearman's of their
/// ranks, ties the mean of theirs; both are undefined where a side does not vary. The limits of agreement are
/// `bias ± 1.96 s` with the standard deviation s of e (divided by n − 1).
///
/// Source: Bland and Altman, "Statistical methods for assessing agreement between two methods of clinical measurement",
/// The Lancet 327, 1986.
package struct NumberMetrics: Sendable {
  /// Names in the order of ``values(_:)``; those of intervals are undefined without them.
  package static let names = [
    "mae", "rmse", "r2", "pearson", "spearman", "bias", "error_sd", "agreement_low",
    "agreement_high", "median_absolute_error", "interval_coverage", "interval_width",
  ]
  /// Names of those of which less is better.
  static let losses: Set<String> = [
    "mae", "rmse", "error_sd", "median_absolute_error", "interval_width",
  ]

  private let truths: [Double]
  private let predicted: [Double]
  private let intervals: [ClosedRange<Double>]?
  private let truthOrder: [Int]
  private let predictedOrder: [Int]
  private let errorOrder: [Int]
  /// Bin of each example; see ``NumberBins``.
  private let bins: [Int]
  private let binCount: Int

  /// - Parameters:
  ///   - predictions: What the model said; every truth is known.
  ///   - bins: Ranges of the truth whose errors are told apart.
  package init(_ predictions: NumberPredictions, bins: NumberBins) {
    truths = predictions.truths.map { $0 ?? .nan }
    predicted = predictions.predicted
    intervals = predictions.intervals
    let (truths, predicted) = (truths, predicted)
    truthOrder = truths.indices.sorted { truths[$0] < truths[$1] }
    predictedOrder = predicted.indices.sorted { predicted[$0] < predicted[$1] }
    errorOrder = truths.indices.sorted {
      abs(predicted[$0] - truths[$0]) < abs(predicted[$1] - truths[$1])
    }
    self.bins = truths.map(bins.place)
    binCount = bins.count
  }

  /// Each metric, and then, bin by bin, MAE and bias; NaN where undefined.
  ///
  /// - Parameter weights: How often each example counts, `[N]`.
  package func values(_ weights: [Double]) -> [Double] {
    var (n, absolute, squared, error) = (0.0, 0.0, 0.0, 0.0)
    var (covered, width) = (0.0, 0.0)
    var ofBins = [(n: Double, absolute: Double, error: Double)](
      repeating: (0, 0, 0), count: binCount)
    for (row, weight) in weights.enumerated() where weight > 0 {
      let e = predicted[row] - truths[row]
      n += weight
      absolute += weight * abs(e)
      squared += weight * e * e
      error += weight * e
      ofBins[bins[row]].n += weight
      ofBins[bins[row]].absolute += weight * abs(e)
      ofBins[bins[row]].error += weight * e
      if let interval = intervals?[row] {
        if interval.contains(truths[row]) { covered += weight }
        width += weight * (interval.upperBound - interval.lowerBound)
      }
    }
    let bias = error / n
    let spread = deviation(weights, n, bias)
    let ranks = (ranked(truths, truthOrder, weights), ranked(predicted, predictedOrder, weights))
    let hasIntervals = intervals != nil
    let over: [Double] = [
      absolute / n, (squared / n).squareRoot(), determination(weights, n, squared),
      correlation(truths, predicted, weights, n), correlation(ranks.0, ranks.1, weights, n), bias,
      spread, bias - 1.96 * spread, bias + 1.96 * spread, median(weights, n),
      hasIntervals ? covered / n : .nan, hasIntervals ? width / n : .nan,
    ]
    return over + ofBins.flatMap { [$0.absolute / $0.n, $0.error / $0.n] }
  }

  private func deviation(_ weights: [Double], _ n: Double, _ bias: Double) -> Double {
    var sum = 0.0
    for (row, weight) in weights.enumerated() where weight > 0 {
      let d = predicted[row] - truths[row] - bias
      sum += weight * d * d
    }
    return n > 1 ? (sum / (n - 1)).squareRoot() : .nan
  }

  private func determination(_ weights: [Double], _ n: Double, _ squared: Double) -> Double {
    var (mean, sum) = (0.0, 0.0)
    for (row, weight) in weights.enumerated() where weight > 0 { mean += weight * truths[row] / n }
    for (row, weight) in weights.enumerated() where weight > 0 {
      sum += weight * (truths[row] - mean) * (truths[row] - mean)
    }
    return varies(truths, weights) ? 1 - squared / sum : .nan
  }

  /// Whether those that count are not all one number.
  private func varies(_ values: [Double], _ weights: [Double]) -> Bool {
    var first: Double?
    for (row, weight) in weights.enumerated() where weight > 0 {
      guard let known = first else {
        first = values[row]
        continue
      }
      if values[row] != known { return true }
    }
    return false
  }

  private func correlation(
    _ left: [Double], _ right: [Double], _ weights: [Double], _ n: Double
  ) -> Double {
    guard varies(left, weights), varies(right, weights) else { return .nan }
    var (x, y) = (0.0, 0.0)
    for (row, weight) in weights.enumerated() where weight > 0 {
      x += weight * left[row] / n
      y += weight * right[row] / n
    }
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (row, weight) in weights.enumerated() where weight > 0 {
      let (dx, dy) = (left[row] - x, right[row] - y)
      xx += weight * dx * dx
      yy += weight * dy * dy
      xy += weight * dx * dy
    }
    guard xx > 0, yy > 0 else { return .nan }
    return min(1, max(-1, xy / (xx.squareRoot() * yy.squareRoot())))
  }

  /// Ranks, ties the mean of theirs, an example as often as it counts.
  private func ranked(_ values: [Double], _ order: [Int], _ weights: [Double]) -> [Double] {
    var ranks = [Double](repeating: .nan, count: values.count)
    var (start, below) = (0, 0.0)
    while start < order.count {
      var (end, inRun) = (start, 0.0)
      while end < order.count, values[order[end]] == values[order[start]] {
        inRun += weights[order[end]]
        end += 1
      }
      for place in start..<end { ranks[order[place]] = below + (inRun + 1) / 2 }
      below += inRun
      start = end
    }
    return ranks
  }

  /// The middle of the absolute errors, of an even number the mean of both.
  private func median(_ weights: [Double], _ n: Double) -> Double {
    var (passed, lower) = (0.0, Double.nan)
    for row in errorOrder where weights[row] > 0 {
      passed += weights[row]
      let size = abs(predicted[row] - truths[row])
      if !lower.isNaN { return (lower + size) / 2 }
      if 2 * passed > n { return size }
      if 2 * passed == n { lower = size }
    }
    return lower
  }
}
