package import Evaluation

/// Everything that metrics read, for sixteen resamples at once.
package struct LaneMetricInputs: Sendable {
  private let classes: Int
  private let counts: LaneCounts
  private let ranks: [LaneRanks]
  private let shots: ShotGroups?
  private let positive: PositiveClass?
  private let areOrdered: Bool

  /// The inputs of a table under sixteen sets of weights.
  package init(_ table: ExampleTable, _ weights: WeightBlock, shots: ShotGroups?) {
    classes = table.classes
    self.shots = shots
    (positive, areOrdered) = (table.positive, table.areOrdered)
    counts = LaneCounts(table, weights)
    let extent = weights.extent
    let orders = table.hasScores ? table.orders : []
    ranks = orders.enumerated().map { index, order in
      LaneRanks(index, of: table.classes, order: order, weights: weights, extent: extent)
    }
  }

  /// The inputs of one resample.
  package subscript(lane: Int) -> MetricInputs {
    var inputs = inputs(lane)
    inputs.areOrdered = areOrdered
    return inputs
  }

  private func inputs(_ lane: Int) -> MetricInputs {
    let confusion = ConfusionMatrix(
      classes: classes, counts: counts.cells.map { Int($0[lane]) })
    guard !ranks.isEmpty else {
      return MetricInputs(decisions: confusion, shots: shots, positive: positive)
    }
    let (support, total) = (confusion.support, confusion.total)
    let wins = ranks.map { rank in rank.wins.map { Int($0[lane]) } }
    return MetricInputs(
      confusion: confusion,
      rocAUC: (0..<classes).map {
        area(wins[$0].reduce(0, +), support[$0], total - support[$0])
      },
      rocAUCPairs: (0..<classes * classes).map { entry in
        let (i, j) = entry.quotientAndRemainder(dividingBy: classes)
        return i == j ? nil : area(wins[i][j], support[i], support[j])
      },
      averagePrecision: (0..<classes).map {
        support[$0] == 0 ? nil : ranks[$0].precision[lane] / Double(support[$0])
      },
      logLoss: mean(counts.loss[lane], total), brier: mean(counts.distance[lane], total),
      calibrationError: error(counts.topGaps[...], lane, total),
      classCalibrationError: (0..<classes).map {
        let bins = CalibrationAccumulator.bins
        return error(counts.gaps[$0 * bins..<($0 + 1) * bins], lane, total)
      },
      ranks: TruthRank(counts: counts.places.map { Int($0[lane]) }), shots: shots,
      positive: positive)
  }

  private func mean(_ sum: Double, _ total: Int) -> Double? {
    total == 0 ? nil : sum / Double(total)
  }

  private func area(_ wins: Int, _ positives: Int, _ negatives: Int) -> Double? {
    guard positives > 0, negatives > 0 else { return nil }
    return Double(wins) / (2 * Double(positives) * Double(negatives))
  }

  private func error(
    _ gaps: ArraySlice<SIMD16<Double>>, _ lane: Int, _ total: Int
  ) -> Double? {
    total == 0 ? nil : gaps.reduce(0) { $0 + abs($1[lane]) } / Double(total)
  }
}
