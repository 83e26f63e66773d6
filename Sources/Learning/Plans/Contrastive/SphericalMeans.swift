import Randomness
import Requirements
import Torch

/// k-means by directions with clusters of equal size: sizes differ by one at most.
///
/// Centres begin as in k-means++, with 1 − cos in place of the squared distance. Then, over and over: pairs of row and
/// centre are gone through from the most similar on, a row joins the first centre that has room (⌊n/K⌋, and once those
/// are full one more each), and centres become the directions of their clusters' means; until nothing changes. Ties go
/// to the earlier row and centre.
///
/// Source: the size-balanced k-means of SBCL (Hou, Zhang, Wang, Zhou, "Subclass-balancing Contrastive Learning for
/// Long-tailed Recognition", ICCV 2023).
enum SphericalMeans {
  /// Rounds at most, as in the authors' code.
  static let rounds = 35

  /// The cluster of each row, `[n]`, each in `0..<K`.
  ///
  /// - Parameters:
  ///   - rows: unit rows, `[n, D]`, on the processor.
  ///   - count: K, in `1...n`.
  ///   - source: K − 1 draws at most for the centres after the first, and one for the first.
  static func clusters(_ rows: Tensor, count: Int, using source: inout RandomSource) -> [Int] {
    let n = rows.shape[0]
    require((1...n).contains(count), "SphericalMeans: expected 1 to \(n) clusters, got \(count)")
    guard count > 1 else { return [Int](repeating: 0, count: n) }
    let rows = rows.to(.float64)
    var centres = rows.indexSelect(dim: 0, places(first(of: rows, count, using: &source)))
    var assigned: [Int] = []
    for _ in 0..<rounds {
      let similarity = rows.matmul(centres.transposed(0, 1)).scalars(as: Double.self)
      let next = balanced(similarity, n, count)
      if next == assigned { break }
      assigned = next
      let members = places(assigned).oneHot(classes: count).to(.float64).transposed(0, 1)
      centres = members.matmul(rows).unitRows()
    }
    return assigned
  }

  /// The rows that the centres begin at.
  private static func first(
    of rows: Tensor, _ count: Int, using source: inout RandomSource
  ) -> [Int] {
    let n = rows.shape[0]
    var chosen = [source.below(n)]
    var apart = [Double](repeating: .infinity, count: n)
    while chosen.count < count {
      let centre = rows.narrowed(dim: 0, start: chosen[chosen.count - 1], length: 1)
      let cosines = rows.matmul(centre.transposed(0, 1)).scalars(as: Double.self)
      for row in 0..<n { apart[row] = min(apart[row], max(0, 1 - cosines[row])) }
      for row in chosen { apart[row] = 0 }
      chosen.append(drawn(apart, source.uniform()) ?? (0..<n).first { !chosen.contains($0) } ?? 0)
    }
    return chosen
  }

  /// The place at which the running sum passes a part of the whole; `nil` where the whole is 0.
  private static func drawn(_ weights: [Double], _ part: Double) -> Int? {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    var sum = 0.0
    for (place, weight) in weights.enumerated() {
      sum += weight
      if sum > part * total { return place }
    }
    return weights.lastIndex { $0 > 0 }
  }

  /// Each row's cluster, where every cluster has ⌊n/K⌋ or ⌈n/K⌉ rows.
  private static func balanced(_ similarity: [Double], _ n: Int, _ count: Int) -> [Int] {
    let pairs = similarity.indices.sorted { a, b in
      similarity[a] != similarity[b] ? similarity[a] > similarity[b] : a < b
    }
    var (assigned, sizes) = ([Int](repeating: -1, count: n), [Int](repeating: 0, count: count))
    for room in [n / count, n / count + 1] {
      for pair in pairs {
        let (row, cluster) = (pair / count, pair % count)
        guard assigned[row] < 0, sizes[cluster] < room else { continue }
        assigned[row] = cluster
        sizes[cluster] += 1
      }
    }
    return assigned
  }

  private static func places(_ values: [Int]) -> Tensor {
    Tensor(values.map(Int64.init), shape: [values.count])
  }
}
