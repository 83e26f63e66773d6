import Audit
import Curation
import Foundation
import Randomness
import TestSupport
import Testing

/// What holds of scaling, components and eigenvalues of any numbers.
@Suite struct ComponentPropertyTests {
  private func numbers(_ seed: UInt64, _ count: Int) -> [Float] {
    var source = RandomKey(seed: seed).folding("numbers").source
    return (0..<count).map { _ in Float(source.normal()) }
  }

  private func table(_ values: [Float], width: Int) throws -> FeatureTable {
    try FeatureTable(
      paths: (0..<values.count / width).map(String.init), values: values, width: width)
  }

  /// Columns of mean 0 and deviation 1, whatever their unit: powers of two change no bit.
  @Test func unitsSayNothing() throws {
    let (rows, width) = (40, 3)
    let values = numbers(1, rows * width)
    let plain = try table(values, width: width)
    let scaled = try StandardScaler(plain).scaled(plain)
    for d in 0..<width {
      let column = (0..<rows).map { Double(scaled[$0 * width + d]) }
      #expect(abs(column.reduce(0, +)) < 1e-4)
      #expect(close(column.reduce(0) { $0 + $1 * $1 } / Double(rows), 1, relative: 1e-5))
    }
    let units: [Float] = [0x1p-20, 1, 0x1p20]
    let other = try table(values.indices.map { values[$0] * units[$0 % 3] }, width: width)
    #expect(try StandardScaler(other).scaled(other) == scaled)
    let turned = try table(values.map { -$0 }, width: width)
    #expect(try StandardScaler(turned).scaled(turned) == scaled.map { -$0 })
  }

