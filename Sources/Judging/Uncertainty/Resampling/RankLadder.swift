/// One class's order of scores, cut into pieces at which running sums are kept, so that a place in it is
/// found by halving in each of sixteen resamples.
///
/// Pieces end where runs of equal scores end. A run of many is a piece of its own: within a piece of
/// several runs there is never far to go.
struct RankLadder: Sendable {
  /// Places of a piece, unless it is one run of more.
  private static let length = 64

  /// Examples from the highest score down.
  let order: ScoreOrder
  /// The class whose examples are the positives.
  let positive: Int32
  /// First run of each piece, and the number of runs, ascending.
  let pieces: [Int]

  /// The ladder of an order.
  ///
  /// - Parameters:
  ///   - order: Examples by the score of the class.
  ///   - positive: The class.
  init(_ order: ScoreOrder, positive: Int) {
    self.order = order
    self.positive = Int32(positive)
    let runs = order.runEnds.isEmpty ? order.entries.count : order.runEnds.count
    var (pieces, start, before) = ([0], 0, 0)
    for run in 0..<runs {
      let end = Self.end(order, run)
      if end - before >= Self.length, run > pieces[pieces.count - 1] {
        pieces.append(run)
        start = before
      }
      if end - start >= Self.length {
        pieces.append(run + 1)
        start = end
      }
      before = end
    }
    if pieces[pieces.count - 1] < runs { pieces.append(runs) }
    self.pieces = pieces
  }

  /// The place after the last of a run.
  func end(ofRun run: Int) -> Int { Self.end(order, run) }

  /// The place of the first of a run.
  func start(ofRun run: Int) -> Int { run == 0 ? 0 : end(ofRun: run - 1) }

  private static func end(_ order: ScoreOrder, _ run: Int) -> Int {
    order.runEnds.isEmpty ? run + 1 : Int(order.runEnds[run])
  }
}
