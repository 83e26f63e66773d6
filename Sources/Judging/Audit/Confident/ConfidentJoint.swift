import Requirements

/// How many examples were given class g and are of class t, counted where the model is confident and scaled to all examples.
///
/// C_{g,t} counts the examples given g whose most probable class, among those that reach their threshold, is t; its
/// diagonal is at least 1. Each row is then scaled to the number of examples given its class, all of it to N, and rounded to
/// whole numbers that keep the sum of each row.
///
/// Source: Northcutt, Jiang, Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021, eq. 1 and 3.
public struct ConfidentJoint: Sendable, Equatable {
  /// Number of classes `C`.
  public let classes: Int
  /// Confident counts, given by true, `[C, C]` flat.
  public let counts: [Int]
  /// The same, scaled to all examples, `[C, C]` flat.
  public let calibrated: [Int]

  /// A joint of its counts.
  ///
  /// - Parameters:
  ///   - counted: confident counts, given by true, `[C, C]` flat.
  ///   - givenCounts: examples given each class, `[C]`.
  /// - Precondition: the counts are a square of `C`.
  init(_ counted: [Int], givenCounts: [Int]) {
    let classes = givenCounts.count
    require(
      counted.count == classes * classes,
      "ConfidentJoint: expected \(classes) × \(classes) counts, got \(counted.count)")
    var counts = counted
    for k in 0..<classes { counts[k * classes + k] = max(1, counts[k * classes + k]) }
    (self.classes, self.counts) = (classes, counts)
    // In NumPy's order of operations: by true class first, then given, as the sum is taken.
    var scaled = [Double](repeating: 0, count: classes * classes)
    for given in 0..<classes {
      let total = counts[given * classes..<(given + 1) * classes].reduce(0, +)
      for truth in 0..<classes {
        scaled[truth * classes + given] =
          Double(counts[given * classes + truth]) / max(Double(total), 1e-100)
          * Double(givenCounts[given])
      }
    }
    let sum = max(PairwiseSum.of(scaled), 1e-100)
    let all = Double(givenCounts.reduce(0, +))
    calibrated = (0..<classes).flatMap { given in
      RowRounding.rounded((0..<classes).map { scaled[$0 * classes + given] / sum * all })
    }
  }

  /// How many examples are estimated to be of each class, `[C]`.
  public var trueCounts: [Int] {
    (0..<classes).map { truth in
      (0..<classes).reduce(0) { $0 + calibrated[$1 * classes + truth] }
    }
  }

  /// Share of examples estimated to have a wrong label.
  public var noise: Double {
    let all = calibrated.reduce(0, +)
    let right = (0..<classes).reduce(0) { $0 + calibrated[$1 * classes + $1] }
    return all == 0 ? 0 : 1 - Double(right) / Double(all)
  }

  /// How many examples to take out of each cell so that at least `kept` of each given class stay, given by true, `[C, C]`
  /// flat; the diagonal is what stays.
  ///
  /// Where the diagonal is raised to `kept`, the other cells of the row that are not zero give up equal parts.
  func pruneCounts(keeping kept: Int) -> [Int] {
    var counts = calibrated
    for given in 0..<classes {
      let row = given * classes..<(given + 1) * classes
      let diagonal = given * classes + given
      let raised = max(calibrated[diagonal], kept)
      let lost = Double(raised - calibrated[diagonal])
      let others = max(Double(calibrated[row].count { $0 != 0 }) - 1, 1)
      for cell in row { counts[cell] = Int(max(Double(calibrated[cell]) - lost / others, 0)) }
      counts[diagonal] = raised
    }
    return counts
  }
}
