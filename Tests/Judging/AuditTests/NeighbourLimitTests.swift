import Audit
import Randomness
import TestSupport
import Testing

/// Neighbours where distances are equal by the dozen, rows are zeros or copies, k is all others, and lengths leave single
/// precision.
@Suite struct NeighbourLimitTests {
  /// Directions along axes, for which every product is exact.
  private func axes(_ seed: UInt64, rows: Int, width: Int) -> [[Float]] {
    var source = RandomKey(seed: seed).folding("axes").source
    return (0..<rows).map { _ in
      var row = [Float](repeating: 0, count: width)
      // One row in six is nothing but zeros; lengths are powers of two.
      if source.below(6) > 0 {
        let length = Float([0.25, 1, 8, 1024][source.below(4)])
        row[source.below(width)] = source.below(2) == 0 ? length : -length
      }
      return row
    }
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Float {
    func sign(_ x: Float) -> Float { x > 0 ? 1 : x < 0 ? -1 : 0 }
    return zip(a, b).reduce(0) { $0 + sign($1.0) * sign($1.1) }
  }

  /// By sorting all rows, equal distances in the order of the rows: distances of 0, 1 and 2 are exact.
  @Test(arguments: UInt64(1)...10) func tiesGoByTheOrderOfRows(seed: UInt64) throws {
    for (rows, width) in [(2, 1), (7, 2), (30, 3), (130, 4)] {
      let x = axes(seed, rows: rows, width: width)
      for count in Set([1, min(5, rows - 1), rows - 1]) {
        let near = try Neighbours(
          of: x.flatMap(\.self), width: width, count: count, threads: 2)
        #expect(near.count == count && near.rows.count == rows * count)
        for row in 0..<rows {
          let order = (0..<rows).filter { $0 != row }.sorted {
            let (a, b) = (cosine(x[row], x[$0]), cosine(x[row], x[$1]))
            return a == b ? $0 < $1 : a > b
          }.prefix(count)
          let places = row * count..<(row + 1) * count
          #expect(Array(near.rows[places]) == order.map(Int32.init), "\(rows), \(count), \(row)")
          #expect(Array(near.distances[places]) == order.map { 1 - cosine(x[row], x[$0]) })
        }
      }
    }
  }

  /// All others are neighbours: every row lists each of them once, the same two at the same distance.
  @Test func allOthersAreNeighbours() throws {
    var source = RandomKey(seed: 2).source
    let (rows, width) = (25, 6)
    let x = (0..<rows * width).map { _ in Float(source.normal()) }
    let near = try Neighbours(of: x, width: width, count: rows - 1)
    var distances = [Float](repeating: -1, count: rows * rows)
    for row in 0..<rows {
      let places = row * near.count..<(row + 1) * near.count
      #expect(Set(near.rows[places]) == Set((0..<Int32(rows)).filter { $0 != row }))
      #expect(Array(near.distances[places]) == near.distances[places].sorted())
      for place in places { distances[row * rows + Int(near.rows[place])] = near.distances[place] }
    }
    for a in 0..<rows {
      for b in 0..<a { #expect(distances[a * rows + b] == distances[b * rows + a]) }
    }
    #expect(near.distances.allSatisfy { $0 >= 0 && $0 <= 2 + 1e-6 })
  }

  /// The length of a row says nothing: powers of two change no bit.
  @Test func lengthsSayNothing() throws {
    var source = RandomKey(seed: 3).source
    let (rows, width) = (60, 5)
    let x = (0..<rows * width).map { _ in Float(source.normal()) }
    let scales: [Float] = [1, 0x1p-40, 0x1p60, 0x1p-90, 0x1p90]
    let other = x.indices.map { x[$0] * scales[$0 / width % scales.count] }
    #expect(
      try Neighbours(of: x, width: width, count: 4)
        == Neighbours(of: other, width: width, count: 4))
  }

  /// Rows so short or long that 1 / length is no ordinary number of single precision.
  @Test(arguments: [Float(1e-42), 1e-39, 3e37, 3e38]) func extremeLengths(size: Float) throws {
    let x: [Float] = [size, size, size, 0, 0, size, -size, -size]
    let near = try Neighbours(of: x, width: 2, count: 3)
    #expect(Array(near.rows[0..<3]) == [1, 2, 3])
    let half = 1 - 0.5.squareRoot()
    let found = near.distances[0..<3].map(Double.init)
    #expect(difference(found, [half, half, 2], relative: 0, absolute: 1e-3) == nil, "\(found)")
    #expect(near.distances.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 2.001 })
    // From 10⁻³⁹ on the row itself has digits enough for exact distances.
    if size > 1e-41 {
      #expect(difference(found, [half, half, 2], relative: 0, absolute: 2e-6) == nil, "\(found)")
    }
  }

  /// Rows of zeros are at 1 from all, other zeros among them.
  @Test func zerosAreFarFromAll() throws {
    let near = try Neighbours(of: [0, 0, 3, 4, 0, 0], width: 2, count: 2)
    #expect(near.rows == [1, 2, 0, 2, 0, 1])
    #expect(near.distances == [1, 1, 1, 1, 1, 1])
  }

  @Test func countsThatAreNoneAreRefused() {
    for (rows, count) in [(0, 1), (1, 1), (5, 0), (5, 5), (5, -1), (5, Int.max)] {
      #expect(throws: AuditError.tooFewNeighbours(rows: rows, neighbours: count)) {
        try Neighbours(of: [Float](repeating: 1, count: rows), width: 1, count: count)
      }
    }
    #expect(throws: AuditError.notFinite(row: 2, column: 0)) {
      try Neighbours(of: [1, 2, 3, 4, -.infinity, .nan], width: 2, count: 1)
    }
  }

  /// Products of any shape beside sums in double precision, by any number of threads.
  @Test func productsOfOddShapes() {
    var source = RandomKey(seed: 6).source
    for (m, n, width) in [(1, 1, 1), (3, 7, 9), (33, 5, 8), (2, 66, 17), (0, 3, 2), (3, 0, 2)] {
      let a = (0..<m * width).map { _ in Float(source.normal()) }
      let b = (0..<n * width).map { _ in Float(source.normal()) }
      let found = PlainProducts().products(a, b, width: width)
      #expect(found == PlainProducts(threads: 3).products(a, b, width: width))
      let exact = (0..<m * n).map { cell in
        (0..<width).reduce(0.0) { sum, d in
          sum + Double(a[cell / n * width + d]) * Double(b[cell % n * width + d])
        }
      }
      #expect(difference(found, exact, relative: 0, absolute: 1e-5) == nil, "\(m) \(n) \(width)")
    }
  }
}
