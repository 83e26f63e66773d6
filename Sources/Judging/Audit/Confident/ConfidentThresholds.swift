/// How probable a class must be before an example is taken to be of it with confidence: the mean probability of the class
/// over the examples that were given it,
///
///     t_k = mean of P_k over { i : given_i = k }, at least 2·10⁻⁶
///
/// A class that nobody was given has no threshold that a probability reaches.
///
/// Source: Northcutt, Jiang, Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021, eq. 2.
public struct ConfidentThresholds: Sendable, Equatable {
  /// t, `[C]`; 2 where nobody was given the class.
  public let values: [Double]
  /// What a probability must reach: t less a millionth, in the precision of the probabilities, `[C]`.
  let bars: [Double]

  /// How far apart two probabilities are that count as equal.
  static let slack = 1e-6

  /// Thresholds.
  ///
  /// - Parameters:
  ///   - selfConfidence: probability of the given class, `[N]`.
  ///   - given: given class, `[N]`, each in `0..<classes`.
  ///   - classes: `C`.
  ///   - isSingle: whether the probabilities are single-precision numbers.
  init(_ selfConfidence: [Double], given: [Int32], classes: Int, isSingle: Bool) {
    var members = [[Double]](repeating: [], count: classes)
    for (row, label) in given.enumerated() { members[Int(label)].append(selfConfidence[row]) }
    let isComplete = members.allSatisfy { !$0.isEmpty }
    let least = 2 * Self.slack
    values = members.map { rows in
      guard !rows.isEmpty else { return 2 }
      guard isSingle else { return max(PairwiseSum.of(rows) / Double(rows.count), least) }
      let mean = PairwiseSum.of(rows.map { Float($0) }) / Float(rows.count)
      return max(Double(mean), isComplete ? Double(Float(least)) : least)
    }
    // NumPy subtracts in double precision as soon as a class is missing, for then its list is one of doubles.
    bars = values.map {
      isSingle && isComplete ? Double(Float($0) - Float(Self.slack)) : $0 - Self.slack
    }
  }
}
