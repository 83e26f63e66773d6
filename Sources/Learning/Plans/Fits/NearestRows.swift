import Requirements
public import Torch

/// The nearest rows of rows by squared distance, each itself left out, in blocks, so that no table of all pairs is held.
public enum NearestRows {
  /// Most distances that are held at once: blocks of any number of rows take the same memory.
  private static let most = 4_000_000

  /// The k nearest of every row, nearest first.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - count: k; all others where there are fewer.
  ///   - dtype: what it is computed in: of two rows that are nearly as near float32 may take the farther.
  /// - Returns: `[N][min(k, N − 1)]`.
  /// - Precondition: at least one neighbour is asked for.
  public static func find(
    _ features: Tensor, count: Int, as dtype: DType = .float64
  ) -> [[Int]] {
    find(features, count: count, of: Array(0..<features.shape[0]), as: dtype)
  }

  /// The k nearest of some rows among all, nearest first.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - count: k; all others where there are fewer.
  ///   - chosen: the rows whose neighbours are looked for, `[M]`.
  ///   - dtype: what it is computed in.
  /// - Returns: `[M][min(k, N − 1)]`.
  /// - Precondition: at least one neighbour is asked for; `chosen` are rows.
  public static func find(
    _ features: Tensor, count: Int, of chosen: [Int], as dtype: DType = .float64
  ) -> [[Int]] {
    require(
      count >= 1 && features.rank == 2,
      "NearestRows: expected rows and a neighbour at least, got \(features.shape) and \(count)")
    let kept = min(count, features.shape[0] - 1)
    guard kept > 0 else { return [[Int]](repeating: [], count: chosen.count) }
    return withoutGradients {
      let x = centred(features).to(dtype)
      let lengths = x.square().sum(dims: [1]).unsqueezed(0)
      return blocks(chosen.count, over: x.shape[0]).flatMap { block in
        let rows = Array(chosen[block])
        let own = x.indexSelect(dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count]))
        let distances = lengths - own.matmul(x.transposed(0, 1)) * 2
        return nearest(distances, of: rows, count: kept)
      }
    }
  }

  /// About their mean, for the digits of differences; float64.
  static func centred(_ features: Tensor) -> Tensor {
    let exact = features.detached().to(.float64)
    return exact - exact.mean(dims: [0], keepDims: true)
  }

  /// `count` rows in blocks that are small enough for tables of their distances to `width` rows.
  static func blocks(_ count: Int, over width: Int) -> [Range<Int>] {
    let length = max(1, min(512, most / max(1, width)))
    return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  /// Of each row of distances, which are so but for a constant of the row, the places of the smallest.
  private static func nearest(_ distances: Tensor, of own: [Int], count: Int) -> [[Int]] {
    let (rows, width) = (distances.shape[0], distances.shape[1])
    // Beyond every distance, and doubled still a number.
    let beyond = distances.dtype == .float64 ? 1e300 : 1e38
    func taken(_ places: [Int]) -> Tensor {
      Tensor(places.map(Int64.init), shape: [rows]).oneHot(classes: width).to(distances.dtype)
        * beyond
    }
    var left = distances + taken(own)
    var found = [[Int]](repeating: [], count: rows)
    for number in 0..<count {
      let places = (-left).argmax(dim: 1).scalars(as: Int64.self).map(Int.init)
      for (row, place) in places.enumerated() { found[row].append(place) }
      if number + 1 < count { left = left + taken(places) }
    }
    return found
  }
}
