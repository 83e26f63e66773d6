/// Fewer points for a line that looks the same.
package enum Thinning {
  /// Indices of the points that are kept, in order, the first and the last among them.
  ///
  /// No dropped point lies farther than `tolerance` from the line through the kept ones (Ramer 1972,
  /// Douglas and Peucker 1973). If more than `limit` remain the tolerance is doubled until no more do.
  ///
  /// - Parameters:
  ///   - x: Abscissae, `[K]`.
  ///   - ys: Ordinates of lines over the same abscissae, each `[K]`.
  ///   - tolerance: A distance, in the units of both axes, positive.
  ///   - limit: At least 2.
  package static func kept(
    x: [Double], ys: [[Double]], tolerance: Double = 0.0005, limit: Int = 400
  ) -> [Int] {
    var tolerance = tolerance
    while true {
      let indices = kept(x, ys, tolerance)
      if indices.count <= max(2, limit) { return indices }
      tolerance *= 2
    }
  }

  private static func kept(_ x: [Double], _ ys: [[Double]], _ tolerance: Double) -> [Int] {
    guard x.count > 2 else { return Array(x.indices) }
    var keep = [Bool](repeating: false, count: x.count)
    keep[0] = true
    keep[x.count - 1] = true
    var open = [(0, x.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var (index, distance) = (first + 1, -1.0)
      for y in ys {
        let found = farthest(x, y, first, last)
        if found.1 > distance { (index, distance) = found }
      }
      guard distance > tolerance else { continue }
      keep[index] = true
      open.append((index, last))
      open.append((first, index))
    }
    return keep.indices.filter { keep[$0] }
  }

  private static func farthest(
    _ x: [Double], _ y: [Double], _ first: Int, _ last: Int
  ) -> (Int, Double) {
    let (dx, dy) = (x[last] - x[first], y[last] - y[first])
    let length = (dx * dx + dy * dy).squareRoot()
    var (best, most) = (first + 1, -1.0)
    for index in first + 1..<last {
      let (px, py) = (x[index] - x[first], y[index] - y[first])
      let distance =
        length == 0 ? (px * px + py * py).squareRoot() : abs(px * dy - py * dx) / length
      if distance > most { (best, most) = (index, distance) }
    }
    return (best, most)
  }
}
