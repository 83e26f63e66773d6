public import Batches
public import Losses
import Networks
import Randomness
public import Sampling
import Torch

/// Adversarial training: the loss on inputs that were attacked first, and where asked for a term that keeps the
/// classes' features apart.
///
///     Adversarial(CrossEntropy(), attack: ProjectedGradient())
public struct Adversarial: Objective {
  /// How wrong the network is about each attacked row.
  public var loss: any Loss
  /// What is done to the inputs before.
  public var attack: ProjectedGradient
  /// The contrast of features of attacked rows, times λ; `nil` is without.
  public var separation: (contrast: SupervisedContrast, weight: Double)?

  /// - Parameters:
  ///   - loss: how wrong the network is about each attacked row.
  ///   - attack: what is done to the inputs before.
  ///   - separation: the contrast of features, and λ, at least 0.
  public init(
    _ loss: any Loss = CrossEntropy(), attack: ProjectedGradient = ProjectedGradient(),
    separation: (contrast: SupervisedContrast, weight: Double)? = nil
  ) {
    (self.loss, self.attack, self.separation) = (loss, attack, separation)
  }

  /// It does: the attack's bound is a part of black to white.
  public var needsPixels: Bool { true }

  /// One.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// The loss's weights and offsets.
  public func emphasis(at moment: Moment) -> ClassEmphasis? {
    ClassEmphasis(weights: loss.classWeights(at: moment), offsets: loss.logitOffsets)
  }

  /// The same with a loss weighted by `[C]`; `nil` where it takes no weights of classes.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? {
    guard loss.takesClassWeights else { return nil }
    var copy = self
    copy.loss = WeightedLoss(loss, weights: weights, start: start)
    return copy
  }

  /// `loss`, and `separation` where there is one, `[N]` each.
  ///
  /// - Precondition: one batch of hard labels.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    var source = moment.key("attack").source
    var batch = batches[0]
    batch.inputs.values = attack(
      batch, through: model, .frozenStatistics,
      noise: attack.noise(like: batch.inputs.values, using: &source))
    let outputs = model(batch.inputs)
    loss.observe(batch.target, remembering: &memory)
    let rows = loss(
      outputs.logits, batch.target,
      LossState(at: moment, remembering: memory, features: outputs.features))
    var terms = [Terms.Term("loss", rows)]
    if let separation {
      let features = Tensor.concatenated(outputs.features, dim: 1)
      var contrast = separation.contrast(features, batch.target.terms[0].labels)
      contrast.values = contrast.values * separation.weight
      terms.append(Terms.Term("separation", contrast))
    }
    return Terms(terms, of: batch)
  }
}
