import Audit
import Curation
import Randomness
import TestSupport
import Testing

/// Scaling, components and clusters beside scikit-learn's.
@Suite struct ComponentTests {
  private struct Case: Decodable {
    var rows: Int
    var width: Int
    var clusters: Int
    var x: [Float]
    var means: [Double]
    var deviations: [Double]
    var components: [Double]
    var variances: [Double]
    var kept: Double
    var scores: [Float]
    var first: [Float]
    var labels: [Int32]
    var centres: [Double]
    var inertia: Double
    var steps: Int
  }

  private func cases() throws -> [Case] {
    try Golden.load("Curation/components.json", as: [Case].self)
  }

  @Test func scalingAndComponents() throws {
    for one in try cases() {
      let table = try FeatureTable(
        paths: (0..<one.rows).map(String.init), values: one.x, width: one.width)
      let scaler = try StandardScaler(table)
      #expect(difference(scaler.means, one.means, relative: 1e-12, absolute: 1e-12) == nil)
      #expect(difference(scaler.deviations, one.deviations, relative: 1e-10) == nil)
      let pca = try PCA(
        scaler.scaled(table), width: one.width, count: one.variances.count,
        products: PlainProducts(threads: 2))
      #expect(difference(pca.variances, one.variances, relative: 1e-6, absolute: 1e-7) == nil)
      #expect(difference(pca.components, one.components, relative: 0, absolute: 1e-5) == nil)
      #expect(difference(pca.scores, one.scores, relative: 1e-5, absolute: 1e-5) == nil)
      #expect(close(pca.kept, one.kept, relative: 1e-6))
    }
  }

  @Test func lloydsSteps() throws {
    for one in try cases() {
      let width = one.variances.count
      let found = KMeans(
        one.scores, width: width, from: one.first, mostSteps: 300, products: PlainProducts())
      #expect(found.clusters == one.labels)
      #expect(found.steps == one.steps)
      #expect(difference(found.centres, one.centres, relative: 1e-6, absolute: 1e-6) == nil)
      #expect(close(found.inertia, one.inertia, relative: 1e-5))
    }
  }

  @Test func constantFeaturesSayNothing() throws {
    let table = try FeatureTable(
      paths: ["a", "b", "c"], values: [1, 5, 2, 5, 6, 5], width: 2)
    let scaler = try StandardScaler(table)
    #expect(scaler.constant == 1)
    let scaled = scaler.scaled(table)
    #expect([scaled[1], scaled[3], scaled[5]] == [0, 0, 0])
    let same = try FeatureTable(paths: ["a", "b"], values: [3, 3], width: 1)
    #expect(throws: CurationError.allConstant(features: 1)) { try StandardScaler(same) }
  }

  /// λ and v of [[2, 1], [1, 2]] by hand; of a diagonal matrix; of one number.
  @Test func eigenvaluesByHand() {
    let two = SymmetricEigen([2, 1, 1, 2], size: 2, count: 2)
    #expect(difference(two.values, [3, 1], relative: 1e-14) == nil)
    let half = 0.5.squareRoot()
    #expect(difference(two.vectors.prefix(2).map { $0 }, [half, half], relative: 1e-14) == nil)
    let diagonal = SymmetricEigen([1, 0, 0, 0, 7, 0, 0, 0, 4], size: 3, count: 1)
    #expect(diagonal.values == [7, 4, 1])
    #expect(diagonal.vectors == [0, 1, 0])
    #expect(SymmetricEigen([5], size: 1, count: 1).values == [5])
  }

  /// A V = V Λ and V Vᵀ = I of a random symmetric matrix with an eigenvalue that is there twice.
  @Test func eigenvectorsAreOrthogonal() {
    var source = RandomKey(seed: 4).source
    let size = 24
    var a = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let value = i < 2 || j < 2 ? (i == j ? 3 : 0) : source.normal()
        a[i * size + j] = value
        a[j * size + i] = value
      }
    }
    let eigen = SymmetricEigen(a, size: size, count: size)
    for p in 0..<size {
      for q in 0..<size {
        var (product, image) = (0.0, 0.0)
        for d in 0..<size {
          product += eigen.vectors[p * size + d] * eigen.vectors[q * size + d]
          image += a[q * size + d] * eigen.vectors[p * size + d]
        }
        #expect(close(product, p == q ? 1 : 0, relative: 0, absolute: 1e-12))
        #expect(
          close(
            image, eigen.values[p] * eigen.vectors[p * size + q], relative: 0, absolute: 1e-11))
      }
    }
  }
}
