public import Batches
import Randomness
import Requirements

/// Another mixing with a probability; else the first stream as it is.
public struct Sometimes: Mixing {
  /// What is done.
  public let mixing: any Mixing
  /// Share of batches that it is done to, p, in `0...1`; 0 is the first stream, 1 the mixing.
  public let probability: Double

  /// - Parameters:
  ///   - mixing: what is done.
  ///   - probability: share of batches that it is done to, in `0...1`.
  /// - Precondition: `probability` is in `0...1`.
  public init(_ mixing: any Mixing, probability: Double) {
    require(
      (0...1).contains(probability),
      "Sometimes: expected a probability in 0...1, got \(probability)")
    (self.mixing, self.probability) = (mixing, probability)
  }

  /// The mixing's.
  public var streams: Int { mixing.streams }

  /// The mixing's, p times, and the rest on the first.
  public var expectedWeights: [Double] {
    mixing.expectedWeights.enumerated().map { stream, weight in
      probability * weight + (stream == 0 ? 1 - probability : 0)
    }
  }

  /// The mixing's, `[C]`, p times, and the rest that of the first stream.
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    mass(
      [mixing.expectedLabelMass(of: distributions), distributions[0]],
      by: [probability, 1 - probability])
  }

  /// Where the mixing does.
  public var needsPixels: Bool { mixing.needsPixels }

  /// Where the mixing does.
  public var needsClasses: Bool { mixing.needsClasses }

  /// Where the mixing does, and it is ever done.
  public var blends: Bool { probability > 0 && mixing.blends }

  /// Draws whether, then what the mixing draws; N rows in the shape of the first batch.
  ///
  /// - Precondition: one batch of each stream.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    guard generator.uniform() < probability else { return batches[0] }
    return mixing(batches, using: &generator)
  }
}
