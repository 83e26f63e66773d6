/// Sixty-four rows as bytes: of each what it has not in common with the one before.
///
/// A row is the difference of its number in the table from that of the row before (zigzag, 0 before the first), how
/// many bytes its path has in common with that of the row before, how many follow, and those. The three numbers have seven bits a byte.
enum ManifestBlock {
  /// Appends a row.
  ///
  /// - Parameters:
  ///   - row: its number in the table, and its path.
  ///   - before: the row before it in the block; nil of the first.
  ///   - bytes: the block so far.
  static func append(_ row: PackedRow, after before: PackedRow?, to bytes: inout [UInt8]) {
    let step = row.origin - (before?.origin ?? 0)
    bytes.append(variable: (step << 1) ^ (step >> 63))
    let shared = before.map { common($0.path, row.path) } ?? 0
    bytes.append(variable: shared)
    bytes.append(variable: row.path.count - shared)
    bytes.append(contentsOf: row.path[shared...])
  }

  private static func common(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let most = min(a.count, b.count)
    var count = 0
    while count < most, a[count] == b[count] { count += 1 }
    return count
  }

  /// The row at `index` of a block.
  ///
  /// - Parameters:
  ///   - index: in `0..<64`.
  ///   - bytes: the block.
  /// - Returns: its number in the table and its path; nil where the bytes are not of a block.
  static func row(_ index: Int, in bytes: UnsafeRawBufferPointer) -> (origin: Int, path: [UInt8])? {
    var cursor = ManifestCursor(bytes: bytes, offset: 0)
    var origin = 0
    var path: [UInt8] = []
    for _ in 0...index {
      guard let step = cursor.variable(), let shared = cursor.variable(),
        let more = cursor.variable(), let rest = cursor.take(more), shared <= path.count
      else { return nil }
      let (sum, overflow) = origin.addingReportingOverflow((step >> 1) ^ -(step & 1))
      guard !overflow else { return nil }
      origin = sum
      path.removeLast(path.count - shared)
      path.append(contentsOf: rest)
    }
    return origin >= 0 ? (origin, path) : nil
  }
}

/// A row on its way into a manifest.
struct PackedRow {
  /// Its number in the table, counted from 0.
  var origin: Int
  /// Its path in UTF-8; the memory belongs to who made it.
  var path: UnsafeRawBufferPointer
}
