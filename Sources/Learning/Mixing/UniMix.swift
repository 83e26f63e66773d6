public import Batches
import Networks
import Randomness
import Requirements
public import Sampling

/// MixUp whose weight leans to the rarer of two classes: x = λ_i x_i + (1 − λ_i) x_j, y likewise, where the second stream
/// brings x_j, and λ_i = B_i + n_j / (n_i + n_j), less 1 where it is above 1, with B_i ~ Beta(α, α) in each row.
///
/// The second stream draws classes by n^τ (`PowerSampler(q: 1 − τ)`), τ below 0 being rare ones more often. Classes
/// of equal size centre λ about ½; at α = 1 λ is even whatever the classes. A pair of which one class is not known counts
/// as one of equal classes. Departs from the authors' code, which draws x_j out of the batch at hand, with weights n^τ a row.
///
/// Source: Xu, Chai, Yuan, "Towards Calibrated Model for Long-Tailed Visual Recognition from Prior Perspective", NeurIPS
/// 2021, equations 4 to 6.
public struct UniMix: Mixing, Equatable {
  /// Counts of the training set.
  public let classes: ClassCounts
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - alpha: both parameters of the Beta distribution; positive.
  /// - Precondition: `alpha` is positive and finite.
  public init(_ classes: ClassCounts, alpha: Double = 0.8) {
    require(
      alpha > 0 && alpha.isFinite, "UniMix: expected a positive, finite alpha, got \(alpha)")
    (self.classes, self.alpha) = (classes, alpha)
  }

  /// 2: as the data come, rare classes more often.
  public var streams: Int { 2 }

  /// It does.
  public var needsClasses: Bool { true }

  /// Half each, of classes of equal size.
  public var expectedWeights: [Double] { [0.5, 0.5] }

  /// By pairs of classes, `[C]`: E[λ] = ½ + t − P(B > 1 − t) with t = n_j / (n_i + n_j).
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    let beta = BetaDistribution(alpha, alpha)
    return classes.pairMass(distributions[0], meeting: distributions[1]) { own, other in
      let t = Double(other) / Double(own + other)
      return t - 0.5 + beta.cumulative(1 - t)
    }
  }

  /// Draws B row by row; row i of the one stream meets row i of the other.
  ///
  /// - Precondition: two batches of equal shape, one class a row.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    let beta = BetaDistribution(alpha, alpha)
    let draws = (0..<batches[0].count).map { _ in beta.sample(using: &generator) }
    return blend(batches[0], batches[1], draws)
  }

  /// The blend at B, `[N]`.
  package func blend(_ first: Batch, _ second: Batch, _ draws: [Double]) -> Batch {
    let labels = [first, second].map { $0.target.hardLabels(for: "UniMix") }
    let own = draws.indices.map { row in
      factor(labels[0][row].map { classes.counts[$0] }, labels[1][row].map { classes.counts[$0] })
        + draws[row]
    }.map { $0 > 1 ? $0 - 1 : $0 }
    return first.blended(with: second, own: own)
  }

  /// n_j / (n_i + n_j).
  private func factor(_ own: Int?, _ other: Int?) -> Double {
    guard let own, let other else { return 0.5 }
    return Double(other) / Double(own + other)
  }
}
