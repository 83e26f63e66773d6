import Requirements
public import Torch

/// The nearest rows of every row by squared distance, itself left out, in blocks, so that no table of all pairs is held.
public enum NearestRows {
  /// Rows that are looked at at once.
  private static let block = 512

  /// The k nearest of every row, nearest first.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - count: k; all others where there are fewer.
  /// - Returns: `[N][min(k, N − 1)]`.
  /// - Precondition: at least one neighbour is asked for.
  public static func find(_ features: Tensor, count: Int) -> [[Int]] {
    require(
      count >= 1 && features.rank == 2,
      "NearestRows: expected rows and a neighbour at least, got \(features.shape) and \(count)")
    let rows = features.shape[0]
    let kept = min(count, rows - 1)
    guard kept > 0 else { return [[Int]](repeating: [], count: rows) }
    return withoutGradients {
      let exact = features.detached().to(.float64)
      // About their mean, for the digits of differences.
      let x = exact - exact.mean(dims: [0], keepDims: true)
      let lengths = x.square().sum(dims: [1])
      return stride(from: 0, to: rows, by: block).flatMap { start in
        let length = min(block, rows - start)
        let own = x.narrowed(dim: 0, start: start, length: length)
        let distances =
          lengths.unsqueezed(0) - own.matmul(x.transposed(0, 1)) * 2
        return nearest(distances, from: start, count: kept)
      }
    }
  }

  /// Of each row of distances, which are so but for a constant of the row, the places of the smallest.
  private static func nearest(_ distances: Tensor, from start: Int, count: Int) -> [[Int]] {
    let (rows, width) = (distances.shape[0], distances.shape[1])
    func taken(_ places: [Int]) -> Tensor {
      Tensor(places.map(Int64.init), shape: [rows]).oneHot(classes: width).to(.float64) * 1e300
    }
    var left = distances + taken(Array(start..<start + rows))
    var found = [[Int]](repeating: [], count: rows)
    for number in 0..<count {
      let places = (-left).argmax(dim: 1).scalars(as: Int64.self).map(Int.init)
      for (row, place) in places.enumerated() { found[row].append(place) }
      if number + 1 < count { left = left + taken(places) }
    }
    return found
  }
}
