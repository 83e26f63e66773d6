import Randomness
import Reports
import Testing

/// Thinned lines against the points that they leave out.
@Suite struct ThinningPropertyTests {
  /// Distance of a point from the straight line through two others, or from them where they are one.
  private func distance(
    _ p: (Double, Double), _ a: (Double, Double), _ b: (Double, Double)
  ) -> Double {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1)
    let length = (dx * dx + dy * dy).squareRoot()
    if length == 0 {
      return ((p.0 - a.0) * (p.0 - a.0) + (p.1 - a.1) * (p.1 - a.1)).squareRoot()
    }
    return abs((p.0 - a.0) * dy - (p.1 - a.1) * dx) / length
  }

  /// A staircase as a ROC curve is one, with every point twice where two steps meet.
  private func staircase(_ count: Int, _ seed: Int) -> (x: [Double], y: [Double]) {
    var random = RandomKey(seed: 80).folding(seed).source
    var (x, y) = ([0.0], [0.0])
    for _ in 0..<count {
      let isUp = random.uniform() < 0.5
      x.append(x[x.count - 1] + (isUp ? 0 : 1 / Double(count)))
      y.append(y[y.count - 1] + (isUp ? 1 / Double(count) : 0))
    }
    return (x, y)
  }

  @Test(arguments: 0..<40)
  func `what is left out lies on the line that is drawn`(seed: Int) {
    let (x, y) = staircase(3 + seed * 13, seed)
    let tolerance = [0.0005, 0.003, 0.02][seed % 3]
    let other = y.map { 1 - $0 * $0 }
    let kept = Thinning.kept(x: x, ys: [y, other], tolerance: tolerance, limit: 100_000)
    #expect(kept.first == 0 && kept.last == x.count - 1)
    #expect(kept == kept.sorted() && Set(kept).count == kept.count)
    for (a, b) in zip(kept, kept.dropFirst()) {
      for index in a...b {
        for values in [y, other] {
          let away = distance(
            (x[index], values[index]), (x[a], values[a]), (x[b], values[b]))
          #expect(away <= tolerance + 1e-12, "\(index) between \(a) and \(b)")
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func `a coarser line keeps no more points, and the limit is kept`(seed: Int) {
    let (x, y) = staircase(400 + seed, seed)
    let fine = Thinning.kept(x: x, ys: [y], tolerance: 0.0005, limit: 100_000)
    let limited = Thinning.kept(x: x, ys: [y], tolerance: 0.0005, limit: 20 + seed)
    #expect(limited.count <= 20 + seed && limited.count >= 2)
    #expect(Set(limited).isSubset(of: Set(fine)))
    #expect(Thinning.kept(x: x, ys: [y], limit: 2) == [0, x.count - 1])
  }
}
