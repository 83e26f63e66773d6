import Batches
import Losses
import Networks
import Randomness
import Requirements
import Torch

extension ContrastQueue {
  /// Rows of a first view against what the teacher projects their other view to and against the queue, which then takes
  /// those in.
  ///
  /// - Parameters:
  ///   - rows: projections of the first view, `[N, D]`.
  ///   - other: the batch of the other view.
  ///   - labels: class of each row, `[N]`.
  ///   - model: has a teacher.
  ///   - moment: the step.
  ///   - positives: k, rows of the queue that are partners of a row beside its other view, drawn by the step's key; with
  ///     `nil` all of its class are, in batch and queue.
  ///   - memory: the queue; afterwards with the batch.
  /// - Returns: the contrast with N + Q others.
  func pairs(
    _ rows: Tensor, _ other: Batch, _ labels: [Int], through model: any Pass, at moment: Moment,
    positives: Int? = nil, remembering memory: inout Memory
  ) -> Contrast {
    let keys = Self.keys(other, model)
    var pairs = contrast(
      rows, keys, labels, other.examples, memory, with: positives == nil ? .batch : .otherView)
    if let positives { pairs.drawPartners(positives, ofQueue: self, at: moment) }
    memory = extended(memory, by: keys, labels, other.examples)
    return pairs
  }

  /// What the teacher projects a batch to, unit rows outside the graph, `[N, D]`.
  private static func keys(_ batch: Batch, _ model: any Pass) -> Tensor {
    guard let teacher = model.teacher else {
      requirementFailed("ContrastQueue: expected a stage with a teacher for its queue, got none")
    }
    return teacher.projection(
      of: teacher.features(batch.inputs, branches: nil, .learning), .learning
    ).detached().unitRows()
  }
}

extension Contrast {
  /// Leaves of the partners in the queue so many of each row, drawn by the step's key; those in the batch stay.
  fileprivate mutating func drawPartners(
    _ count: Int, ofQueue queue: ContrastQueue, at moment: Moment
  ) {
    let width = partners.shape[1] - queue.capacity
    var seeds = moment.key("positives").source
    let drawn = PairMask.drawn(
      partners.narrowed(dim: 1, start: width, length: queue.capacity), count: count,
      using: Generator(seed: seeds.next()))
    partners = .concatenated(
      [partners.narrowed(dim: 1, start: 0, length: width), drawn], dim: 1)
  }
}
