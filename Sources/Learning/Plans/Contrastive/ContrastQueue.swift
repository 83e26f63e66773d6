public import Losses
import Requirements
public import Torch

/// The last rows that a teacher has projected, first in, first out: more to compare with than a batch holds.
///
/// Rows of the present batch that are still in it from an earlier step are not compared: they would be their own
/// partners or, with other labels after mixing, their own opposites.
public struct ContrastQueue: Sendable, Equatable {
  /// Rows that it holds, Q; at least 1.
  public let capacity: Int
  /// Length of a projected vector, D.
  public let dimensions: Int

  /// - Parameters:
  ///   - capacity: rows that it holds, Q; at least 1.
  ///   - dimensions: length of a projected vector, D; at least 1.
  /// - Precondition: both are at least 1.
  public init(capacity: Int, dimensions: Int) {
    require(
      capacity >= 1 && dimensions >= 1,
      "ContrastQueue: expected a capacity and dimensions of at least 1, got \(capacity) and "
        + "\(dimensions)")
    (self.capacity, self.dimensions) = (capacity, dimensions)
  }

  /// An empty queue: `queue.keys` `[Q, D]`, `queue.labels` and `queue.rows` `[Q]`, −1 where there is nothing.
  public var memory: Memory {
    Memory([
      "queue.keys": Tensor.zeros([capacity, dimensions]),
      "queue.labels": Tensor.full([capacity], -1, dtype: .int64),
      "queue.rows": Tensor.full([capacity], -1, dtype: .int64),
    ])
  }

  /// What of the batch's own keys a row is compared with, beside the queue.
  public enum Company: Sendable, Equatable {
    /// All of them.
    case batch
    /// Its own other view, as in MoCo.
    case otherView
  }

  /// Rows against their keys and the queue; partners have the same label, a row's own key among them.
  ///
  /// - Parameters:
  ///   - rows: projections of the batch, `[N, D]`.
  ///   - keys: projections of its other view by the teacher, `[N, D]`.
  ///   - labels: class of each row, `[N]`.
  ///   - examples: position of each row in the training set, `[N]`.
  ///   - memory: the queue.
  ///   - company: what of the batch's keys a row is compared with.
  /// - Returns: the contrast with N + Q others.
  public func contrast(
    _ rows: Tensor, _ keys: Tensor, _ labels: [Int], _ examples: [Int], _ memory: Memory,
    with company: Company = .batch
  ) -> Contrast {
    let device = rows.device
    let (classes, places) = (Self.column(labels, device), Self.column(examples, device))
    let (queued, queuedPlaces) = (memory["queue.labels"], memory["queue.rows"])
    let present = PairMask.equal(queuedPlaces, places).amax(dims: [1])
    let filled = 1 - queued.less(than: 0).to(.float32)
    let usable = (filled * (1 - present)).unsqueezed(0)
    let others = Tensor.concatenated([classes, queued], dim: 0)
    let own =
      company == .batch
      ? Tensor.ones([labels.count, labels.count], device: device)
      : PairMask.diagonal(labels.count, on: device)
    let compared = Tensor.concatenated(
      [
        own, usable.expanded(to: [labels.count, capacity]),
      ], dim: 1)
    return Contrast(
      rows, Tensor.concatenated([keys.to(.float32), memory["queue.keys"]], dim: 0),
      partners: PairMask.equal(classes, others) * compared, compared: compared)
  }

  /// The queue with new keys at its end, and as many gone from its front.
  ///
  /// - Parameters:
  ///   - memory: the queue.
  ///   - keys: unit rows, `[N, D]`.
  ///   - labels: class of each row, `[N]`.
  ///   - examples: position of each row in the training set, `[N]`.
  public func extended(
    _ memory: Memory, by keys: Tensor, _ labels: [Int], _ examples: [Int]
  ) -> Memory {
    let device = keys.device
    func joined(_ old: Tensor, _ new: Tensor) -> Tensor {
      let all = Tensor.concatenated([old, new.to(old.dtype)], dim: 0)
      return all.narrowed(dim: 0, start: all.shape[0] - capacity, length: capacity).cloned()
    }
    return withoutGradients {
      var next = memory
      next["queue.keys"] = joined(memory["queue.keys"], keys.detached())
      next["queue.labels"] = joined(memory["queue.labels"], Self.column(labels, device))
      next["queue.rows"] = joined(memory["queue.rows"], Self.column(examples, device))
      return next
    }
  }

  private static func column(_ values: [Int], _ device: Device) -> Tensor {
    Tensor(values.map(Int64.init), shape: [values.count]).moved(to: device)
  }
}
