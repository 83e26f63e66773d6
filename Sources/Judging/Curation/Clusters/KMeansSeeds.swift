import Foundation
import Randomness

/// First centres of ``KMeans``: k-means++, of each draw the best of 2 + ⌊ln k⌋ candidates.
struct KMeansSeeds {
  /// `[k, D]` flat; points of the data.
  private(set) var centres: [Float] = []

  init(_ points: [Float], width: Int, count: Int, key: RandomKey) {
    let n = points.count / width
    let candidates = 2 + Int(log(Double(count)))
    var source = key.source
    let first = source.below(n)
    var nearest = Self.nearest(
      [Float](repeating: .infinity, count: n), points, to: first, width)
    centres = Array(points[first * width..<(first + 1) * width])
    for _ in 1..<max(1, count) {
      var best: (row: Int, squares: [Float], sum: Double)?
      for _ in 0..<candidates {
        let row = Self.drawn(nearest.squares, source.uniform() * nearest.sum)
        let after = Self.nearest(nearest.squares, points, to: row, width)
        if after.sum < best?.sum ?? .infinity { best = (row, after.squares, after.sum) }
      }
      guard let best else { return }
      nearest = (best.squares, best.sum)
      centres += points[best.row * width..<(best.row + 1) * width]
    }
  }

  /// Squared distances to the nearest centre with one more centre, and their sum.
  private static func nearest(
    _ squares: [Float], _ points: [Float], to row: Int, _ width: Int
  ) -> (squares: [Float], sum: Double) {
    var (after, sum) = (squares, 0.0)
    points.withUnsafeBufferPointer { points in
      after.withUnsafeMutableBufferPointer { after in
        for other in after.indices {
          after[other] = min(after[other], square(points, other, row, width))
          sum += Double(after[other])
        }
      }
    }
    return (after, sum)
  }

  /// The first row at which the running sum passes `place`; the last of a chance above 0 where rounding lets none.
  private static func drawn(_ chances: [Float], _ place: Double) -> Int {
    var (left, last) = (place, 0)
    for (row, chance) in chances.enumerated() where chance > 0 {
      left -= Double(chance)
      last = row
      if left < 0 { return row }
    }
    return last
  }

  /// ‖x_a − x_b‖², in eight sums, which is fast.
  private static func square(
    _ points: UnsafeBufferPointer<Float>, _ a: Int, _ b: Int, _ width: Int
  ) -> Float {
    let bytes = UnsafeRawBufferPointer(points)
    var sum = SIMD8<Float>.zero
    var d = 0
    while d + 8 <= width {
      let x = bytes.loadUnaligned(fromByteOffset: 4 * (a * width + d), as: SIMD8<Float>.self)
      let y = bytes.loadUnaligned(fromByteOffset: 4 * (b * width + d), as: SIMD8<Float>.self)
      sum += (x - y) * (x - y)
      d += 8
    }
    var square = sum.sum()
    while d < width {
      let move = points[a * width + d] - points[b * width + d]
      square += move * move
      d += 1
    }
    return square
  }
}
