import Foundation
import Requirements
public import Sampling
public import Torch

/// LDAM of several labels, each a question of its own: sigmoid cross-entropy of z_l − y Δ_l with Δ_l = s m (n_min / n_l)^¼.
///
/// Where a label is there its logit must lead by a margin, a larger one the rarer the label is; that it is not there is
/// common as a rule, and has no margin. z = s cos θ comes from a cosine head of the same s. m = 0 is sigmoid
/// cross-entropy.
///
/// Source: Cao, Wei, Gaidon, Arechiga, Ma, "Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss",
/// NeurIPS 2019, whose margins these are. Departs from the paper, which has one class an image and a softmax.
public struct LabelMargins: Loss, Equatable {
  /// Δ, `[L]`, in units of a logit.
  public let margins: [Double]

  /// - Parameters:
  ///   - table: labels of the training set, each there at least once.
  ///   - margin: m, the margin of the rarest label as a cosine, at least 0.
  ///   - scale: s of the cosine head, above 0.
  /// - Precondition: every label is there, and the numbers are in range.
  public init(_ table: LabelTable, margin: Double = 0.5, scale: Double = 30) {
    let rarest = table.present.min() ?? 0
    require(
      rarest > 0 && margin >= 0 && scale > 0 && (margin * scale).isFinite,
      "LabelMargins: expected labels that are there, a margin of at least 0 and a scale above 0, got "
        + "\(table.present), \(margin) and \(scale)")
    margins = table.present.map {
      scale * margin * Foundation.pow(Double(rarest) / Double($0), 0.25)
    }
  }

  /// Stops the program: the margins are of several labels a row, outputs `[N, L]`; those of classes
  /// are `AdjustedCrossEntropy.ldam`.
  ///
  /// - Precondition: never called; a target of several labels calls ``perEntry(_:_:_:)``.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    requirementFailed("LabelMargins: expected a target of several labels, got classes")
  }

  /// −y log σ(z − Δ) − (1 − y) log(1 − σ(z)), `[N, L]`; y may lie between 0 and 1.
  ///
  /// - Precondition: an output for each label.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    require(
      outputs.shape[1] == margins.count,
      "LabelMargins: expected \(margins.count) outputs a row, got \(outputs.shape)")
    let margin = Tensor(margins, shape: [1, margins.count]).to(outputs.dtype)
      .moved(to: outputs.device)
    return -values * (outputs - margin).logSigmoid() - (1 - values) * (-outputs).logSigmoid()
  }

  /// It has.
  public var takesEntries: Bool { true }

  /// They have weights of labels.
  public var takesClassWeights: Bool { false }
}
