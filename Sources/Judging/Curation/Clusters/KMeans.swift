public import Audit
public import Randomness
import Requirements

/// Points in k clusters, each point with the nearest of k centres, each centre the mean of its points.
///
/// Lloyd's steps from k-means++ (the best of a few candidates at each draw): Σ ‖x − c(x)‖² never grows. A cluster that loses all its points takes the point that is
/// farthest from its own centre. Clusters that stay empty (fewer than k different points) are left out in the end.
/// Nearness is by products in single precision, ‖c‖² − 2 x·c; distances and sums are in double.
///
/// Source: Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 1982; Arthur, Vassilvitskii,
/// "k-means++: The Advantages of Careful Seeding", SODA 2007.
public struct KMeans: Sendable, Equatable {
  /// Numbers of a point, D.
  public let width: Int
  /// The centres, `[k, D]` flat.
  public let centres: [Float]
  /// Cluster of each point, `[N]`, in `0..<k`.
  public let clusters: [Int32]
  /// Distance of each point to its centre, `[N]`.
  public let distances: [Double]
  /// Steps that were taken.
  public let steps: Int

  /// k.
  public var count: Int { centres.count / width }

  /// Σ ‖x − c(x)‖².
  public var inertia: Double { distances.reduce(0) { $0 + $1 * $1 } }

  /// From first centres that are drawn: each of 2 + ⌊ln k⌋ candidates, with probability ∝ the squared distance to the
  /// nearest centre before it, the one that leaves the smallest sum.
  ///
  /// - Parameters:
  ///   - points: point by point, `[N, D]` flat, finite.
  ///   - width: D.
  ///   - count: k, in 1…N.
  ///   - mostSteps: how many steps at most.
  ///   - key: of the draws.
  ///   - products: who multiplies.
  /// - Throws: ``CurationError/tooManyClusters(asked:rows:group:)``.
  /// - Precondition: the points are whole.
  public init(
    _ points: [Float], width: Int, count: Int, mostSteps: Int = 100, key: RandomKey,
    products: some RowProducts
  ) throws(CurationError) {
    let rows = Self.rows(points, width)
    guard (1...max(1, rows)).contains(count), rows > 0 else {
      throw .tooManyClusters(asked: count, rows: rows, group: "all")
    }
    let seeds = KMeansSeeds(points, width: width, count: count, key: key)
    self.init(points, width: width, from: seeds.centres, mostSteps: mostSteps, products: products)
  }

  /// From given centres.
  ///
  /// - Parameters:
  ///   - points: point by point, `[N, D]` flat, finite, at least one.
  ///   - width: D.
  ///   - centres: the first centres, `[k, D]` flat, at least one.
  ///   - mostSteps: how many steps at most.
  ///   - products: who multiplies.
  /// - Precondition: points and centres are whole, and there are some.
  public init(
    _ points: [Float], width: Int, from centres: [Float], mostSteps: Int = 100,
    products: some RowProducts
  ) {
    require(
      Self.rows(points, width) > 0 && Self.rows(centres, width) > 0,
      "KMeans: expected points and centres of \(width) numbers, got \(points.count) and \(centres.count)"
    )
    var lloyd = Lloyd(points, width, centres)
    var (steps, isMoving) = (0, true)
    while isMoving, steps < max(1, mostSteps) {
      isMoving = lloyd.step(products)
      steps += 1
    }
    if isMoving { lloyd.assign(products) }
    lloyd.leaveOutEmpty()
    (self.width, self.steps) = (width, steps)
    (self.centres, clusters) = (lloyd.centres, lloyd.clusters)
    distances = lloyd.distances
  }

  private static func rows(_ numbers: [Float], _ width: Int) -> Int {
    require(
      width > 0 && numbers.count % width == 0,
      "KMeans: expected rows of \(width) numbers, got \(numbers.count)")
    return numbers.count / width
  }
}
