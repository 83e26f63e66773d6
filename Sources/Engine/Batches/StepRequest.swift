public import Randomness
import Requirements

/// Which images one step wants: the rows of each stream, and the key of their augmentation draws.
public struct StepRequest: Sendable, Equatable {
  /// Rows of each stream, in batch order: S lists, shape `[B]` each, where B may differ.
  public let streams: [[Int]]
  /// Item `i` of stream `s` draws from `key.folding(s).folding(i)`.
  public let key: RandomKey

  /// A request for `streams`, whose draws come from `key`. Each of the S streams is of shape `[B]`.
  public init(streams: [[Int]], key: RandomKey) { (self.streams, self.key) = (streams, key) }

  /// Images of all streams together.
  public var count: Int { streams.reduce(0) { $0 + $1.count } }

  /// Cuts the orders of an epoch into steps of `batchSize` rows from each stream.
  ///
  /// The incomplete last batch is dropped, as the reference implementation does, unless it is the
  /// only one.
  /// - Parameters:
  ///   - orders: rows of one epoch, one list per stream; the first sets the epoch's length.
  ///   - batchSize: rows of each stream a step, at least 1.
  ///   - key: key of this epoch's augmentation.
  /// - Returns: one request a step, each with rows of shape `[B]` a stream.
  /// - Precondition: every stream has as many rows as the first needs; `batchSize` is at least 1.
  public static func epoch(
    _ orders: [[Int]], batchSize: Int, key: RandomKey
  ) -> [StepRequest] {
    let size = min(batchSize, max(orders.first?.count ?? 0, 1))
    return epoch(orders, sizes: orders.map { _ in size }, key: key)
  }

  /// Cuts the orders of an epoch into steps of streams of unequal size.
  ///
  /// - Parameters:
  ///   - orders: rows of one epoch, one list per stream; the first sets the epoch's length.
  ///   - sizes: rows of each stream a step, shape `[S]` of the S streams, each at least 1.
  ///   - key: key of this epoch's augmentation.
  /// - Precondition: a size for each stream, and as many rows of each as the steps need.
  public static func epoch(
    _ orders: [[Int]], sizes: [Int], key: RandomKey
  ) -> [StepRequest] {
    require(
      sizes.count == orders.count && sizes.allSatisfy { $0 >= 1 },
      "StepRequest.epoch: expected a size of at least 1 for \(orders.count) streams, got \(sizes)")
    let steps = sizes.isEmpty ? 0 : orders[0].count / sizes[0]
    require(
      zip(orders, sizes).allSatisfy { $0.count >= steps * $1 },
      "StepRequest.epoch: expected streams of at least \(sizes.map { $0 * steps }) rows, got "
        + "\(orders.map(\.count))")
    return (0..<steps).map { step in
      StepRequest(
        streams: zip(orders, sizes).map { Array($0[step * $1..<(step + 1) * $1]) },
        key: key.folding(step))
    }
  }

  /// Every row once, in order; the last batch may be smaller. For evaluation.
  ///
  /// - Precondition: `batchSize` is at least 1.
  public static func everyRow(_ count: Int, batchSize: Int) -> [StepRequest] {
    require(
      batchSize >= 1, "StepRequest.everyRow: expected batches of at least 1 row, got \(batchSize)")
    return stride(from: 0, to: count, by: batchSize).map { start in
      StepRequest(
        streams: [Array(start..<min(start + batchSize, count))], key: RandomKey(seed: 0))
    }
  }
}
