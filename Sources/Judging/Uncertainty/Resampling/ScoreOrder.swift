/// Examples from the highest score of one class down.
package struct ScoreOrder: Sendable {
  /// One place in the order.
  package struct Entry: Sendable {
    /// Index of the example.
    package let row: Int32
    /// Its true class.
    package let truth: Int32
  }

  private struct Scored: Comparable {
    let score: Double
    let row: Int

    static func < (left: Scored, right: Scored) -> Bool {
      left.score == right.score ? left.row < right.row : left.score > right.score
    }
  }

  /// Examples in order, `[N]`.
  package let entries: [Entry]
  /// Where each run of equal scores ends, ascending, `[runs]`; empty where no two scores are equal.
  package let runEnds: [Int32]

  /// The order of scores.
  ///
  /// - Parameters:
  ///   - scores: Of one class, none of them NaN, `[N]`.
  ///   - truths: True classes, `[N]`.
  package init(scores: [Double], truths: [Int]) {
    // Equal scores by row, so that the order is a function of the table alone.
    var order = scores.indices.map { Scored(score: scores[$0], row: $0) }
    order.sort()
    entries = order.map { Entry(row: Int32($0.row), truth: Int32(truths[$0.row])) }
    var ends: [Int32] = []
    for place in order.indices
    where place + 1 == order.count || order[place].score != order[place + 1].score {
      ends.append(Int32(place + 1))
    }
    runEnds = ends.count == order.count ? [] : ends
  }

  /// Places of equal score, run by run.
  package var runs: [Range<Int>] {
    if runEnds.isEmpty { return entries.indices.map { $0..<$0 + 1 } }
    return runEnds.indices.map { ($0 == 0 ? 0 : Int(runEnds[$0 - 1]))..<Int(runEnds[$0]) }
  }
}
