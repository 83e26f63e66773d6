import Randomness
import Requirements

/// Examples of classes rarer than a threshold repeated, all others once:
/// r_c = max(1, √(t / f_c)) with f_c = n_c / N.
///
/// Each epoch rounds r_c up or down for each example, so that its mean is r_c; an epoch is N of these rows, shuffled.
/// The lower the threshold, the fewer classes are repeated; at t ≤ n_min / N it is ``UniformSampler``.
///
/// Source: Gupta, Dollár, Girshick, "LVIS: A Dataset for Large Vocabulary Instance Segmentation",
/// CVPR 2019. Departs from the paper, whose epoch is all repeated rows. Of images with several
/// labels the factor is the largest of their labels, as the paper has it.
public struct RepeatFactorSampler: Sampler, Equatable {
  /// t, a frequency above 0 and up to 1.
  public let threshold: Double

  /// - Parameter threshold: t, a frequency above 0 and up to 1.
  /// - Precondition: `threshold` is in range.
  public init(threshold: Double = 1e-3) {
    require(
      threshold > 0 && threshold <= 1,
      "RepeatFactorSampler: expected a frequency above 0 and up to 1, got \(threshold)")
    self.threshold = threshold
  }

  /// r, `[C]`, at least 1.
  public func factors(for classes: ClassCounts) -> [Double] {
    classes.priors.map { max(1, (threshold / $0).squareRoot()) }
  }

  /// `[N]` of the repeated rows.
  ///
  /// - Precondition: labels in `0..<C`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let factors = factors(for: classes)
    var rows: [Int] = []
    for (index, label) in labels.enumerated() {
      let whole = factors[label].rounded(.down)
      let copies = Int(whole) + (generator.uniform() < factors[label] - whole ? 1 : 0)
      for _ in 0..<copies { rows.append(index) }
    }
    return generator.shuffle(rows.count).prefix(labels.count).map { rows[$0] }
  }

  /// P(c) = n_c r_c / Σ_k n_k r_k, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    let rows = zip(classes.counts, factors(for: classes)).map { Double($0) * $1 }
    let total = rows.reduce(0, +)
    return rows.map { $0 / total }
  }
}
