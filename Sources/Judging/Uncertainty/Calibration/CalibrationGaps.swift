import Evaluation

/// The signed gaps that a calibration error is a sum of sizes of: for each bin the mean over all examples of
/// probability less outcome, where the probability falls into the bin, with its standard error.
package struct CalibrationGaps: Sendable, Equatable {
  /// `g_b`, `[K]`.
  package let gaps: [Double]
  /// `s_b`, the standard error of each as seen, `[K]`.
  package let errors: [Double]
  /// `e_b`, the standard error of each if the probabilities were right, `√Σp(1 − p)/N` over the bin, `[K]`.
  package let expected: [Double]
  /// What the sum of sizes is divided by: 1, or the number of classes of a mean over classes.
  package let divisor: Double

  /// `Σ |g_b|` over the divisor: the calibration error.
  package var error: Double { gaps.reduce(0) { $0 + abs($1) } / divisor }

  /// Gaps and standard errors that are known.
  ///
  /// - Parameters:
  ///   - gaps: `g_b`, `[K]`.
  ///   - errors: `s_b`, at least 0, `[K]`.
  ///   - expected: `e_b`, at least 0, `[K]`.
  ///   - divisor: What the sum of sizes is divided by, above 0.
  package init(gaps: [Double], errors: [Double], expected: [Double], divisor: Double = 1) {
    (self.gaps, self.errors, self.expected) = (gaps, errors, expected)
    self.divisor = divisor
  }

  /// The gaps of the most probable class, or those of every class's own probability.
  ///
  /// `s_b² = Σ_strata u/(u − 1) · Σ (d − mean d)² / N²` with `d` the sum of a unit's gaps in the bin less
  /// its number of examples times `g_b`: the usual variance of a ratio, over whole groups where there are any.
  ///
  /// - Parameters:
  ///   - table: The predictions.
  ///   - plan: Which examples belong together, and what is fixed.
  ///   - isTop: Whether of the most probable class.
  package init(_ table: ExampleTable, _ plan: ResamplingPlan, isTop: Bool) {
    let width = isTop ? 1 : table.classes
    let count = width * CalibrationAccumulator.bins
    let total = Double(max(1, table.count))
    divisor = Double(width)
    var sums = GapSums(count: count)
    var means = [Double](repeating: 0, count: count)
    var spreads = means
    table.visitGaps(0..<table.count, isTop: isTop) { bin, gap in
      means[bin] += gap / total
      // p is the gap itself, or 1 more where the class is the true one.
      let p = gap < 0 ? gap + 1 : gap
      spreads[bin] += p * (1 - p)
    }
    var squares = [Double](repeating: 0, count: count)
    for stratum in plan.strata where stratum.count > 1 {
      sums.clear()
      for unit in stratum {
        let rows = plan.examples(of: unit)
        sums.begin(size: Double(rows.count))
        table.visitGaps(rows, isTop: isTop) { bin, gap in sums.add(gap, to: bin) }
        sums.end()
      }
      for bin in squares.indices { squares[bin] += sums.spread(bin, about: means[bin]) }
    }
    (gaps, errors) = (means, squares.map { $0.squareRoot() / total })
    expected = spreads.map { max(0, $0).squareRoot() / total }
  }
}

/// Sums over the units of one stratum, from which the spread of each bin follows.
private struct GapSums {
  private var own: [Double]
  private var touched: [Int] = []
  private var sums, squares, products: [Double]
  private var (units, sizes, sizeSquares, size) = (0.0, 0.0, 0.0, 0.0)

  init(count: Int) {
    own = [Double](repeating: 0, count: count)
    (sums, squares, products) = (own, own, own)
  }

  mutating func clear() {
    for bin in sums.indices { (sums[bin], squares[bin], products[bin]) = (0, 0, 0) }
    (units, sizes, sizeSquares) = (0, 0, 0)
  }

  mutating func begin(size: Double) {
    self.size = size
    units += 1
    sizes += size
    sizeSquares += size * size
  }

  mutating func add(_ gap: Double, to bin: Int) {
    touched.append(bin)
    own[bin] += gap
  }

  mutating func end() {
    for bin in touched where own[bin] != 0 {
      sums[bin] += own[bin]
      squares[bin] += own[bin] * own[bin]
      products[bin] += own[bin] * size
      own[bin] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// `u/(u − 1) · Σ (d − mean d)²` with `d = S − g n`.
  func spread(_ bin: Int, about gap: Double) -> Double {
    let raw = squares[bin] - 2 * gap * products[bin] + gap * gap * sizeSquares
    let mean = sums[bin] - gap * sizes
    return units / (units - 1) * max(0, raw - mean * mean / units)
  }
}

extension ExampleTable {
  /// Calls `body` with bin and gap of each of these examples.
  @inline(__always)
  fileprivate func visitGaps<Rows: Sequence<Int>>(
    _ rows: Rows, isTop: Bool, _ body: (Int, Double) -> Void
  ) {
    for row in rows {
      guard !isTop else {
        body(Int(topBins[row]), topGaps[row])
        continue
      }
      for index in 0..<classes {
        let place = row * classes + index
        body(index * CalibrationAccumulator.bins + Int(bins[place]), gaps[place])
      }
    }
  }
}
