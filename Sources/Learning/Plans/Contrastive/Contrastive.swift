public import Batches
public import Losses
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// Supervised contrast between two views of a batch, in the space of a projection: no head learns.
///
/// Without a queue each of the 2N rows is compared with all the others. With one, in the manner of MoCo, each row of the
/// first view is compared with the second views as the teacher sees them and with those of earlier steps. With `positives`
/// it is compared with its own second view and the queue, and its partners are that view and so many rows of its class,
/// drawn anew in each step, so that a row of a common class has no more partners than one of a rare class.
///
/// Sources: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020; He et al., "Momentum Contrast for
/// Unsupervised Visual Representation Learning", CVPR 2020; Kang, Li, Xie, Yuan, Feng, "Exploring Balanced Feature Spaces
/// for Representation Learning", ICLR 2021 (`positives`).
public struct Contrastive: Objective {
  /// The contrast, with its temperature.
  public var contrast: SupervisedContrast
  /// The rows of earlier steps that a row is compared with; `nil` is without.
  public var queue: ContrastQueue?
  /// k, rows of the queue that are partners of a row, at least 1; `nil` is all of its class, in batch and queue.
  public var positives: Int?

  /// - Parameters:
  ///   - contrast: the contrast, with its temperature.
  ///   - queue: the rows of earlier steps that a row is compared with; needs a stage with a teacher.
  ///   - positives: k, rows of the queue that are partners of a row; needs a queue.
  /// - Precondition: `positives` is at least 1, and there is a queue for it.
  public init(
    _ contrast: SupervisedContrast = SupervisedContrast(), queue: ContrastQueue? = nil,
    positives: Int? = nil
  ) {
    require(
      positives.map { $0 >= 1 && queue != nil } ?? true,
      "Contrastive: expected at least 1 positive and a queue for it, got \(positives ?? 0)")
    (self.contrast, self.queue, self.positives) = (contrast, queue, positives)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }
  /// They do not.
  public var learnsLogits: Bool { false }

  /// The queue's.
  public func memory(for classes: ClassCounts) -> Memory { queue?.memory ?? Memory() }

  /// One term, `contrast`, `[2N]` without a queue and `[N]` with one (shapes of N rows a view); the
  /// batch that it reports is the first view.
  ///
  /// - Precondition: two views of the same rows with hard labels; a network with a projection.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Self.labels(batches)
    guard let queue else {
      let rows = contrast(Self.projections(batches, model), labels + labels)
      return Terms([Terms.Term("contrast", rows)], of: batches[0])
    }
    let own = Self.projection(batches[0], model)
    let pairs = queue.pairs(
      own, batches[1], labels, through: model, at: moment, positives: positives,
      remembering: &memory)
    let values = pairs.values(Tensor(contrast.temperature))
    return Terms([Terms.Term("contrast", RowValues(values))], of: batches[0])
  }

  /// What the network projects a batch to, `[N, D]`.
  static func projection(_ batch: Batch, _ model: any Pass) -> Tensor {
    model.projection(of: model.features(batch.inputs, branches: nil, .learning), .learning)
  }

  /// The projections of both views one under the other, `[2N, D]`.
  static func projections(_ batches: [Batch], _ model: any Pass) -> Tensor {
    let inputs = Inputs.concatenated(batches.map(\.inputs))
    return model.projection(of: model.features(inputs, branches: nil, .learning), .learning)
  }

  /// The labels of a batch of two views.
  static func labels(_ batches: [Batch]) -> [Int] {
    require(
      batches.count == 2 && batches[0].target == batches[1].target
        && batches[0].target.terms.count == 1,
      "Contrastive: expected two views with one hard label a row, got \(batches.count) batches")
    return batches[0].target.terms[0].labels
  }
}
