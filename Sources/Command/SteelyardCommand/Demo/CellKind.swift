import Requirements

/// The classes of the demonstration set, most frequent first: things seen under a microscope whose
/// outlines and insides differ by little.
package enum CellKind: String, CaseIterable, Sendable {
  case round, oval, drop, target, burr, dotted, helmet, crescent

  /// Training images of each class: an exponential tail from `most` down to `most / ratio`.
  ///
  /// `n_k = most · ratio^(−k / (C − 1))`, rounded, for the C classes k = 0, 1, …
  /// - Precondition: `most` ≥ `ratio` ≥ 1, so that the last class is not empty.
  package static func trainingCounts(most: Int, ratio: Double) -> [Int] {
    require(
      ratio >= 1 && Double(most) >= ratio,
      "CellKind.trainingCounts: expected most ≥ ratio ≥ 1, got \(most) and \(ratio)")
    let last = Double(allCases.count - 1)
    return allCases.indices.map { k in
      Int((Double(most) * power(ratio, -Double(k) / last)).rounded())
    }
  }

  /// How strongly cells of this kind take up the red-, green- and blue-absorbing parts of the
  /// stain. The kinds overlap: colour alone does not tell them apart.
  var tint: [Double] {
    switch self {
    case .round: [1, 1, 1]
    case .oval: [0.7, 0.95, 1.2]
    case .target: [1.7, 1.1, 0.8]
    case .burr: [1.3, 0.75, 1.2]
    case .crescent: [0.6, 1.2, 0.6]
    case .drop: [1.4, 0.85, 1.3]
    case .helmet: [0.8, 1.2, 1.4]
    case .dotted: [1.5, 1.15, 1.15]
    }
  }
}
