/// Which labels are said to be there, and how right that is, as a function of how often each example counts.
struct LabelDecisions: Sendable {
  /// Counts of one label, or of all together.
  struct Counts: Equatable {
    var truePositives = 0.0
    var falsePositives = 0.0
    var falseNegatives = 0.0

    /// 2 TP / (2 TP + FP + FN); NaN where there is nothing to find and nothing was said.
    var f1: Double {
      2 * truePositives / (2 * truePositives + falsePositives + falseNegatives)
    }
    /// TP / (TP + FP); NaN where nothing was said.
    var precision: Double { truePositives / (truePositives + falsePositives) }
    /// TP / (TP + FN); NaN where there is nothing to find.
    var recall: Double { truePositives / (truePositives + falseNegatives) }

    mutating func add(_ other: Counts) {
      truePositives += other.truePositives
      falsePositives += other.falsePositives
      falseNegatives += other.falseNegatives
    }
  }

  private enum Outcome: UInt8 { case unknown, rightlyAbsent, hit, alarm, miss }

  private let labels: Int
  /// `[N, L]` flat.
  private let outcomes: [Outcome]

  /// - Parameter thresholds: From this probability on a label is said to be there, `[L]`.
  init(_ predictions: LabelPredictions, thresholds: [Double]) {
    let width = predictions.labels.count
    labels = width
    outcomes = predictions.truths.indices.map { entry in
      guard let truth = predictions.truths[entry] else { return .unknown }
      let said = predictions.probabilities[entry] >= thresholds[entry % width]
      return truth ? (said ? .hit : .miss) : (said ? .alarm : .rightlyAbsent)
    }
  }

  /// Counts of each label and of all, the part of examples all of whose known labels are right, and the part of known
  /// entries that are wrong.
  func counts(
    _ weights: [Double]
  ) -> (labels: [Counts], all: Counts, subset: Double, hamming: Double) {
    var each = [Counts](repeating: Counts(), count: labels)
    var (right, examples, wrong, entries) = (0.0, 0.0, 0.0, 0.0)
    for (row, weight) in weights.enumerated() where weight > 0 {
      var (isKnown, isRight) = (false, true)
      for label in 0..<labels {
        switch outcomes[row * labels + label] {
        case .unknown: continue
        case .rightlyAbsent: break
        case .hit: each[label].truePositives += weight
        case .alarm:
          each[label].falsePositives += weight
          wrong += weight
          isRight = false
        case .miss:
          each[label].falseNegatives += weight
          wrong += weight
          isRight = false
        }
        isKnown = true
        entries += weight
      }
      if isKnown { examples += weight }
      if isKnown && isRight { right += weight }
    }
    var all = Counts()
    for one in each { all.add(one) }
    return (each, all, right / examples, wrong / entries)
  }
}
