import Requirements
import Uncertainty

/// Whether something that should not matter tells the classes apart: Kruskal and Wallis's test on ranks.
///
/// H = 12 / (N (N + 1)) Σ_c R_c² / n_c − 3 (N + 1), over 1 − Σ (t³ − t) / (N³ − N) for ties, is χ² with C − 1 degrees of freedom
/// where classes do not differ; ε² = H / (N − 1), in 0…1, is the part of the ranks that the class accounts for. Worth looking
/// at is ε² of at least 0.1 with p below 0.001.
///
/// Source: Kruskal, Wallis, "Use of Ranks in One-Criterion Variance Analysis", JASA 1952.
public struct SpuriousCorrelation: Codable, Sendable, Equatable {
  /// What was looked at.
  public var name: String
  /// ε².
  public var effect: Double
  /// p of H.
  public var p: Double

  /// Whether a person should look at it.
  public var isStriking: Bool { effect >= 0.1 && p < 0.001 }

  /// The test; nil where there are no two classes, or all values are alike.
  ///
  /// - Parameters:
  ///   - name: what is looked at.
  ///   - values: of the images, `[N]`.
  ///   - labels: class numbers, `[N]`.
  ///   - classes: C.
  /// - Precondition: there are as many labels as values.
  public init?(_ name: String, _ values: [Double], labels: [Int32], classes: Int) {
    require(
      values.count == labels.count,
      "SpuriousCorrelation: expected \(values.count) labels, got \(labels.count)")
    let order = values.indices.sorted { values[$0] < values[$1] }
    var (sums, counts) = (
      [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    var (start, ties) = (0, 0.0)
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let (rank, t) = (Double(start + end + 1) / 2, Double(end - start))
      for place in order[start..<end] {
        sums[Int(labels[place])] += rank
        counts[Int(labels[place])] += 1
      }
      ties += t * t * t - t
      start = end
    }
    let (n, present) = (Double(values.count), counts.count { $0 > 0 })
    let correction = 1 - ties / (n * n * n - n)
    guard present > 1, correction > 1e-12 else { return nil }
    let ranks = (0..<classes).reduce(0.0) {
      $0 + (counts[$1] > 0 ? sums[$1] * sums[$1] / counts[$1] : 0)
    }
    let h = max(0, (12 / (n * (n + 1)) * ranks - 3 * (n + 1)) / correction)
    self.name = name
    effect = h / (n - 1)
    p = chiSquareTail(h, freedom: present - 1)
  }
}
