/// Guesses what a mistyped name was meant to be.
package enum Spelling {
  /// The known name nearest to `name`, if it is near enough to be meant: a third of its letters
  /// may be wrong, but at least one.
  package static func nearest(to name: String, among known: [String]) -> String? {
    let ranked = known.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, name.count / 3) ? best.name : nil
  }

  /// Letters to insert, remove, replace or swap with their neighbour to make `a` into `b`
  /// (optimal string alignment).
  package static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var rows = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
    for i in rows.indices.dropFirst() {
      rows[i][0] = i
      for j in rows[i].indices.dropFirst() {
        let same = a[i - 1] == b[j - 1]
        rows[i][j] = min(
          rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
