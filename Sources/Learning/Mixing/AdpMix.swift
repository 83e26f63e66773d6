public import Batches
import Networks
import Randomness
import Requirements
public import Sampling

/// MixUp with a second stream whose label leans to the rarer of two classes: x = λ x_i + (1 − λ) x_j and
/// y = λ_y y_i + (1 − λ_y) y_j, where the second stream brings x_j, with one λ ~ Beta(α, α) a batch and
///
/// ```text
/// λ_y = clip(λ + κ (n_j − n_i) / (n_i + n_j), 0, 1)
/// ```
///
/// κ is the largest shift, that of a class beside one without end: at κ = ½ and classes of 9 to 1 the shift is .4. κ = 0 is
/// MixUp with the second stream, and so are classes of equal size whatever κ is; the larger κ, the more the rarer class has;
/// κ = ∞ gives it the whole label. Which of the two comes first does not matter: λ_y(i, j, λ) = 1 − λ_y(j, i, 1 − λ). A pair
/// of which one class is not known keeps λ.
///
/// The rule is an interpretation: of the paper the abstract alone was at hand, which says that samples of old and new
/// classes are mixed and the ratio of their labels is adjusted. Old classes come from a memory of few images there, and new
/// ones from a stream; here what the second stream draws takes the memory's place. Source: Fan, Xu, Wang, Zhu, Wang, Guo,
/// "DualMix: Unleashing the Potential of Data Augmentation for Online Class-Incremental Learning", arXiv 2303.07864, 2023.
public struct AdpMix: Mixing, Equatable {
  /// Counts of the training set.
  public let classes: ClassCounts
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double
  /// κ, the largest shift of a label; at least 0, may be infinite.
  public let kappa: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - kappa: the largest shift of a label; at least 0.
  /// - Precondition: both are in range.
  public init(_ classes: ClassCounts, alpha: Double = 1, kappa: Double = 0.5) {
    require(
      alpha > 0 && alpha.isFinite && kappa >= 0,
      "AdpMix: expected an alpha above 0 and a kappa of at least 0, got \(alpha) and \(kappa)")
    (self.classes, self.alpha, self.kappa) = (classes, alpha, kappa)
  }

  /// 2: as the data come, and what stands for the memory.
  public var streams: Int { 2 }

  /// It does.
  public var needsClasses: Bool { true }

  /// Half each, of classes of equal size.
  public var expectedWeights: [Double] { [0.5, 0.5] }

  /// λ_y of a row of a class of `own` images that meets one of a class of `other`.
  public func labelWeight(_ own: Int, _ other: Int, _ λ: Double) -> Double {
    min(1, max(0, λ + shift(own, other)))
  }

  /// κ (n_j − n_i) / (n_i + n_j).
  private func shift(_ own: Int, _ other: Int) -> Double {
    // Not a product: ∞ times 0 is no number.
    own == other ? 0 : kappa * Double(other - own) / Double(own + other)
  }

  /// By pairs of classes, `[C]`: E[λ_y] = E[λ + s; λ < 1 − s] + P(λ ≥ 1 − s) of a shift s above 0,
  /// 1 less that of one below.
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    let (beta, risen) = (BetaDistribution(alpha, alpha), BetaDistribution(alpha + 1, alpha))
    return classes.pairMass(distributions[0], meeting: distributions[1]) { own, other in
      let shift = shift(own, other)
      guard shift != 0 else { return 0.5 }
      guard abs(shift) < 1 else { return shift > 0 ? 1 : 0 }
      let room = 1 - abs(shift)
      // E[λ; λ < r] = E[λ] P(λ′ < r) with λ′ ~ Beta(α + 1, α).
      let below = beta.cumulative(room)
      let mean = 0.5 * risen.cumulative(room) + abs(shift) * below + 1 - below
      return shift > 0 ? mean : 1 - mean
    }
  }

  /// Draws λ; row i of the one stream meets row i of the other.
  ///
  /// - Precondition: two batches of equal shape, one class a row.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    return blend(batches[0], batches[1], weight: λ)
  }

  /// The blend at a λ.
  package func blend(_ first: Batch, _ second: Batch, weight λ: Double) -> Batch {
    let labels = [first, second].map { $0.target.hardLabels(for: "AdpMix") }
    let own = zip(labels[0], labels[1]).map { own, other -> Double in
      guard let own, let other else { return λ }
      return labelWeight(classes.counts[own], classes.counts[other], λ)
    }
    return Batch(
      inputs: first.inputs.blended(with: second.inputs, weight: 1 - λ),
      target: first.target.mixed(with: second.target, own: own),
      examples: first.examples + second.examples, lambda: λ, bounds: first.bounds)
  }
}
