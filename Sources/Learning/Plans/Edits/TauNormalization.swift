import Foundation
public import Networks
import Requirements
import Torch

/// The weights of each class divided by a power of their length: w_c ← w_c / ‖w_c‖^τ, b ← 0.
///
/// τ = 0 leaves the weights, τ = 1 makes all classes equally long. Source: Kang et al., "Decoupling
/// Representation and Classifier for Long-Tailed Recognition", ICLR 2020.
public struct TauNormalization: NetworkEdit, Equatable {
  /// τ, in `0...1`; where `searches`, what is used without a validation part.
  public var tau: Double
  /// Whether τ is chosen among 0, .05, …, 1 by balanced accuracy on validation; the smallest of equals.
  public var searches: Bool

  /// - Parameters:
  ///   - tau: τ, in `0...1`.
  ///   - searches: whether τ is chosen on validation.
  /// - Precondition: `tau` is in `0...1`.
  public init(tau: Double = 1, searches: Bool = true) {
    require((0...1).contains(tau), "TauNormalization: expected τ in 0...1, got \(tau)")
    (self.tau, self.searches) = (tau, searches)
  }

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same features under normalised weights.
  ///
  /// - Throws: what reading a validation example throws, where τ is searched for.
  /// - Precondition: one linear head.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    guard network.heads.count == 1, let head = network.heads[0] as? LinearHead else {
      requirementFailed(
        "TauNormalization: expected one linear head, got \(network.heads.map(\.form))")
    }
    let tau = searches ? try best(for: head, with: tools) : tau
    return withoutGradients {
      network.with(heads: [
        LinearHead(
          weight: Self.normalized(head.weight.detached(), tau).requiringGrad(),
          bias: (head.bias.detached() * 0).requiringGrad(), dropout: head.dropout)
      ])
    }
  }

  /// w_c / ‖w_c‖^τ, row by row; a row of zeros stays one.
  private static func normalized(_ weight: Tensor, _ tau: Double) -> Tensor {
    let rows = weight.flattened(from: 1)
    let length = rows.square().sum(dims: [1], keepDims: true).sqrt()
      .maximum(Tensor(1e-12).to(weight.dtype).moved(to: weight.device))
    return (rows / length.pow(tau)).reshaped(weight.shape)
  }

  private func best(for head: LinearHead, with tools: any EditTools) throws -> Double {
    guard let validation = try tools.validationFeatures() else { return tau }
    return try tools.bestTau(of: (0...20).map { Double($0) / 20 }) { tau in
      let weight = Self.normalized(head.weight.detached(), tau).flattened(from: 1)
        .moved(to: validation.features.device).to(.float32)
      let decided = validation.features.linear(weight, nil).argmax(dim: 1)
      return balancedAccuracy(decided.scalars(as: Int64.self).map(Int.init), validation.labels)
    }
  }
}

/// Mean recall over the classes that occur.
func balancedAccuracy(_ decided: [Int], _ labels: [Int]) -> Double {
  var (right, all) = ([Int: Int](), [Int: Int]())
  for (decision, label) in zip(decided, labels) {
    all[label, default: 0] += 1
    if decision == label { right[label, default: 0] += 1 }
  }
  // In the order of the classes, so that the sum has one rounding.
  let recalls = all.sorted { $0.key < $1.key }.map {
    Double(right[$0.key] ?? 0) / Double($0.value)
  }
  return recalls.isEmpty ? 0 : recalls.reduce(0, +) / Double(recalls.count)
}
