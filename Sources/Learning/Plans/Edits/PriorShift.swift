import Foundation
public import Networks
import Requirements
import Torch

/// The logarithms of the classes' shares taken off the logits for good, b_c ← b_c − τ ln π_c, at a τ that is given or chosen
/// on validation.
///
/// τ = 1 makes a network that answers for shares π answer for balanced classes. Source: Menon, Jayasumana, Rawat, Jain, Veit,
/// Kumar, "Long-Tail Learning via Logit Adjustment", ICLR 2021.
public struct PriorShift: NetworkEdit, Equatable {
  /// π, `[C]`, above 0.
  public var priors: [Double]
  /// τ, at least 0; where `searches`, what is used without a validation part.
  public var tau: Double
  /// Whether τ is chosen among 0, .05, …, 3 by balanced accuracy on validation; the smallest of equals.
  public var searches: Bool

  /// The values that are tried, ascending.
  public static let path = (0...60).map { Double($0) / 20 }

  /// - Parameters:
  ///   - priors: π, `[C]`, above 0.
  ///   - tau: τ, at least 0.
  ///   - searches: whether τ is chosen on validation.
  /// - Precondition: both are in range.
  public init(_ priors: [Double], tau: Double = 1, searches: Bool = false) {
    require(
      priors.allSatisfy { $0 > 0 && $0.isFinite } && tau >= 0 && tau.isFinite,
      "PriorShift: expected shares above 0 and τ of at least 0, got \(priors) and \(tau)")
    (self.priors, self.tau, self.searches) = (priors, tau, searches)
  }

  /// That of the given τ, `[C]`: what a search comes to is not known before.
  public var logitShift: [Double]? { shift(tau) }

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same weights under other biases.
  ///
  /// - Throws: what reading a validation image throws, where τ is searched for.
  /// - Precondition: linear heads with an output for each class; one where τ is searched for.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    let tau = searches ? try best(for: network, with: tools) : tau
    return ShiftedLogits(shift(tau)).edited(network, with: tools)
  }

  private func shift(_ tau: Double) -> [Double] { priors.map { -tau * log($0) } }

  private func best(for network: Network, with tools: any EditTools) throws -> Double {
    guard let validation = try tools.validationFeatures() else { return tau }
    guard network.heads.count == 1, let head = network.heads[0] as? LinearHead else {
      requirementFailed("PriorShift: expected one linear head, got \(network.heads.map(\.form))")
    }
    return try tools.bestTau(of: Self.path) { tau in
      let weight = head.weight.detached().flattened(from: 1)
        .moved(to: validation.features.device).to(.float32)
      let bias = head.bias.detached().moved(to: validation.features.device).to(.float32)
      let moved = Tensor(shift(tau), shape: [priors.count]).to(.float32)
        .moved(to: validation.features.device)
      let decided = (validation.features.linear(weight, bias) + moved).argmax(dim: 1)
      return balancedAccuracy(decided.scalars(as: Int64.self).map(Int.init), validation.labels)
    }
  }
}

extension EditTools {
  /// The first of the values with the highest score, which is told to whoever asked for the edit.
  ///
  /// - Parameters:
  ///   - path: values, at least one.
  ///   - score: balanced accuracy on validation at a value.
  func bestTau(of path: [Double], by score: (Double) -> Double) throws -> Double {
    let scores = withoutGradients { path.map(score) }
    let most = scores.max() ?? 0
    let value = path[scores.firstIndex(of: most) ?? 0]
    try chose(EditChoice(name: "tau", value: value, metric: "balanced accuracy", score: most))
    return value
  }
}
