import Foundation
public import Networks
public import Ordinal
import Randomness
import Requirements
import Torch

/// A linear head of thresholds between ordered classes, fitted to the features of the training images, which no step of gradient
/// descent follows: output k is the logit of being beyond class k, −(α_k + xᵀβ_k).
public struct FittedGrades: NetworkEdit, Equatable {
  /// What is fitted.
  public enum Fit: Sendable, Equatable {
    /// Cumulative logits of one direction.
    case proportional(ProportionalOdds)
    /// Cumulative logits whose directions differ where it pays.
    case fused(FusedOdds)
  }

  /// What is fitted.
  public var fit: Fit

  /// - Parameter fit: what is fitted.
  public init(_ fit: Fit) { self.fit = fit }

  /// The same features under the fitted head.
  ///
  /// - Throws: what reading an example throws, and what the tools throw where they are asked to
  ///   stop.
  /// - Precondition: a network of one head that decodes cumulative logits.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1 && network.form.decoding == .cumulative,
      "FittedGrades: expected one head of cumulative logits, got \(network.heads.count) of "
        + network.form.decoding.rawValue)
    let features = try tools.trainingFeatures()
    let rows = GradedRows(
      features: features.features.to(.float64).scalars(as: Double.self),
      width: features.features.shape[1], labels: features.labels, grades: network.classes,
      groups: features.groups)
    let key = tools.drawnKey
    let model: CumulativeModel
    switch fit {
    case .proportional(let regression):
      let found = try regression(rows, key: key, progress: tools.fitting)
      tools.say(words(of: found, isGiven: regression.c != nil))
      model = found.model
    case .fused(let regression):
      let found = try regression(rows, key: key, progress: tools.fitting)
      tools.say(words(of: found, rows.count, isGiven: regression.lambda != nil))
      model = found.model
    }
    return network.with(heads: [head(model, of: network)])
  }

  private func head(_ model: CumulativeModel, of network: Network) -> LinearHead {
    withoutGradients {
      // A head that is stored as a convolution stays one.
      let rank = (network.heads[0] as? LinearHead)?.weight.rank ?? 2
      let device = network.featureTensors.first?.tensor.device ?? .cpu
      let shape = [model.thresholds.count, model.width] + [Int](repeating: 1, count: rank - 2)
      func tensor(_ values: [Double], _ shape: [Int]) -> Tensor {
        Tensor(values.map { Float(-$0) }, shape: shape).moved(to: device).requiringGrad()
      }
      return LinearHead(
        weight: tensor(model.coefficients, shape),
        bias: tensor(model.thresholds, [model.thresholds.count]))
    }
  }

  private func words(of found: ProportionalOdds.Solution, isGiven: Bool) -> String {
    "fitted: C \(short(found.c))\(chosen(found.tried.count, "by held-out cross-entropy", isGiven))"
      + doubt(found.isConverged, found.iterations)
  }

  private func words(of found: FusedOdds.Solution, _ rows: Int, isGiven: Bool) -> String {
    "fitted: λ \(short(found.lambda))\(chosen(found.tried.count, "by held-out Brier score", isGiven)); \(found.fused.zero) of "
      + "\(found.fused.of) differences of thresholds are 0; probabilities of \(found.straightened) of \(rows) training rows "
      + "cross and are straightened" + doubt(found.isConverged, found.iterations)
  }

  private func short(_ value: Double) -> String { String(format: "%.3g", value) }

  private func chosen(_ count: Int, _ how: String, _ isGiven: Bool) -> String {
    if isGiven { return "" }
    return count == 0
      ? ", not chosen by held-out rows: there is a single group"
      : ", of \(count) that were tried the best \(how)"
  }

  private func doubt(_ isConverged: Bool, _ iterations: Int) -> String {
    isConverged
      ? ""
      : "; the fit did not come to its end in \(iterations) steps, as where columns tell grades apart without a mistake"
  }
}
