import Audit

/// Where ``KMeans`` is between two steps.
struct Lloyd {
  private let points: [Float]
  private let width: Int
  private(set) var centres: [Float]
  private(set) var clusters: [Int32]

  /// Points whose products with all centres are held at once.
  private static let block = 8192

  init(_ points: [Float], _ width: Int, _ centres: [Float]) {
    (self.points, self.width, self.centres) = (points, width, centres)
    clusters = [Int32](repeating: -1, count: points.count / width)
  }

  /// Assigns every point, then moves every centre.
  ///
  /// - Returns: whether a point has changed its cluster.
  mutating func step(_ products: some RowProducts) -> Bool {
    let before = clusters
    assign(products)
    guard clusters != before else { return false }
    fillEmpty()
    move()
    return true
  }

  /// The nearest centre of each point; of equals the first.
  mutating func assign(_ products: some RowProducts) {
    let k = centres.count / width
    let lengths = (0..<k).map { c -> Float in
      Float(centres[c * width..<(c + 1) * width].reduce(0.0) { $0 + Double($1) * Double($1) })
    }
    var found = clusters
    for start in stride(from: 0, to: clusters.count, by: Self.block) {
      let length = min(Self.block, clusters.count - start)
      let inner = points.withUnsafeBufferPointer { points in
        centres.withUnsafeBufferPointer {
          products.products(
            UnsafeBufferPointer(rebasing: points[start * width..<(start + length) * width]), $0,
            width: width)
        }
      }
      inner.withUnsafeBufferPointer { inner in
        for row in 0..<length {
          var (best, least) = (0, Float.infinity)
          for c in 0..<k {
            let distance = lengths[c] - 2 * inner[row * k + c]
            if distance < least { (best, least) = (c, distance) }
          }
          found[start + row] = Int32(best)
        }
      }
    }
    clusters = found
  }

  /// Gives each empty cluster the farthest point, of those that do not stand alone.
  private mutating func fillEmpty() {
    var members = counts
    let empty = members.indices.filter { members[$0] == 0 }
    guard !empty.isEmpty else { return }
    let far = distances
    var order = clusters.indices.filter { far[$0] > 0 }.sorted {
      far[$0] == far[$1] ? $0 < $1 : far[$0] > far[$1]
    }[...]
    for cluster in empty {
      while let row = order.popFirst() {
        guard members[Int(clusters[row])] > 1 else { continue }
        members[Int(clusters[row])] -= 1
        clusters[row] = Int32(cluster)
        members[cluster] = 1
        break
      }
    }
  }

  /// Means of the points of each cluster; the centre of an empty one stays.
  private mutating func move() {
    let members = counts
    var sums = [Double](repeating: 0, count: centres.count)
    points.withUnsafeBufferPointer { points in
      sums.withUnsafeMutableBufferPointer { sums in
        for (row, cluster) in clusters.enumerated() {
          let (to, from) = (Int(cluster) * width, row * width)
          for d in 0..<width { sums[to + d] += Double(points[from + d]) }
        }
      }
    }
    for c in members.indices where members[c] > 0 {
      for d in c * width..<(c + 1) * width { centres[d] = Float(sums[d] / Double(members[c])) }
    }
  }

  private var counts: [Int] {
    var counts = [Int](repeating: 0, count: centres.count / width)
    for cluster in clusters { counts[Int(cluster)] += 1 }
    return counts
  }

  /// Distance of each point to its centre, `[N]`.
  var distances: [Double] {
    points.withUnsafeBufferPointer { points in
      centres.withUnsafeBufferPointer { centres in
        clusters.enumerated().map { row, cluster in
          var square = 0.0
          let (a, b) = (row * width, Int(cluster) * width)
          for d in 0..<width {
            let move = Double(points[a + d]) - Double(centres[b + d])
            square += move * move
          }
          return square.squareRoot()
        }
      }
    }
  }

  /// Numbers the clusters anew, those without points left out.
  mutating func leaveOutEmpty() {
    let members = counts
    let kept = members.indices.filter { members[$0] > 0 }
    guard kept.count < members.count else { return }
    var number = [Int32](repeating: 0, count: members.count)
    for (place, cluster) in kept.enumerated() { number[cluster] = Int32(place) }
    clusters = clusters.map { number[Int($0)] }
    centres = kept.flatMap { centres[$0 * width..<($0 + 1) * width] }
  }
}
