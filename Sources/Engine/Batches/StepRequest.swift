public import Randomness
import Requirements

/// Which images one step wants: the rows of each stream, and the key of their augmentation draws.
public struct StepRequest: Sendable, Equatable {
  /// Rows of each stream, in batch order.
  public let streams: [[Int]]
  /// Item `i` of stream `s` draws from `key.folding(s).folding(i)`.
  public let key: RandomKey

  /// A request for `streams`, whose draws come from `key`.
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
  /// - Precondition: every stream has as many rows as the first needs.
  public static func epoch(
    _ orders: [[Int]], batchSize: Int, key: RandomKey
  ) -> [StepRequest] {
    let length = orders.first?.count ?? 0
    require(
      orders.allSatisfy { $0.count >= length },
      "StepRequest.epoch: expected streams of at least \(length) rows, got \(orders.map(\.count))")
    let size = min(batchSize, max(length, 1))
    return (0..<length / size).map { step in
      StepRequest(
        streams: orders.map { Array($0[step * size..<(step + 1) * size]) },
        key: key.folding(step))
    }
  }

  /// Every row once, in order; the last batch may be smaller. For evaluation.
  public static func everyRow(_ count: Int, batchSize: Int) -> [StepRequest] {
    stride(from: 0, to: count, by: batchSize).map { start in
      StepRequest(
        streams: [Array(start..<min(start + batchSize, count))], key: RandomKey(seed: 0))
    }
  }
}
