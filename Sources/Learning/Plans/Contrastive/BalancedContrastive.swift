public import Batches
public import Losses
import Networks
public import Sampling
import Torch

/// A classifier and a balanced contrast, learnt together: ℓ(z, y) of the first view, and β times the
/// ``BalancedContrast`` of all views with centres of the classes, which are made of the classifier's rows.
///
/// Source: Zhu, Wang, Chen, Chen, Jiang, "Balanced Contrastive Learning for Long-Tailed Visual Recognition", CVPR 2022.
public struct BalancedContrastive: Objective {
  /// ℓ, how wrong the classifier is about each row.
  public var loss: any Loss
  /// The contrast, with its temperature.
  public var contrast: BalancedContrast
  /// β, at least 0.
  public var weight: Double

  /// - Parameters:
  ///   - loss: ℓ, how wrong the classifier is about each row.
  ///   - contrast: the contrast, with its temperature.
  ///   - weight: β, at least 0.
  public init(_ loss: any Loss, contrast: BalancedContrast = BalancedContrast(), weight: Double) {
    (self.loss, self.contrast, self.weight) = (loss, contrast, weight)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// The loss's weights and offsets.
  public func emphasis(at moment: Moment) -> ClassEmphasis? {
    ClassEmphasis(weights: loss.classWeights(at: moment), offsets: loss.logitOffsets)
  }

  /// `loss` of the first view, `[N]`, and `contrast` of both; the batch that it reports is the
  /// first view.
  ///
  /// - Precondition: two views of the same rows with hard labels; a network with a projection and
  ///   centres.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Contrastive.labels(batches)
    let views = JointViews(batches, model)
    loss.observe(batches[0].target, remembering: &memory)
    let rows = loss(
      views.logits, batches[0].target, LossState(at: moment, remembering: memory))
    let apart = contrast(views.projections, labels + labels, centres: model.centres(.learning))
    return Terms(
      [
        Terms.Term("loss", rows),
        // Of the rows of both views, and of the centres, which are nobody's own.
        Terms.Term(
          "contrast", RowValues(apart.values * weight, denominator: apart.denominator),
          isOfBatch: false),
      ], of: batches[0])
  }
}

/// Both views of a batch in one pass: what the classifier says of the first, and what a contrast sees of both.
struct JointViews {
  /// The answer to the first view, `[N, C]`.
  let logits: Tensor
  /// Projections of both views one under the other, `[2N, D]`.
  let projections: Tensor

  init(_ batches: [Batch], _ model: any Pass) {
    let features = model.features(
      .concatenated(batches.map(\.inputs)), branches: nil, .learning)
    projections = model.projection(of: features, .learning)
    let first = features.map { $0.narrowed(dim: 0, start: 0, length: batches[0].count) }
    logits = model.answer(model.logits(of: first, .learning))
  }
}
