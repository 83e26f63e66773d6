/// Whether a pair stands out from the images around it.
///
/// Copies lie close together and far from everything else. Where all images look alike (cells of one slide,
/// trousers), distances to neighbours grow step by step instead, and a small one says nothing. So there
/// must be a gap: going outwards from an image, over the distance of the pair, the next neighbour must at
/// some point, still within reach, be four times as far as the last one.
struct Isolation {
  /// Distances from each image to the others it was compared with, ascending.
  private let neighbours: [[Float]]

  /// How many times further the next neighbour must be.
  private static let gap: Float = 4
  /// Below this, distances are rounding.
  private static let least: Float = 0.0001
  /// A cluster that is wider than this is none.
  private static let reach: Float = 0.05

  /// - Parameters:
  ///   - edges: pairs that were compared; a pair may stand twice, and its smaller distance counts.
  ///   - count: images.
  init(_ edges: [(Int, Int, Float)], count: Int) {
    var nearest = [[Int: Float]](repeating: [:], count: count)
    for (one, other, distance) in edges {
      nearest[one][other] = min(nearest[one][other] ?? .infinity, distance)
      nearest[other][one] = min(nearest[other][one] ?? .infinity, distance)
    }
    neighbours = nearest.map { $0.values.sorted() }
  }

  /// Whether there is a gap around `image` beyond a neighbour at `distance`.
  func holds(_ image: Int, _ distance: Float) -> Bool {
    var last = max(distance, Self.least)
    for next in neighbours[image] where next >= distance {
      if next >= Self.gap * last { return true }
      last = max(last, next)
      if last > Self.reach { return false }
    }
    return true
  }
}
