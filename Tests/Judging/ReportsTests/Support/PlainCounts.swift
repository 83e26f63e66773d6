import Evaluation

/// Numbers of one class, counted from the rows of a table by their definitions, quadratic and slow.
struct PlainCounts {
  var hits = 0, alarms = 0, missed = 0, quiet = 0
  let area: Double?
  let precision: Double?

  /// - Parameters:
  ///   - predictions: rows without truth are left out.
  ///   - index: the class.
  init(_ predictions: Predictions, _ index: Int) {
    let width = predictions.classes.count
    var (ill, well): ([Double], [Double]) = ([], [])
    for row in 0..<predictions.count {
      guard let truth = predictions.truths[row] else { continue }
      let score = predictions.probabilities[row * width + index]
      switch (truth == index, predictions.predicted[row] == index) {
      case (true, true): hits += 1
      case (true, false): missed += 1
      case (false, true): alarms += 1
      case (false, false): quiet += 1
      }
      if truth == index { ill.append(score) } else { well.append(score) }
    }
    // The part of pairs in the right order, a tie for a half.
    var pairs = 0.0
    for a in ill { for b in well { pairs += a > b ? 1 : a == b ? 0.5 : 0 } }
    area = ill.isEmpty || well.isEmpty ? nil : pairs / Double(ill.count * well.count)
    // Σ (R_n − R_{n−1}) P_n over the distinct scores from the highest down.
    var (sum, before) = (0.0, 0.0)
    for threshold in Set(ill + well).sorted(by: >) {
      let (found, wrong) = (
        Double(ill.count { $0 >= threshold }), Double(well.count { $0 >= threshold })
      )
      let recall = found / Double(max(1, ill.count))
      sum += (recall - before) * found / (found + wrong)
      before = recall
    }
    precision = ill.isEmpty ? nil : sum
  }

  var support: Int { hits + missed }
  var predicted: Int { hits + alarms }
  var recall: Double? { support == 0 ? nil : Double(hits) / Double(support) }
  /// TP / (TP + FP).
  var ofDecided: Double? { predicted == 0 ? nil : Double(hits) / Double(predicted) }
  var f1: Double? {
    let whole = 2 * hits + alarms + missed
    return whole == 0 ? nil : Double(2 * hits) / Double(whole)
  }
  var specificity: Double? {
    quiet + alarms == 0 ? nil : Double(quiet) / Double(quiet + alarms)
  }
}
