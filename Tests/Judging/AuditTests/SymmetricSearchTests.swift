import Audit
import Randomness
import TestSupport
import Testing

/// Neighbours do not depend on who multiplies.
@Suite struct SymmetricSearchTests {
  /// Products that are off by up to D · 2⁻²⁴, as those of a library are.
  private struct Rough: RowProducts {
    func products(
      _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, width: Int
    ) -> [Float] {
      var products = PlainProducts().products(a, b, width: width)
      for place in products.indices {
        products[place] += Float((place &* 7919) % 13 - 6) / 6 * Float(width) * 0x1p-24
      }
      return products
    }
  }

  private func features(_ n: Int, _ width: Int, copies: Int) -> [Float] {
    var source = RandomKey(seed: 11).source
    var x = (0..<n * width).map { _ in Float(source.normal()) }
    for copy in 0..<copies {
      for d in 0..<width { x[(n - 1 - copy) * width + d] = x[d] }
    }
    return x
  }

  /// Several blocks; and more copies of one row than candidates are kept, so that its neighbours are searched exactly.
  @Test(arguments: [(2100, 16, 0), (1300, 5, 60), (40, 3, 39)])
  func sameNeighbours(n: Int, width: Int, copies: Int) throws {
    let x = features(n, width, copies: copies)
    let plain = try Neighbours(of: x, width: width, count: 9, threads: 2)
    let rough = try Neighbours(of: x, width: width, count: 9, threads: 3, products: Rough())
    #expect(plain == rough)
  }

  /// Of equal distances the earlier row is nearer: copies 0 … 59 of one row name the first nine of the others.
  @Test func copiesComeInTheirOrder() throws {
    let x = features(1300, 5, copies: 60)
    let near = try Neighbours(of: x, width: 5, count: 9, products: Rough())
    #expect(Array(near.rows[0..<9]) == (1240..<1249).map(Int32.init))
    #expect(near.distances[0..<9].allSatisfy { $0 < 1e-6 })
  }

  /// Across the borders of blocks, each row's neighbours are those of a search in double precision.
  @Test func blocksAreJoined() throws {
    let (n, width) = (1100, 4)
    let x = features(n, width, copies: 0)
    let near = try Neighbours(of: x, width: width, count: 3)
    func cosine(_ a: Int, _ b: Int) -> Double {
      var (ab, aa, bb) = (0.0, 0.0, 0.0)
      for d in 0..<width {
        let (u, v) = (Double(x[a * width + d]), Double(x[b * width + d]))
        (ab, aa, bb) = (ab + u * v, aa + u * u, bb + v * v)
      }
      return ab / (aa * bb).squareRoot()
    }
    for row in stride(from: 0, to: n, by: 73) {
      let sorted = (0..<n).filter { $0 != row }.sorted { cosine(row, $0) > cosine(row, $1) }
      for place in 0..<3 {
        #expect(
          close(
            Double(near.distances[row * 3 + place]), 1 - cosine(row, sorted[place]), relative: 0,
            absolute: 1e-6))
      }
    }
  }

  @Test func plainProductsAreProducts() {
    let a: [Float] = [1, 2, 3, 4, 5, 6]
    let b: [Float] = [1, 0, 0, 1, 1, 1, 2, 0, 0, 3]
    #expect(
      PlainProducts(threads: 2).products(a, b, width: 2)
        == [1, 2, 3, 2, 6, 3, 4, 7, 6, 12, 5, 6, 11, 10, 18])
  }

  @Test func numbersThatAreNoneAreRefused() {
    #expect(throws: AuditError.notFinite(row: 1, column: 1)) {
      try Neighbours(of: [1, 2, 3, .nan, 5, 6], width: 2, count: 1)
    }
  }
}
