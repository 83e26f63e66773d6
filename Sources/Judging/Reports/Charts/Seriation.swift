/// An order of classes in which those that are taken for each other stand together.
package enum Seriation {
  /// Indices of the classes, each once.
  ///
  /// Average linkage: the two groups whose members are confused most, in the mean over pairs and
  /// both directions, are joined, turned so that the most confused ends meet; and so on. Groups that are
  /// never confused follow one another by their first index.
  ///
  /// - Parameter counts: Counts, `[C, C]`, rows the truth.
  /// - Returns: A permutation of `0..<C`, the same for the same counts.
  package static func order(_ counts: [[Int]]) -> [Int] {
    let rates = counts.map { row -> [Double] in
      let total = row.reduce(0, +)
      return row.map { total == 0 ? 0 : Double($0) / Double(total) }
    }
    let affinity = rates.indices.map { i in
      rates.indices.map { j in i == j ? 0 : rates[i][j] + rates[j][i] }
    }
    var groups = rates.indices.map { [$0] }
    var links = affinity
    while let (a, b) = closest(links) {
      join(a, b, &groups, &links, affinity)
    }
    return groups.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }.flatMap { $0 }
  }

  private static func closest(_ links: [[Double]]) -> (Int, Int)? {
    var (best, most): ((Int, Int)?, Double) = (nil, 0)
    for a in links.indices {
      for b in a + 1..<max(a + 1, links.count) where links[a][b] > most {
        (best, most) = ((a, b), links[a][b])
      }
    }
    return best
  }

  private static func join(
    _ a: Int, _ b: Int, _ groups: inout [[Int]], _ links: inout [[Double]], _ affinity: [[Double]]
  ) {
    let (left, right) = (groups[a], groups[b])
    let candidates = [left, left.reversed()].flatMap { l in
      [right, right.reversed()].map { (l, $0) }
    }
    let meeting = { (pair: ([Int], [Int])) in affinity[pair.0[pair.0.count - 1]][pair.1[0]] }
    var best = candidates[0]
    for candidate in candidates where meeting(candidate) > meeting(best) { best = candidate }
    let (m, n) = (Double(left.count), Double(right.count))
    for other in links.indices {
      let mean = (links[a][other] * m + links[b][other] * n) / (m + n)
      links[a][other] = mean
      links[other][a] = mean
    }
    links[a][a] = 0
    groups[a] = best.0 + best.1
    groups.remove(at: b)
    links.remove(at: b)
    for row in links.indices { links[row].remove(at: b) }
  }
}
