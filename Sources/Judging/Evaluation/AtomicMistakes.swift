import Requirements

/// Examples in order of score, and the smallest mistakes in that order.
///
/// An *atomic mistake* is a negative that stands directly above a positive. Exchanging the two raises
/// AUROC by `1/(n₁ n₀)`, wherever they stand; it raises average precision by
/// `TP · (1/r − 1/(r + 1)) / n₁` with `r` the rank of the negative, counted from 1 at the top, and
/// `TP` the positives down to rank `r + 1`: more, the higher they stand. Which of the two to read
/// is therefore a question of use, not of prevalence.
///
/// Source: McDermott et al., "A closer look at AUROC and AUPRC under class imbalance", NeurIPS 2024.
/// The closed form of the second change is ours.
public struct AtomicMistakes: Sendable, Equatable {
  /// Whether each example is positive, from the highest score down, `[N]`; no two scores are equal.
  public private(set) var isPositive: [Bool]
  /// Number of positives `n₁`.
  public let positives: Int

  /// Examples in order.
  ///
  /// - Parameter isPositive: From the highest score down, `[N]`.
  public init(_ isPositive: [Bool]) {
    self.isPositive = isPositive
    positives = isPositive.count { $0 }
  }

  /// Number of negatives `n₀`.
  public var negatives: Int { isPositive.count - positives }

  /// Index of the negative of every mistake, counted from 0 at the top.
  public var places: [Int] {
    isPositive.indices.dropLast().filter { !isPositive[$0] && isPositive[$0 + 1] }
  }

  /// By how much correcting any mistake raises AUROC: `1/(n₁ n₀)`; `nil` where AUROC is undefined.
  public var rocAUCGain: Double? {
    positives > 0 && negatives > 0 ? 1 / (Double(positives) * Double(negatives)) : nil
  }

  /// By how much correcting each mistake raises average precision, `[M]`, in the order of
  /// ``places``.
  public var averagePrecisionGains: [Double] {
    var (gains, above): ([Double], Int) = ([], 0)
    for place in isPositive.indices {
      if isPositive[place] {
        above += 1
      } else if place + 1 < isPositive.count, isPositive[place + 1] {
        let rank = Double(place + 1)
        gains.append(Double(above + 1) * (1 / rank - 1 / (rank + 1)) / Double(positives))
      }
    }
    return gains
  }

  /// Exchanges the two examples of a mistake.
  ///
  /// - Parameter place: Index of its negative, one of ``places``.
  /// - Precondition: a mistake stands there.
  public mutating func correct(_ place: Int) {
    require(
      place >= 0 && place + 1 < isPositive.count && !isPositive[place] && isPositive[place + 1],
      "AtomicMistakes.correct: expected a negative directly above a positive, at \(place) is none")
    isPositive.swapAt(place, place + 1)
  }

  /// Area under the ROC curve of this order; `nil` without positives or without negatives.
  public var rocAUC: Double? { ranking.rocAUC }

  /// Average precision of this order; `nil` without positives.
  public var averagePrecision: Double? { ranking.averagePrecision }

  private var ranking: ScoreRanking {
    let places = isPositive.indices
    return ScoreRanking(
      positives: places.filter { isPositive[$0] }.map { -Double($0) },
      negatives: places.filter { !isPositive[$0] }.map { -Double($0) })
  }
}
