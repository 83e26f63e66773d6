import Requirements

/// Who gets which place, so that the sum of the scores is largest: the Hungarian method with potentials, O(n³).
///
/// Source: Jonker and Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems",
/// Computing 1987. Ties go to the place that is met first.
public enum Assignment {
  /// The place of each of n, `[n]`, a permutation of `0..<n`.
  ///
  /// - Parameters:
  ///   - scores: what each is worth at each place, `[n, n]` flat; finite.
  ///   - count: n, at least 1.
  /// - Precondition: n² finite scores.
  public static func best(_ scores: [Double], count n: Int) -> [Int] {
    require(
      n >= 1 && scores.count == n * n && scores.allSatisfy(\.isFinite),
      "Assignment: expected \(n) × \(n) finite scores, got \(scores.count)")
    // Row and column 0 stand for nobody; rows are assigned one after another along a shortest path.
    var (u, v) = ([Double](repeating: 0, count: n + 1), [Double](repeating: 0, count: n + 1))
    var holder = [Int](repeating: 0, count: n + 1)
    for row in 1...n {
      holder[0] = row
      var (column, reached) = (0, [Bool](repeating: false, count: n + 1))
      var shortest = [Double](repeating: .infinity, count: n + 1)
      var way = [Int](repeating: 0, count: n + 1)
      repeat {
        reached[column] = true
        let current = holder[column]
        var (delta, next) = (Double.infinity, 0)
        for j in 1...n where !reached[j] {
          let cost = -scores[(current - 1) * n + j - 1] - u[current] - v[j]
          if cost < shortest[j] { (shortest[j], way[j]) = (cost, column) }
          if shortest[j] < delta { (delta, next) = (shortest[j], j) }
        }
        for j in 0...n {
          if reached[j] {
            u[holder[j]] += delta
            v[j] -= delta
          } else {
            shortest[j] -= delta
          }
        }
        column = next
      } while holder[column] != 0
      while column != 0 {
        holder[column] = holder[way[column]]
        column = way[column]
      }
    }
    var places = [Int](repeating: 0, count: n)
    for j in 1...n { places[holder[j] - 1] = j - 1 }
    return places
  }
}
