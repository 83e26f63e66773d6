import Sampling

/// Σ_s w_s · P_s(c).
///
/// - Parameters:
///   - distributions: P, `[streams][C]`.
///   - weights: w, `[streams]`.
package func mass(_ distributions: [[Double]], by weights: [Double]) -> [Double] {
  var mass = [Double](repeating: 0, count: distributions[0].count)
  for (weight, p) in zip(weights, distributions) {
    for c in mass.indices { mass[c] += weight * p[c] }
  }
  return mass
}

extension ClassCounts {
  /// The label mass of rows in pairs, where the weight of the one label depends on how large the two classes are:
  /// m_c = P(c) Σ_j Q(j) w(n_c, n_j) + Q(c) Σ_i P(i) (1 − w(n_i, n_c)).
  ///
  /// Exact for rows that are drawn independently. Classes of equal size are taken together, so that thousands of
  /// classes cost little.
  ///
  /// - Parameters:
  ///   - own: P, `[C]`.
  ///   - partner: Q, `[C]`.
  ///   - weight: w, the expected weight of the own label by the sizes of own class and partner's.
  /// - Returns: `[C]`; sums to 1.
  func pairMass(
    _ own: [Double], meeting partner: [Double], weight: (_ own: Int, _ partner: Int) -> Double
  ) -> [Double] {
    let sizes = Array(Set(counts)).sorted()
    func bySize(_ p: [Double]) -> [Int: Double] {
      zip(counts, p).reduce(into: [:]) { $0[$1.0, default: 0] += $1.1 }
    }
    let (owns, partners) = (bySize(own), bySize(partner))
    var (kept, given) = ([Int: Double](), [Int: Double]())
    for i in sizes {
      for j in sizes {
        let w = weight(i, j)
        kept[i, default: 0] += w * (partners[j] ?? 0)
        given[j, default: 0] += (1 - w) * (owns[i] ?? 0)
      }
    }
    return counts.indices.map { c in
      own[c] * (kept[counts[c]] ?? 0) + partner[c] * (given[counts[c]] ?? 0)
    }
  }
}
