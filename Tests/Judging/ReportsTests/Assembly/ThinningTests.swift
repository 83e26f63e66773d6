import Foundation
import Randomness
import Reports
import Testing

@Suite struct ThinningTests {
  @Test func `points on a line go, corners stay`() {
    let x = [0, 0.25, 0.5, 0.75, 1.0]
    #expect(Thinning.kept(x: x, ys: [[0, 0.25, 0.5, 0.75, 1.0]]) == [0, 4])
    #expect(Thinning.kept(x: x, ys: [[0, 0, 1, 1, 1]]) == [0, 1, 2, 4])
  }

  @Test func `a corner of any of the lines stays`() {
    let x = [0, 0.25, 0.5, 0.75, 1.0]
    let flat = [0.5, 0.5, 0.5, 0.5, 0.5]
    #expect(Thinning.kept(x: x, ys: [flat, [0, 1, 1, 1, 1]]) == [0, 1, 4])
  }

  @Test func `few points are all kept`() {
    #expect(Thinning.kept(x: [], ys: [[]]) == [])
    #expect(Thinning.kept(x: [1], ys: [[1]]) == [0])
    #expect(Thinning.kept(x: [1, 1], ys: [[0, 1]]) == [0, 1])
  }

  @Test func `no dropped point is farther from the drawn line than the tolerance`() {
    let n = 5000
    let x = (0..<n).map { Double($0) / Double(n - 1) }
    let y = x.map { 0.5 + 0.4 * sin(9 * $0) }
    let kept = Thinning.kept(x: x, ys: [y])
    #expect(kept.count < 120)
    var worst = 0.0
    for (a, b) in zip(kept, kept.dropFirst()) {
      for index in a...b {
        let part: Double = (x[index] - x[a]) / max(x[b] - x[a], 1e-12)
        let line: Double = y[a] + (y[b] - y[a]) * part
        worst = max(worst, abs(line - y[index]))
      }
    }
    // Measured upright, which is farther than at a right angle by at most √(1 + 3.6²).
    #expect(worst <= 0.0005 * 3.8)
  }

  @Test func `a line that never rests is cut to the limit`() {
    var random = RandomKey(seed: 1).source
    let y = (0..<4000).map { _ in random.uniform() }
    let kept = Thinning.kept(x: y.indices.map { Double($0) / 4000 }, ys: [y], limit: 400)
    #expect(kept.count <= 400)
    #expect(kept.first == 0 && kept.last == 3999)
  }
}
