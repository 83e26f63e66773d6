import Evaluation

/// The rows of two sets of predictions, matched by path, that have a truth.
struct PairedRows {
  /// Predictions of both, the second with its rows in the order of the first.
  let first: [Int]
  let second: [Int]

  /// - Throws: `ComparisonError` naming what does not match.
  init(_ first: Predictions, _ second: Predictions) throws(ComparisonError) {
    guard first.classes == second.classes else {
      throw .differentClasses(first: first.classes, second: second.classes)
    }
    let rows = labelledRows(first)
    let place = Dictionary(uniqueKeysWithValues: second.paths.enumerated().map { ($1, $0) })
    try Self.check(rows, of: first, against: second, side: "the second predictions")
    try Self.check(labelledRows(second), of: second, against: first, side: "the first predictions")
    guard !rows.isEmpty else { throw .noTruth }
    let partners = rows.compactMap { place[first.paths[$0]] }
    for (row, partner) in zip(rows, partners) where first.truths[row] != second.truths[partner] {
      let names = [first.truths[row], second.truths[partner]].map {
        $0.map { first.classes[$0] } ?? "without truth"
      }
      throw .differentTruth(path: first.paths[row], first: names[0], second: names[1])
    }
    self.first = rows
    self.second = partners
  }

  private static func check(
    _ rows: [Int], of one: Predictions, against other: Predictions, side: String
  ) throws(ComparisonError) {
    let known = Set(other.paths)
    let missing = rows.map { one.paths[$0] }.filter { !known.contains($0) }
    guard missing.isEmpty else {
      throw .missingExamples(
        from: side, count: missing.count, firstPaths: Array(missing.prefix(3)))
    }
  }
}
