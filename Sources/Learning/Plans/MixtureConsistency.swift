public import Batches
import Foundation
public import Losses
import Mixing
import Networks
import Randomness
import Requirements
import Torch

/// Two views of rows, one blended with rows of a second stream and one with a rectangle of them, that are to be projected to
/// the same place; and two heads over one trunk, of which the first learns as the rows come and the second, more and
/// more, with weights of the classes. Global and local mixture consistency.
///
/// ```text
/// x₁ = λ x + (1 − λ) x′,  x₂ = M ⊙ x + (1 − M) ⊙ x′,  y = λ y + (1 − λ) y′,  λ ~ Beta(a, a)
/// L  = α Σ_v ℓ(z_v, y) + (1 − α) Σ_v ℓ_w(z′_v, y) + γ (2 − cos(q₁, p₂) − cos(q₂, p₁)),  α = 1 − t²
/// ```
///
/// z and z′ are the logits of the two heads, p the projection of features, q what the predictor makes of it; no gradient
/// goes through p; t is the part of the stage that is over. The rectangle's label is λ, as the authors' code has it, also
/// where the edge cuts some of it off; a mean of ℓ_w is one over rows.
///
/// Source: Du, Yang, Jia, Nan, Chen, Yang, "Global and Local Mixture Consistency Cumulative Learning for Long-tailed Visual
/// Recognitions", CVPR 2023.
public struct MixtureConsistency: Objective {
  /// Both parameters of the Beta distribution, a; positive.
  public let alpha: Double
  /// w: how much rows of each class count for the second head.
  public let weights: ClassWeights
  /// γ, at least 0.
  public let consistency: Double

  /// - Parameters:
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - weights: how much rows of each class count for the second head.
  ///   - consistency: γ, at least 0.
  /// - Precondition: both numbers are in range.
  public init(alpha: Double = 1, weights: ClassWeights, consistency: Double = 4) {
    require(
      alpha > 0 && alpha.isFinite && consistency >= 0,
      "MixtureConsistency: expected a positive alpha and a consistency of at least 0, got \(alpha), \(consistency)"
    )
    (self.alpha, self.weights, self.consistency) = (alpha, weights, consistency)
  }

  /// 2, of two views each: as the data come, and whom they are mixed with.
  public var streams: Int { 2 }

  /// Half each.
  public var expectedWeights: [Double] { [0.5, 0.5] }

  /// It does.
  public var pastes: Bool { true }

  /// `mixture` of the first head, `balanced` of the second, and `consistency`, each `[N]`. The
  /// batch that it reports is the blended one.
  ///
  /// - Precondition: two views of each of two streams, images; a network of two heads over one
  ///   trunk, with a predictor.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(
      batches.count == 4, "MixtureConsistency: expected 2 views of 2 streams, got \(batches.count)")
    var source = moment.key("mix").source
    let λ = BetaDistribution(alpha, alpha).sample(using: &source)
    let area = CutMix.Rectangle(weight: λ, of: batches[1], using: &source)
    let blended = batches[0].blended(with: batches[2], weight: 1 - λ)
    let pasted = batches[1].pasted(batches[3], area)
    let views = [blended, pasted].map { seen($0.inputs, blended.target, model, moment) }
    let a = 1 - Foundation.pow(moment.elapsed, 2)
    func sum(_ parts: [RowValues], _ factor: Double) -> RowValues {
      RowValues(
        (parts[0].values + parts[1].values) * factor, denominator: parts[0].denominator)
    }
    let apart = views[0].distance(to: views[1]) + views[1].distance(to: views[0])
    var reported = blended
    reported.lambda = λ
    return Terms(
      [
        Terms.Term("mixture", sum(views.map(\.plain), a)),
        Terms.Term("balanced", sum(views.map(\.weighted), 1 - a)),
        Terms.Term("consistency", RowValues(apart * consistency)),
      ], of: reported)
  }

  /// What the network makes of a view.
  private struct Seen {
    let plain, weighted: RowValues
    let projection, prediction: Tensor

    /// 1 − cos(q, p) with the projection of another view, `[N]`: half the square of the distance of their directions,
    /// which does not go below 0 by rounding.
    func distance(to other: Seen) -> Tensor {
      (prediction.unitRows() - other.projection.detached().unitRows()).square().sum(dims: [1]) / 2
    }
  }

  private func seen(
    _ inputs: Inputs, _ target: Target, _ model: any Pass, _ moment: Moment
  ) -> Seen {
    let features = model.features(inputs, branches: nil, .learning)
    let heads = model.logits(of: features, .learning)
    require(heads.count == 2, "MixtureConsistency: expected 2 heads, got \(heads.count)")
    var loss = AdjustedCrossEntropy()
    let plain = loss(heads[0], target, LossState(at: moment))
    loss.weights = weights
    let values = loss(heads[1], target, LossState(at: moment)).values
    let projection = model.projection(of: features, .learning)
    return Seen(
      plain: plain, weighted: RowValues(values, denominator: plain.denominator),
      projection: projection, prediction: model.prediction(of: projection, .learning))
  }
}
