import Curation
import Randomness

/// Rows of six kinds, 600 to 5 of each, around centres of random direction in 16 dimensions.
struct ModesWorld {
  static let sizes = [600, 300, 120, 40, 12, 5]
  /// Kinds with fewer than 50 rows are rare.
  static let rare: Set<Int> = [3, 4, 5]
  static let width = 16

  let kinds: [Int]
  let features: [Float]

  /// - Parameter permuted: whether features are dealt out to the wrong rows in the end.
  init(seed: UInt64, permuted: Bool = false) {
    var source = RandomKey(seed: seed).folding("modes").source
    let centres = Self.sizes.map { _ in (0..<Self.width).map { _ in 2 * source.normal() } }
    var (kinds, rows): ([Int], [[Float]]) = ([], [])
    for (kind, size) in Self.sizes.enumerated() {
      for _ in 0..<size {
        kinds.append(kind)
        rows.append(centres[kind].map { Float($0 + source.normal()) })
      }
    }
    if permuted { rows = source.shuffle(rows.count).map { rows[$0] } }
    (self.kinds, features) = (kinds, rows.flatMap(\.self))
  }

  func table() throws(CurationError) -> FeatureTable {
    try FeatureTable(
      paths: kinds.indices.map { "row-\($0)" }, values: features, width: Self.width)
  }

  func rare(among rows: [Int]) -> Int { rows.count { Self.rare.contains(kinds[$0]) } }
  func kinds(among rows: [Int]) -> Int { Set(rows.map { kinds[$0] }).count }
}
