import Foundation
import Parallel
import Requirements

/// The k nearest other examples of each example by cosine distance, exact.
public struct Neighbours: Sendable, Equatable {
  /// Number of neighbours of each, k.
  public let count: Int
  /// The neighbours, the nearest first, `[N, k]` flat.
  public let rows: [Int32]
  /// 1 − cosine of each, in 0…2, `[N, k]` flat.
  public let distances: [Float]

  /// Neighbours as a search has found them.
  ///
  /// - Precondition: both lists are whole rows of `count`.
  public init(count: Int, rows: [Int32], distances: [Float]) {
    require(
      count > 0 && rows.count % count == 0 && rows.count == distances.count,
      "Neighbours: expected rows of \(count), got \(rows.count) and \(distances.count)")
    (self.count, self.rows, self.distances) = (count, rows, distances)
  }

  /// Looks for neighbours: products of blocks of 64 by 64 rows, in single precision.
  ///
  /// - Parameters:
  ///   - features: row by row, `[N, D]` flat.
  ///   - width: D.
  ///   - count: k, from 1 to N − 1.
  ///   - threads: how many threads work; the result is the same for any number.
  /// - Throws: ``AuditError/tooFewNeighbours(rows:neighbours:)``.
  /// - Precondition: `features` has whole rows.
  public init(
    of features: [Float], width: Int, count: Int, threads: Int = 1
  ) throws(AuditError) {
    require(
      width > 0 && features.count % width == 0,
      "Neighbours: expected rows of \(width) numbers, got \(features.count)")
    let n = features.count / width
    guard count >= 1, count < n else { throw .tooFewNeighbours(rows: n, neighbours: count) }
    let unit = Self.normalized(features, width)
    let starts = Array(stride(from: 0, to: n, by: Self.block))
    let parts = inParallel(starts.count, threads: threads) { index in
      let range = starts[index]..<min(starts[index] + Self.block, n)
      return unit.withUnsafeBufferPointer { Self.nearest(range, $0, (width + 7) / 8, n, count) }
    }
    self.count = count
    rows = parts.flatMap(\.rows)
    distances = parts.flatMap(\.distances)
  }

  /// The nearest of some rows, of their similarities to all.
  ///
  /// - Parameters:
  ///   - similarities: cosines of the rows of `range` with all rows, `[range.count, N]` flat.
  ///   - range: which rows.
  ///   - n: N.
  ///   - count: k.
  /// - Returns: neighbours and distances, `[range.count, k]` flat.
  /// - Precondition: the similarities are those of whole rows.
  package static func nearest(
    _ similarities: UnsafeBufferPointer<Float>, _ range: Range<Int>, of n: Int, count: Int
  ) -> (rows: [Int32], distances: [Float]) {
    require(
      similarities.count == range.count * n,
      "Neighbours.nearest: expected \(range.count) × \(n) similarities, got \(similarities.count)")
    var (rows, distances): ([Int32], [Float]) = ([], [])
    for row in range {
      var list = NearestList(count)
      let line = UnsafeBufferPointer(
        rebasing: similarities[(row - range.lowerBound) * n..<(row - range.lowerBound + 1) * n])
      var worst = Float.infinity
      for other in 0..<n where 1 - line[other] < worst {
        list.add(1 - line[other], other, row)
        worst = list.distances[count - 1]
      }
      rows += list.rows
      distances += list.distances
    }
    return (rows, distances)
  }

  private static let block = 64

  /// Rows of length 1, in vectors of eight, the last filled up with zeros.
  private static func normalized(_ features: [Float], _ width: Int) -> [SIMD8<Float>] {
    let lanes = (width + 7) / 8
    let n = features.count / width
    var unit = [SIMD8<Float>](repeating: .zero, count: n * lanes)
    for row in 0..<n {
      var square = 0.0
      for d in 0..<width {
        square += Double(features[row * width + d]) * Double(features[row * width + d])
      }
      let scale = square > 0 ? Float(1 / square.squareRoot()) : 0
      for d in 0..<width { unit[row * lanes + d / 8][d % 8] = features[row * width + d] * scale }
    }
    return unit
  }

  private static func nearest(
    _ range: Range<Int>, _ unit: UnsafeBufferPointer<SIMD8<Float>>, _ lanes: Int, _ n: Int, _ k: Int
  ) -> (rows: [Int32], distances: [Float]) {
    var best = range.map { _ in NearestList(k) }
    for other in stride(from: 0, to: n, by: 4) {
      let others = min(4, n - other)
      for row in range {
        let a = row * lanes
        if others == 4 {
          var (s0, s1, s2, s3) = (
            SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero
          )
          let b = other * lanes
          for lane in 0..<lanes {
            let x = unit[a + lane]
            s0 += x * unit[b + lane]
            s1 += x * unit[b + lanes + lane]
            s2 += x * unit[b + 2 * lanes + lane]
            s3 += x * unit[b + 3 * lanes + lane]
          }
          let place = row - range.lowerBound
          best[place].add(1 - s0.sum(), other, row)
          best[place].add(1 - s1.sum(), other + 1, row)
          best[place].add(1 - s2.sum(), other + 2, row)
          best[place].add(1 - s3.sum(), other + 3, row)
        } else {
          for next in other..<other + others {
            var s = SIMD8<Float>.zero
            for lane in 0..<lanes { s += unit[a + lane] * unit[next * lanes + lane] }
            best[row - range.lowerBound].add(1 - s.sum(), next, row)
          }
        }
      }
    }
    return (best.flatMap(\.rows), best.flatMap(\.distances))
  }
}

/// The k smallest distances so far, sorted; of equal ones the earlier row first.
private struct NearestList {
  var rows: [Int32]
  var distances: [Float]

  init(_ count: Int) {
    rows = [Int32](repeating: -1, count: count)
    distances = [Float](repeating: .infinity, count: count)
  }

  mutating func add(_ distance: Float, _ other: Int, _ row: Int) {
    guard distance < distances[distances.count - 1], other != row else { return }
    let d = max(0, distance)
    var place = distances.count - 1
    while place > 0, distances[place - 1] > d {
      distances[place] = distances[place - 1]
      rows[place] = rows[place - 1]
      place -= 1
    }
    distances[place] = d
    rows[place] = Int32(other)
  }
}
