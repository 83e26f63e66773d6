/// Examples from the highest score of one class down.
struct ScoreOrder: Sendable {
  /// One place in the order.
  struct Entry: Sendable {
    /// Index of the example.
    let row: Int32
    /// Its true class.
    let truth: Int32
  }

  private struct Scored: Comparable {
    let score: Double
    let row: Int

    static func < (left: Scored, right: Scored) -> Bool {
      left.score == right.score ? left.row < right.row : left.score > right.score
    }
  }

  /// Examples in order, `[N]`.
  let entries: [Entry]
  /// Where each run of equal scores ends, ascending; empty where no two scores are equal.
  let runEnds: [Int32]

  /// The order of scores.
  ///
  /// - Parameters:
  ///   - scores: Of one class, none of them NaN, `[N]`.
  ///   - truths: True classes, `[N]`.
  init(scores: [Double], truths: [Int]) {
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
  var runs: [Range<Int>] {
    if runEnds.isEmpty { return entries.indices.map { $0..<$0 + 1 } }
    return runEnds.indices.map { ($0 == 0 ? 0 : Int(runEnds[$0 - 1]))..<Int(runEnds[$0]) }
  }
}
