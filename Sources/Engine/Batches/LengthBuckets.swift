import Requirements

/// Puts rows of like length into the same batch, so that little of what is computed is padding.
///
/// The lengths from 2ᵏ to below 2ᵏ⁺¹ are a bucket. Rows come in the order of a sampler; whenever a bucket holds a
/// batch, that batch is due. What the buckets hold at the end of an epoch follows from the shortest on, so at most
/// as many batches as there are buckets mix two of them. In every other batch less than half of the steps are padding,
/// for the longest row is less than twice as long as the shortest.
///
/// Which rows an epoch draws is left to the sampler: only who meets whom changes. Rows that are too few for a batch
/// at the end of an epoch are those that the sampler drew last, whatever their length.
public enum LengthBuckets {
  /// The rows of an epoch in the order in which batches take them.
  ///
  /// - Parameters:
  ///   - order: rows as a sampler drew them; any may come more than once.
  ///   - lengths: steps of each row of the set, `[N]`, each at least 1.
  ///   - batchSize: rows of a batch, at least 1.
  /// - Returns: the rows of the whole batches of `order`, each as often; all where there is no
  ///   whole one.
  /// - Precondition: `batchSize` and the lengths of the rows are at least 1; `order` names rows of
  ///   the set.
  public static func ordered(_ order: [Int], lengths: [Int], batchSize: Int) -> [Int] {
    require(batchSize >= 1, "LengthBuckets: expected batches of at least 1 row, got \(batchSize)")
    var (waiting, result) = ([Int: [Int]](), [Int]())
    result.reserveCapacity(order.count)
    let whole = order.count < batchSize ? order.count : order.count / batchSize * batchSize
    for row in order.prefix(whole) {
      let bucket = bucket(of: lengths[row])
      waiting[bucket, default: []].append(row)
      if let rows = waiting[bucket], rows.count == batchSize {
        result += rows
        waiting[bucket] = nil
      }
    }
    return result + waiting.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  /// What part of the steps that batches of an order compute is padding, in `0..<1`.
  ///
  /// - Parameters:
  ///   - order: rows as a sampler drew them.
  ///   - lengths: steps of each row of the set, `[N]`, each at least 1.
  ///   - batchSize: rows of a batch, at least 1.
  /// - Precondition: `batchSize` and the lengths of the rows are at least 1; `order` names rows of
  ///   the set.
  public static func padding(_ order: [Int], lengths: [Int], batchSize: Int) -> Double {
    let rows = ordered(order, lengths: lengths, batchSize: batchSize)
    let (valid, computed) = stride(from: 0, to: rows.count, by: batchSize).reduce((0, 0)) {
      let batch = rows[$1..<min($1 + batchSize, rows.count)].map { lengths[$0] }
      return ($0.0 + batch.reduce(0, +), $0.1 + batch.count * (batch.max() ?? 0))
    }
    return computed == 0 ? 0 : 1 - Double(valid) / Double(computed)
  }

  /// k of a length from 2ᵏ to below 2ᵏ⁺¹.
  private static func bucket(of length: Int) -> Int {
    require(length >= 1, "LengthBuckets: expected lengths of at least 1, got \(length)")
    return Int.bitWidth - 1 - length.leadingZeroBitCount
  }
}