  /// All components: orthonormal, variances that fall and sum to the rows', scores that do not go together, and rows that come back.
  @Test(arguments: [(30, 5), (6, 5), (4, 7), (200, 3)]) func allComponents(
    rows: Int, width: Int
  ) throws {
    let plain = try table(numbers(UInt64(rows), rows * width), width: width)
    let x = try StandardScaler(plain).scaled(plain)
    let count = PCA.most(rows: rows, features: width)
    #expect(count == min(rows - 1, width))
    let pca = try PCA(x, width: width, count: count, products: PlainProducts())
    #expect(pca.variances == pca.variances.sorted(by: >))
    let square = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(rows - 1)
    #expect(close(pca.total, square, relative: 1e-4))
    #expect(close(pca.kept, 1, relative: 1e-4))
    for p in 0..<count {
      for q in 0...p {
        let product = (0..<width).reduce(0.0) {
          $0 + Double(pca.components[p * width + $1]) * Double(pca.components[q * width + $1])
        }
        #expect(close(product, p == q ? 1 : 0, relative: 0, absolute: 1e-5))
        let together = (0..<rows).reduce(0.0) {
          $0 + Double(pca.scores[$1 * count + p]) * Double(pca.scores[$1 * count + q])
        }
        #expect(
          close(
            together / Double(rows - 1), p == q ? pca.variances[p] : 0, relative: 1e-4,
            absolute: 1e-4))
      }
      let own = pca.components[p * width..<(p + 1) * width]
      let largest = own.max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0)
    }
    for row in 0..<rows {
      for d in 0..<width {
        let back = (0..<count).reduce(0.0) {
          $0 + Double(pca.scores[row * count + $1]) * Double(pca.components[$1 * width + d])
        }
        #expect(close(back, Double(x[row * width + d]), relative: 0, absolute: 1e-4))
      }
    }
  }

  /// Rows on a line have one component, and as many rows as one none.
  @Test func rowsOnALine() throws {
    let direction: [Float] = [2, -1, 2]
    let rows = (-5...5).flatMap { step in direction.map { $0 * Float(step) } }
    let pca = try PCA(rows, width: 3, count: 3, products: PlainProducts())
    // Squares of 3 · step sum to 9 · 110, over 10.
    #expect(close(pca.variances[0], 99, relative: 1e-6))
    #expect(pca.variances[1] < 1e-4 && pca.variances[2] < 1e-4)
    let first = Array(pca.components[0..<3])
    #expect(difference(first, [2.0 / 3, -1.0 / 3, 2.0 / 3], relative: 0, absolute: 1e-6) == nil)
    #expect(PCA.most(rows: 1, features: 9) == 1 && PCA.most(rows: 2, features: 9) == 1)
    let single = try PCA([1, 2, 3], width: 3, count: 1, products: PlainProducts())
    #expect(single.count == 1 && single.scores.count == 1)
    #expect(throws: CurationError.tooManyComponents(asked: 3, most: 2)) {
      try PCA([1, 2, 3, 4, 5, 6, 7, 8, 9], width: 3, count: 3, products: PlainProducts())
    }
    #expect(throws: CurationError.tooManyComponents(asked: 0, most: 1)) {
      try PCA([1, 2], width: 1, count: 0, products: PlainProducts())
    }
    let none = try PCA([0, 0, 0, 0], width: 2, count: 1, products: PlainProducts())
    #expect(none.kept == 1 && none.total == 0 && none.scores == [0, 0])
  }

  /// The path of D places: 2 − 2 cos(π k / D), k = 0 … D − 1, and the all-ones vector for 0.
  @Test(arguments: [1, 2, 3, 10, 40]) func aPath(size: Int) {
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size - 1 {
      matrix[i * size + i] += 1
      matrix[(i + 1) * size + i + 1] += 1
      matrix[i * size + i + 1] = -1
      matrix[(i + 1) * size + i] = -1
    }
    let eigen = SymmetricEigen(matrix, size: size, count: size)
    let wanted = (0..<size).reversed().map { 2 - 2 * cos(Double.pi * Double($0) / Double(size)) }
    #expect(difference(eigen.values, wanted, relative: 0, absolute: 1e-12) == nil)
    let last = Array(eigen.vectors.suffix(size))
    let one = 1 / Double(size).squareRoot()
    let ones = [Double](repeating: one, count: size)
    #expect(difference(last, ones, relative: 0, absolute: 1e-10) == nil)
  }

  /// Every symmetric matrix of two rows with entries of −2 to 2, by the quadratic formula.
  @Test func twoRowsByFormula() {
    for a in -2...2 {
      for b in -2...2 {
        for d in -2...2 {
          let (a, b, d) = (Double(a), Double(b), Double(d))
          let root = ((a - d) * (a - d) / 4 + b * b).squareRoot()
          let eigen = SymmetricEigen([a, b, b, d], size: 2, count: 2)
          let wanted = [(a + d) / 2 + root, (a + d) / 2 - root]
          #expect(difference(eigen.values, wanted, relative: 0, absolute: 1e-13) == nil)
          for p in 0..<2 {
            let (x, y) = (eigen.vectors[2 * p], eigen.vectors[2 * p + 1])
            #expect(close(x * x + y * y, 1, relative: 1e-12))
            #expect(close(a * x + b * y, eigen.values[p] * x, relative: 0, absolute: 1e-12))
            #expect(close(b * x + d * y, eigen.values[p] * y, relative: 0, absolute: 1e-12))
            // The entry of larger size is positive; of equal sizes one of them is.
            #expect((abs(abs(x) - abs(y)) < 1e-9 ? max(x, y) : abs(x) > abs(y) ? x : y) > 0)
          }
        }
      }
    }
  }

  /// A + c I has the same vectors and values that are c larger; c A values c times as large, in the other order for c < 0.
  @Test func shiftsAndFactors() {
    var source = RandomKey(seed: 5).source
    let size = 9
    var a = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        a[i * size + j] = source.normal()
        a[j * size + i] = a[i * size + j]
      }
    }
    let plain = SymmetricEigen(a, size: size, count: size)
    #expect(plain.vectors.count == size * size)
    let trace = (0..<size).reduce(0) { $0 + a[$1 * size + $1] }
    #expect(close(plain.values.reduce(0, +), trace, relative: 1e-11, absolute: 1e-11))
    #expect(
      close(
        plain.values.reduce(0) { $0 + $1 * $1 }, a.reduce(0) { $0 + $1 * $1 }, relative: 1e-11))
    let shifted = SymmetricEigen(
      a.indices.map { a[$0] + ($0 % (size + 1) == 0 ? 3 : 0) }, size: size, count: 2)
    #expect(
      difference(shifted.values, plain.values.map { $0 + 3 }, relative: 0, absolute: 1e-11) == nil)
    #expect(
      difference(
        shifted.vectors, Array(plain.vectors[0..<2 * size]), relative: 0, absolute: 1e-9) == nil)
    let turned = SymmetricEigen(a.map { -2 * $0 }, size: size, count: 0)
    #expect(
      difference(
        turned.values, plain.values.reversed().map { -2 * $0 }, relative: 0, absolute: 1e-11)
        == nil)
    #expect(turned.vectors.isEmpty)
    let zero = SymmetricEigen([Double](repeating: 0, count: 9), size: 3, count: 3)
    #expect(zero.values == [0, 0, 0])
  }
}
