public import Batches
import Randomness
public import Sampling

/// MixUp with one λ ~ Beta(α, α) and one permutation a batch, whose label weight depends on the sizes of the two classes.
public protocol CountedMixup: PairMixing {
  /// Counts of the training set.
  var classes: ClassCounts { get }
  /// Both parameters of the Beta distribution, α; positive.
  var alpha: Double { get }

  /// λ_y of a row of a class of `own` images that meets one of a class of `other`.
  func labelWeight(_ own: Int, _ other: Int, _ λ: Double) -> Double
}

extension CountedMixup {
  /// It does.
  public var needsClasses: Bool { true }

  /// Draws λ, then the permutation π, `[N]`. A row whose class or whose partner's is not known
  /// keeps λ.
  ///
  /// - Precondition: one class a row.
  public func pairing(
    of batch: Batch, using generator: inout some RandomNumberGenerator
  ) -> Pairing {
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    return pairing(of: batch, partner: generator.shuffle(batch.count), weight: λ)
  }

  /// The pairs of a permutation `[N]` of the rows at a λ: what of each row is its own, `[N]`, in its inputs and in its label.
  package func pairing(of batch: Batch, partner: [Int], weight λ: Double) -> Pairing {
    let labels = batch.target.hardLabels(for: "\(Self.self)")
    return Pairing(
      partner: partner, inputs: labels.map { _ in λ },
      labels: zip(labels, partner).map { own, row in
        guard let own, let other = labels[row] else { return λ }
        return labelWeight(classes.counts[own], classes.counts[other], λ)
      })
  }
}
