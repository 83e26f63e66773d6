import Evaluation
import Uncertainty

/// The curves of one class, from scores and truth.
struct CurveMaker {
  /// Cumulative counts after each distinct score, from the highest down.
  private var found: [Int] = []
  private var falseAlarms: [Int] = []
  let positives: Int
  let negatives: Int
  private let level: Double?

  /// - Parameters:
  ///   - scores: Score of the class, `[N]`.
  ///   - isPositive: Whether the example is of the class, `[N]`.
  ///   - level: Coverage of the bands, of independent examples; `nil` makes none.
  init(scores: [Double], isPositive: [Bool], level: Double?) {
    self.level = level
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (tp, fp) = (0, 0)
    for (place, row) in order.enumerated() {
      if isPositive[row] { tp += 1 } else { fp += 1 }
      if place + 1 == order.count || scores[order[place + 1]] != scores[row] {
        found.append(tp)
        falseAlarms.append(fp)
      }
    }
    (positives, negatives) = (tp, fp)
  }

  /// Sensitivity against 1 − specificity, from (0, 0), with Wilson's interval of the sensitivity.
  var roc: Curve? {
    guard positives > 0, negatives > 0 else { return nil }
    let (tp, fp) = ([0] + found, [0] + falseAlarms)
    let x = fp.map { Double($0) / Double(negatives) }
    let y = tp.map { Double($0) / Double(positives) }
    return Self.curve(x, y, bands(tp.map { ($0, positives) }))
  }

  /// Precision against recall, with Wilson's interval of the precision.
  ///
  /// Drawn as steps: between two thresholds the precision is that of the next one, since a straight
  /// line would promise precisions that no threshold has (Davis and Goadrich, ICML 2006).
  var precisionRecall: Curve? {
    guard positives > 0 else { return nil }
    var (x, y, place) = ([0.0], [precision(0)], [0])
    for index in found.indices where index == 0 || found[index] > found[index - 1] {
      // The corner of the step, then the point itself.
      if x[x.count - 1] < recall(index), y[y.count - 1] != precision(index) {
        x.append(x[x.count - 1])
        y.append(precision(index))
        place.append(index)
      }
      x.append(recall(index))
      y.append(precision(index))
      place.append(index)
    }
    return Self.curve(x, y, bands(place.map { (found[$0], decided($0)) }))
  }

  private func decided(_ index: Int) -> Int { found[index] + falseAlarms[index] }
  private func precision(_ index: Int) -> Double {
    Double(found[index]) / Double(decided(index))
  }
  private func recall(_ index: Int) -> Double { Double(found[index]) / Double(positives) }

  private func bands(_ rates: [(count: Int, trials: Int)]) -> (low: [Double], high: [Double]) {
    guard let level else { return ([], []) }
    let all = rates.map { Interval.wilson($0.count, of: $0.trials, level: level) }
    return (all.map { $0?.low ?? 0 }, all.map { $0?.high ?? 1 })
  }

  private static func curve(
    _ x: [Double], _ y: [Double], _ bands: (low: [Double], high: [Double])
  ) -> Curve {
    // Ends of a band are drawn faintly, so a tenth of the accuracy is enough for the eye.
    let ends = [bands.low, bands.high].filter { !$0.isEmpty }
    let kept = Thinning.kept(x: x, ys: [y] + ends.map { end in end.map { $0 / 10 } })
    let values = { (all: [Double]) in all.isEmpty ? [] : kept.map { rounded(all[$0]) } }
    return Curve(x: values(x), y: values(y), low: values(bands.low), high: values(bands.high))
  }

  /// A tenth of the thinning tolerance: the file need not hold more.
  private static func rounded(_ value: Double) -> Double { (value * 20000).rounded() / 20000 }
}

extension ClassCurves {
  /// Curves of every class, `[C]`; rows without truth are left out.
  ///
  /// Bands take examples as independent, so that curves of grouped ones have none.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - settings: How intervals are made: their level, and the column of the groups.
  static func all(_ predictions: Predictions, _ settings: IntervalSettings) -> [ClassCurves] {
    let isGrouped = predictions.groupColumn(settings.groupColumn) != nil
    let level = isGrouped ? nil : settings.level
    let rows = predictions.truths.indices.filter { predictions.truths[$0] != nil }
    let width = predictions.classes.count
    return predictions.classes.indices.map { index in
      let maker = CurveMaker(
        scores: rows.map { predictions.probabilities[$0 * width + index] },
        isPositive: rows.map { predictions.truths[$0] == index }, level: level)
      return ClassCurves(
        name: predictions.classes[index], positives: maker.positives, negatives: maker.negatives,
        roc: maker.roc, precisionRecall: maker.precisionRecall)
    }
  }
}
