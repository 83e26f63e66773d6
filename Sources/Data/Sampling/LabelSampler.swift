import Randomness
import Requirements

/// A sampler that can also draw examples which may have several labels, or none.
public protocol LabelSampler: Sampler {
  /// Draws one epoch.
  ///
  /// - Parameters:
  ///   - table: the labels of every training example.
  ///   - progress: as of classes.
  ///   - generator: where the randomness comes from.
  /// - Returns: `N` rows of `table`, in training order.
  func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int]

  /// How likely a single draw of `indices` is to be each example.
  ///
  /// - Returns: P(i) at `progress`, `[N]`; sums to 1.
  func probabilities(of table: LabelTable, progress: Double) -> [Double]
}

extension UniformSampler: LabelSampler {
  /// A permutation of all rows, `[N]`.
  public func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    generator.shuffle(table.count)
  }

  /// 1 / N of each row, `[N]`.
  public func probabilities(of table: LabelTable, progress: Double) -> [Double] {
    [Double](repeating: 1 / Double(table.count), count: table.count)
  }
}

/// Of several labels: a label, each equally often, then any example that has it, with replacement.
///
/// An example is drawn for each label that it has, P(i) = 1/L Σ_{l ∈ i} 1/n_l, so a label that comes together with rare ones
/// is met more often than in one draw of L; one without any label is not drawn. With one label an example it is the sampler
/// of classes.
extension ClassBalancedSampler: LabelSampler {
  /// Rows `[N]`.
  ///
  /// - Precondition: some example has each label.
  public func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    Self.check(table)
    let members = table.members
    return (0..<table.count).map { _ in
      let label = generator.below(table.width)
      return members[label][generator.below(members[label].count)]
    }
  }

  /// 1/L Σ_{l ∈ i} 1/n_l, `[N]`.
  ///
  /// - Precondition: some example has each label.
  public func probabilities(of table: LabelTable, progress: Double) -> [Double] {
    Self.check(table)
    return (0..<table.count).map { row in
      zip(table[row], table.present).reduce(0) { sum, label in
        sum + (label.0 == true ? 1 / Double(label.1) : 0)
      } / Double(table.width)
    }
  }

  private static func check(_ table: LabelTable) {
    require(
      !table.present.contains(0),
      "ClassBalancedSampler: expected an example with each label, got \(table.present)")
  }
}

/// Of several labels, as the paper has it: the factor of an example is the largest of its labels, 1 where it has none.
extension RepeatFactorSampler: LabelSampler {
  /// r_l = max(1, √(t / f_l)) with f_l = n_l / N, `[L]`.
  ///
  /// - Parameter table: the labels of every training example.
  public func factors(for table: LabelTable) -> [Double] {
    table.present.map { n in
      n == 0 ? 1 : max(1, (threshold * Double(table.count) / Double(n)).squareRoot())
    }
  }

  /// max_{l ∈ i} r_l of each example, `[N]`.
  private func rows(of table: LabelTable) -> [Double] {
    let factors = factors(for: table)
    return (0..<table.count).map { row in
      zip(table[row], factors).reduce(1) { most, label in
        label.0 == true ? max(most, label.1) : most
      }
    }
  }

  /// `[N]` of the repeated rows.
  public func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    var repeated: [Int] = []
    for (row, factor) in rows(of: table).enumerated() {
      let whole = factor.rounded(.down)
      let copies = Int(whole) + (generator.uniform() < factor - whole ? 1 : 0)
      for _ in 0..<copies { repeated.append(row) }
    }
    return generator.shuffle(repeated.count).prefix(table.count).map { repeated[$0] }
  }

  /// r_i / Σ r, `[N]`.
  public func probabilities(of table: LabelTable, progress: Double) -> [Double] {
    let rows = rows(of: table)
    let total = rows.reduce(0, +)
    return rows.map { $0 / total }
  }
}
