public import Batches
package import Networks
import Requirements
public import Torch

/// A mixing of each row with another of its batch, of inputs or of hidden features.
public protocol PairMixing: Mixing {
  /// Draws who meets whom, and with what weights.
  ///
  /// - Parameters:
  ///   - batch: the rows, N.
  ///   - generator: where the randomness comes from.
  func pairing(of batch: Batch, using generator: inout some RandomNumberGenerator) -> Pairing
}

/// Which row each row meets, and what part of inputs and label stays its own.
public struct Pairing: Sendable, Equatable {
  /// Whom row i meets, `[N]`.
  public let partner: [Int]
  /// Weight of row i itself in its inputs, `[N]`, in `0...1`.
  public let inputs: [Double]
  /// Weight of row i itself in its label, `[N]`, in `0...1`.
  public let labels: [Double]

  /// - Parameters:
  ///   - partner: whom each row meets, `[N]`.
  ///   - inputs: weight of the row itself in its inputs, `[N]`.
  ///   - labels: weight of the row itself in its label, `[N]`.
  /// - Precondition: three lists of one length, weights in `0...1`.
  public init(partner: [Int], inputs: [Double], labels: [Double]) {
    require(
      partner.count == inputs.count && partner.count == labels.count
        && (inputs + labels).allSatisfy((0...1).contains),
      "Pairing: expected weights in 0...1, two a row, got \(inputs) and \(labels)")
    (self.partner, self.inputs, self.labels) = (partner, inputs, labels)
  }

  /// The batch of N rows, as many as the shape `[N]` of the pairs, with its labels mixed and its
  /// inputs as they are: what hidden features are mixed for.
  ///
  /// - Precondition: as many rows as pairs; several labels or numbers a row where all pairs have
  ///   one weight.
  public func labelled(_ batch: Batch) -> Batch {
    var mixed = batch
    let other = batch.target.reordered(partner)
    mixed.target =
      if let one = Self.common(labels) {
        batch.target.mixed(with: other, weight: 1 - one)
      } else {
        batch.target.mixed(with: other, own: labels)
      }
    mixed.lambda = inputs.isEmpty ? nil : inputs.reduce(0, +) / Double(inputs.count)
    if let one = Self.common(inputs) { mixed.lambda = one }
    return mixed
  }

  /// w_i · row i + (1 − w_i) · row `partner[i]` of hidden features, in the graph.
  ///
  /// - Parameter features: shape `[N, …]`.
  public func blend(_ features: Tensor) -> Tensor {
    let places = Tensor(partner.map(Int64.init), shape: [partner.count]).moved(to: features.device)
    return features.blended(with: features.indexSelect(dim: 0, places), own: inputs)
  }

  /// The batch of N rows with labels and inputs mixed, in the shapes that it has.
  ///
  /// - Precondition: as ``labelled(_:)``.
  public func blended(_ batch: Batch) -> Batch { blended(batch, meeting: batch.inputs) }

  /// The same where partners come of another version of the rows.
  ///
  /// - Parameters:
  ///   - batch: the rows, N.
  ///   - inputs: the other version of them, of equal shape.
  package func blended(_ batch: Batch, meeting inputs: Inputs) -> Batch {
    var mixed = labelled(batch)
    let other = inputs.reordered(partner)
    mixed.inputs =
      if let one = Self.common(self.inputs) {
        batch.inputs.blended(with: other, weight: 1 - one)
      } else {
        batch.inputs.blended(with: other, own: self.inputs)
      }
    return mixed
  }

  /// The one value of all; `nil` where they differ.
  private static func common(_ weights: [Double]) -> Double? {
    weights.first.flatMap { first in weights.allSatisfy { $0 == first } ? first : nil }
  }
}

extension PairMixing {
  /// 1.
  public var streams: Int { 1 }

  /// The whole weight on the one stream.
  public var expectedWeights: [Double] { [1] }

  /// Draws the pairs and blends them, in the shape that the batch has.
  ///
  /// - Precondition: exactly one batch.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    return pairing(of: batches[0], using: &generator).blended(batches[0])
  }
}

extension Target {
  /// The class of each row, `[N]`; `nil` where it is not known.
  ///
  /// - Precondition: at most one class a row.
  func hardLabels(for mixing: String) -> [Int?] {
    require(
      entries == nil && terms.count <= 1,
      "\(mixing): expected one class a row, got \(terms.count) labellings")
    guard let term = terms.first else { return Array(repeating: nil, count: count) }
    return zip(term.labels, term.weight).map { $1 > 0 ? $0 : nil }
  }
}
