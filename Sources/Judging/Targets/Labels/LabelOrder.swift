/// Entries from the highest score down, for areas of sets in which examples count differently often, as in a
/// resample.
///
/// Average precision is `Σ_t (R_t − R_{t−1}) P_t` over the distinct scores t, the area under the ROC curve the part of
/// pairs in which the positive has the higher score, ties one half; both are scikit-learn's.
struct LabelOrder: Sendable {
  private struct Entry {
    let row: Int32
    let isPositive: Bool
    /// Whether the next entry has a lower score.
    let endsRun: Bool
  }

  private let entries: [Entry]

  /// - Parameters:
  ///   - rows: Example of each entry; an example may have several.
  ///   - scores: Score of each.
  ///   - positive: Whether the label is there.
  init(rows: [Int], scores: [Double], positive: [Bool]) {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    entries = order.enumerated().map { place, index in
      Entry(
        row: Int32(rows[index]), isPositive: positive[index],
        endsRun: place + 1 == order.count || scores[order[place + 1]] != scores[index])
    }
  }

  /// Average precision and area under the ROC curve; NaN where undefined: the first without positives, the second
  /// without either.
  ///
  /// - Parameter weights: How often each example counts, `[N]`.
  func areas(_ weights: [Double]) -> (averagePrecision: Double, rocAUC: Double) {
    var (hits, alarms, precision, area) = (0.0, 0.0, 0.0, 0.0)
    var (runHits, runAlarms) = (0.0, 0.0)
    for entry in entries {
      let weight = weights[Int(entry.row)]
      if entry.isPositive { runHits += weight } else { runAlarms += weight }
      guard entry.endsRun else { continue }
      area += runAlarms * (hits + runHits / 2)
      hits += runHits
      alarms += runAlarms
      if runHits > 0 { precision += runHits * hits / (hits + alarms) }
      (runHits, runAlarms) = (0, 0)
    }
    return (precision / hits, area / (hits * alarms))
  }
}
