import Audit
import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct NeighbourTests {
  private func features(_ n: Int, _ width: Int) -> [Float] {
    var source = RandomKey(seed: 9).source
    return (0..<n * width).map { _ in Float(source.normal()) }
  }

  /// Sorted by all distances in double precision; for any number of threads.
  @Test(arguments: [(70, 5), (131, 16), (9, 3)]) func theyAreTheNearest(n: Int, width: Int) throws {
    let x = features(n, width)
    func cosine(_ a: Int, _ b: Int) -> Double {
      let (u, v) = (x[a * width..<(a + 1) * width], x[b * width..<(b + 1) * width])
      func dot(_ p: ArraySlice<Float>, _ q: ArraySlice<Float>) -> Double {
        zip(p, q).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      return dot(u, v) / (dot(u, u) * dot(v, v)).squareRoot()
    }
    let near = try Neighbours(of: x, width: width, count: 4, threads: 1)
    #expect(try near == Neighbours(of: x, width: width, count: 4, threads: 3))
    for row in 0..<n {
      let sorted = (0..<n).filter { $0 != row }.sorted { cosine(row, $0) > cosine(row, $1) }
      #expect(Array(near.rows[row * 4..<row * 4 + 4]) == sorted.prefix(4).map(Int32.init))
      #expect(
        close(
          Double(near.distances[row * 4]), 1 - cosine(row, sorted[0]), relative: 0, absolute: 1e-5))
    }
  }

  @Test func tooFewAreRefused() {
    #expect(throws: AuditError.tooFewNeighbours(rows: 3, neighbours: 3)) {
      try Neighbours(of: [1, 2, 3], width: 1, count: 3)
    }
  }

  /// T and p come back from their exact moments.
  @Test func transitionFromExactMoments() {
    let t = [0.8, 0.15, 0.05, 0.1, 0.85, 0.05, 0.05, 0.2, 0.75]
    let p = [0.6, 0.3, 0.1]
    var third = [Double](repeating: 0, count: 27)
    for i in 0..<3 {
      for a in 0..<3 {
        for b in 0..<3 {
          for c in 0..<3 {
            third[(a * 3 + b) * 3 + c] += p[i] * t[i * 3 + a] * t[i * 3 + b] * t[i * 3 + c]
          }
        }
      }
    }
    let found = HOC(consensus: third, classes: 3, steps: 20000)
    #expect(difference(found.transition, t, relative: 0, absolute: 3e-5) == nil)
    #expect(difference(found.prior, p, relative: 0, absolute: 3e-5) == nil)
  }
}
