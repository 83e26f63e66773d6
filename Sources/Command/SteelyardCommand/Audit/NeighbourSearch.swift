import Audit
import Parallel
import Requirements
import Torch

/// Exact nearest neighbours by the engine's matrix products, for many rows.
enum NeighbourSearch {
  /// Rows of which similarities are held at once.
  private static let block = 256

  /// The k nearest other rows of each by cosine distance.
  ///
  /// - Parameters:
  ///   - features: row by row, `[N, D]` flat.
  ///   - width: D.
  ///   - count: k, from 1 to N − 1.
  ///   - threads: how many threads look for the nearest.
  /// - Throws: `AuditError.tooFewNeighbours`.
  static func nearest(
    _ features: [Float], width: Int, count: Int, threads: Int
  ) throws(AuditError) -> Neighbours {
    let n = features.count / max(1, width)
    guard count >= 1, count < n else { throw .tooFewNeighbours(rows: n, neighbours: count) }
    var (rows, distances): ([Int32], [Float]) = ([], [])
    withoutGradients {
      let unit = Tensor(normalized(features, width), shape: [n, width])
      let turned = unit.transposed(0, 1)
      for start in stride(from: 0, to: n, by: block) {
        let length = min(block, n - start)
        let similar: [Float] = unit.narrowed(dim: 0, start: start, length: length).matmul(turned)
          .scalars()
        let parts = inParallel(length, threads: threads) { row in
          similar.withUnsafeBufferPointer {
            Neighbours.nearest(
              UnsafeBufferPointer(rebasing: $0[row * n..<(row + 1) * n]),
              start + row..<start + row + 1,
              of: n, count: count)
          }
        }
        for part in parts {
          rows += part.rows
          distances += part.distances
        }
      }
    }
    return Neighbours(count: count, rows: rows, distances: distances)
  }

  private static func normalized(_ features: [Float], _ width: Int) -> [Float] {
    var unit = features
    for start in stride(from: 0, to: features.count, by: width) {
      let square = features[start..<start + width].reduce(0.0) { $0 + Double($1) * Double($1) }
      let scale = square > 0 ? Float(1 / square.squareRoot()) : 0
      for place in start..<start + width { unit[place] *= scale }
    }
    return unit
  }
}
