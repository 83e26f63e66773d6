public import Batches
public import Losses
import Networks
import Requirements
public import Sampling
import Torch

/// Supervised contrast between two views of a batch, in the space of a projection: no head learns.
///
/// Without a queue each of the 2N rows is compared with all the others. With one, in the manner of MoCo, each row of the
/// first view is compared with the second views as the teacher sees them and with those of earlier steps.
/// Sources: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020; He et al., "Momentum Contrast for
/// Unsupervised Visual Representation Learning", CVPR 2020.
public struct Contrastive: Objective {
  /// The contrast, with its temperature.
  public var contrast: SupervisedContrast
  /// The rows of earlier steps that a row is compared with; `nil` is without.
  public var queue: ContrastQueue?

  /// - Parameters:
  ///   - contrast: the contrast, with its temperature.
  ///   - queue: the rows of earlier steps that a row is compared with; needs a stage with a teacher.
  public init(_ contrast: SupervisedContrast = SupervisedContrast(), queue: ContrastQueue? = nil) {
    (self.contrast, self.queue) = (contrast, queue)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }
  /// They do not.
  public var learnsLogits: Bool { false }

  /// The queue's.
  public func memory(for classes: ClassCounts) -> Memory { queue?.memory ?? Memory() }

  /// One term, `contrast`; the batch that it reports is the first view.
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
    guard let teacher = model.teacher else {
      requirementFailed("Contrastive: expected a stage with a teacher for its queue, got none")
    }
    let own = model.projection(
      of: model.features(batches[0].inputs, branches: nil, .learning), .learning)
    let keys = teacher.projection(
      of: teacher.features(batches[1].inputs, branches: nil, .learning), .learning
    ).detached().unitRows()
    let values = queue.contrast(own, keys, labels, batches[1].examples, memory)
      .values(Tensor(contrast.temperature))
    memory = queue.extended(memory, by: keys, labels, batches[1].examples)
    return Terms([Terms.Term("contrast", RowValues(values))], of: batches[0])
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
