import Randomness

/// Which classes go into a set first.
public enum ConformalScore: String, Sendable, Codable, CaseIterable {
  /// 1 − p_c: small sets.
  case probability
  /// The probabilities above p_c, and a drawn part of p_c (APS): sets whose size follows the difficulty.
  ///
  /// E_c = Σ_{j: p_j > p_c} p_j + u Σ_{j: p_j = p_c} p_j, u uniform in 0…1 and the same for all classes of an
  /// example; a class that adds nothing to the sum has 1 + u. So classes beyond a cumulated 1 stay out,
  /// unless the true class was found there so often that the promise needs them; they then come in by the draw.
  ///
  /// Source: Romano, Sesia and Candès, "Classification with valid and adaptive coverage", NeurIPS 2020.
  ///
  /// Departs from the paper: the most probable class is in every set, so that none is empty; classes without
  /// mass have their own places, above 1.
  case cumulative = "aps"

  /// What a class must add to a sum of 1 to count.
  static let smallestShare = 0x1p-53

  /// The score of every class, `[C]`; the smaller, the sooner in the set.
  ///
  /// - Parameters:
  ///   - row: p, `[C]`.
  ///   - draw: u, 0…1; `nil` takes all of p_c, so that nothing is drawn, as rules from before version 0.2 do.
  public func callAsFunction(_ row: ArraySlice<Double>, draw: Double? = nil) -> [Double] {
    switch self {
    case .probability: return row.map { 1 - $0 }
    case .cumulative:
      // Summed in the same order for every class, so that equal sets have equal sums.
      let sorted = row.sorted(by: >)
      return row.map { p in
        var (above, own) = (0.0, 0.0)
        for q in sorted where q >= p { if q > p { above += q } else { own += q } }
        guard let draw else { return above + own }
        return own < Self.smallestShare ? 1 + draw : above + draw * own
      }
    }
  }

  /// The draw of an example: the same for the same seed and name, and for the same probabilities where it has
  /// no name.
  static func draw(_ seed: UInt64, of name: String?, _ row: ArraySlice<Double>) -> Double {
    var key = RandomKey(seed: seed).folding("conformal sets")
    if let name {
      key = key.folding(name)
    } else {
      // In order of size, so that the order of the classes does not matter.
      for p in row.sorted() { key = key.folding(Int(truncatingIfNeeded: p.bitPattern)) }
    }
    var source = key.source
    return source.uniform()
  }
}
