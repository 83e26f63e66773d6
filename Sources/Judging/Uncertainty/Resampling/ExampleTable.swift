package import Evaluation
import Parallel

/// Predictions as resampling wants them: everything that does not depend on weights, computed once.
package struct ExampleTable: Sendable {
  /// Number of classes `C`.
  package let classes: Int
  /// Number of examples `N`.
  package let count: Int
  /// True classes, `[N]`.
  package let truths: [Int]
  /// Entry of the confusion matrix, `truth * C + predicted`, `[N]`.
  private(set) var cells: [Int32] = []
  /// Place of the true class by probability, `[N]`.
  private(set) var places: [Int32] = []
  /// Log loss, `[N]`.
  private(set) var losses: [Double] = []
  /// Brier score, `[N]`.
  private(set) var distances: [Double] = []
  /// Bin of the most probable class's probability, `[N]`.
  private(set) var topBins: [UInt8] = []
  /// That probability minus whether it came true, `[N]`.
  private(set) var topGaps: [Double] = []
  /// Bin of each class's probability, `[N, C]`.
  private(set) var bins: [UInt8] = []
  /// Each class's probability minus whether it came true, `[N, C]`.
  private(set) var gaps: [Double] = []
  /// Examples from the highest score of each class down, `[C]`.
  package let orders: [ScoreOrder]
  /// Whether there are scores; without them all that is made of scores is undefined.
  package let hasScores: Bool
  /// Whether the order of the classes is one of grades.
  package let areOrdered: Bool
  /// The positive one of two classes, the same in every resample.
  package var positive: PositiveClass?

  /// The table of the rows that have a truth, in the given order.
  ///
  /// - Parameters:
  ///   - predictions: Where the rows come from.
  ///   - rows: Rows with truth, `[M]`.
  ///   - threads: Threads to sort on, at least 1.
  package init(_ predictions: Predictions, rows: [Int], threads: Int) {
    classes = predictions.classes.count
    areOrdered = predictions.areOrdered
    (hasScores, positive) = (predictions.hasScores, predictions.positiveClass())
    let outcomes = rows.compactMap { predictions.outcome($0) }
    count = outcomes.count
    truths = outcomes.map(\.truth)
    let (width, truths) = (classes, truths)
    orders = inParallel(classes, threads: threads) { index in
      ScoreOrder(
        scores: outcomes.map { $0.probabilities[$0.probabilities.startIndex + index] },
        truths: truths)
    }
    bins.reserveCapacity(count * width)
    gaps.reserveCapacity(count * width)
    for outcome in outcomes { add(outcome) }
  }

  private mutating func add(_ outcome: Outcome) {
    let probabilities = outcome.probabilities
    cells.append(Int32(outcome.truth * classes + outcome.predicted))
    // The tallies of one example: the definitions stay in one place.
    var place = TruthRank(classes: classes)
    place.add(outcome)
    places.append(Int32(place.value.firstIndex(of: 1) ?? 0))
    var loss = LogLoss()
    loss.add(outcome)
    losses.append(loss.value ?? 0)
    distances.append(BrierScore.distance(of: probabilities, from: outcome.truth))
    let top = outcome.mostProbable
    let confidence = probabilities[probabilities.startIndex + top]
    topBins.append(UInt8(CalibrationAccumulator.bin(of: confidence)))
    topGaps.append(confidence - (top == outcome.truth ? 1 : 0))
    for (index, p) in probabilities.enumerated() {
      bins.append(UInt8(CalibrationAccumulator.bin(of: p)))
      gaps.append(p - (index == outcome.truth ? 1 : 0))
    }
  }
}
