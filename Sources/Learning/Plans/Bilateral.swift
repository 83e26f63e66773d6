public import Batches
public import Losses
import Networks
import Requirements
public import Sampling
import Torch

/// Two branches that each see a stream of their own, joined in one head with shifting weight:
/// z = W [2α f_c ; 2(1 − α) f_r] + b, loss α ℓ(z, y_c) + (1 − α) ℓ(z, y_r), α = 1 − t².
///
/// f_c is what the first branch makes of the first stream, f_r what the second makes of the second; t is the
/// stage's progress, so that the first epoch learns of the first stream alone (α = 1) and the last of the
/// second alone (α = 0). Evaluation gives both branches the same image at α = ½, where the weights are 1: the
/// network as it stands.
///
/// Source: Zhou, Cui, Wei, Chen, "BBN: Bilateral-Branch Network with Cumulative Learning for Long-Tailed Visual
/// Recognition", CVPR 2020.
public struct Bilateral: Objective {
  /// ℓ, how wrong the network is about each row.
  public var loss: any Loss

  /// - Parameter loss: ℓ, how wrong the network is about each row.
  public init(_ loss: any Loss = CrossEntropy()) { self.loss = loss }

  /// 2: conventional, re-balancing.
  public var streams: Int { 2 }

  /// Of a whole stage: ∫ (1 − t²) dt = 2/3, and the rest.
  public var expectedWeights: [Double] { [2.0 / 3, 1.0 / 3] }

  /// α and 1 − α, `[S]` with S = 2.
  public func expectedWeights(at progress: Double) -> [Double] {
    let α = Self.alpha(at: progress)
    return [α, 1 - α]
  }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// α = 1 − t², in `0...1`.
  ///
  /// - Parameter progress: t, in `0...1`; what lies outside counts as its nearer end.
  public static func alpha(at progress: Double) -> Double {
    let t = min(max(progress, 0), 1)
    return 1 - t * t
  }

  /// The same with a loss weighted by `[C]`: each of a row's two labels counts by its own class.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? {
    loss.takesClassWeights ? Bilateral(WeightedLoss(loss, weights: weights, start: start)) : nil
  }

  /// One term, `loss`, `[N]`. The batch that it reports is the conventional one with both
  /// labellings, weighted.
  ///
  /// - Precondition: two batches of equal shape; a network of two branches under one head.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(batches.count == 2, "Bilateral: expected 2 streams, got \(batches.count)")
    let α = Self.alpha(at: moment.progress)
    let features = batches.enumerated().map { branch, batch in
      model.features(batch.inputs, branches: [branch], .learning)[0]
    }
    let weighted = [features[0] * (2 * α), features[1] * (2 * (1 - α))]
    let logits = model.answer(model.logits(of: weighted, .learning))
    let batch = Batch(
      inputs: batches[0].inputs,
      target: batches[0].target.mixed(with: batches[1].target, weight: 1 - α),
      examples: batches[0].examples + batches[1].examples, lambda: 1 - α)
    loss.observe(batch.target, remembering: &memory)
    let rows = loss(
      logits, batch.target, LossState(at: moment, remembering: memory, features: weighted))
    return Terms([Terms.Term("loss", rows)], of: batch)
  }
}
