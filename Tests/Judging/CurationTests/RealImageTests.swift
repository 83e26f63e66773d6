import Audit
import Curation
import Datasets
import Imaging
import Randomness
import TestSupport
import Testing

/// A choice without labels on real images: a long tail of Fashion-MNIST's test images, described by their pixels.
///
/// Of blood cells (chula-rbc12) pixels say too little: in a trial on every eighth image, choices of 100 had as many of the five
/// rarest classes as random ones.
@Suite struct RealImageTests {
  /// Images of class c, from 500 of the first to 5 of the last.
  private static let sizes = [500, 300, 180, 108, 65, 39, 23, 14, 8, 5]
  /// Classes from here on are rare: 89 of 1,242 images.
  private static let firstRare = 5
  private static let width = 49

  /// Means of 4 × 4 pixels, in 0…1.
  private func features(_ image: Image) -> [Float] {
    var sums = [Float](repeating: 0, count: Self.width)
    for y in 0..<28 {
      for x in 0..<28 {
        sums[y / 4 * 7 + x / 4] += Float(image.pixels[(y * 28 + x) * image.channels])
      }
    }
    return sums.map { $0 / (16 * 255) }
  }

  /// Rows chosen of a long tail that is drawn by a seed, as classes.
  private func chosen(
    _ members: [[[Float]]], seed: UInt64, permuted: Bool = false
  ) throws -> [Int] {
    var source = RandomKey(seed: seed).folding("tail").source
    var (kinds, rows): ([Int], [[Float]]) = ([], [])
    for (kind, size) in Self.sizes.enumerated() {
      for row in source.shuffle(members[kind].count).prefix(size) {
        kinds.append(kind)
        rows.append(members[kind][row])
      }
    }
    if permuted { rows = source.shuffle(rows.count).map { rows[$0] } }
    var settings = CurationSettings()
    (settings.clusters, settings.rule) = (.fixed(20), .quota(1))
    let table = try FeatureTable(
      paths: kinds.indices.map(String.init), values: rows.flatMap(\.self), width: Self.width)
    return try Curation(
      CurationRows(table), settings: settings, key: RandomKey(seed: seed),
      products: PlainProducts()
    ).selected.map { kinds[$0] }
  }

  /// Ten choices of up to 100 images: rare classes one and a half times as often as at random or more (a trial came to 2.3), and
  /// no more often than at random where features are of other images.
  @Test(.enabled(if: RealData.has("fashion-mnist"), "\(RealData.absent)"))
  func rareClassesAreChosenMoreOften() throws {
    let data = try Dataset.open(RealData.path("fashion-mnist"))
    var members = [[[Float]]](repeating: [], count: Self.sizes.count)
    for (row, example) in data.examples.enumerated() where example.split == .test {
      guard let kind = example.label.flatMap({ Int($0) }) else { continue }
      members[kind].append(features(try data.image(at: row)))
    }
    let all = Self.sizes.reduce(0, +)
    let share = Double(Self.sizes[Self.firstRare...].reduce(0, +)) / Double(all)
    func ratio(_ choices: [[Int]]) -> Double {
      let rare = choices.joined().count { $0 >= Self.firstRare }
      return Double(rare) / Double(choices.joined().count) / share
    }
    let seeds = (1...10).map { UInt64($0) }
    let choices = try seeds.map { try chosen(members, seed: $0) }
    #expect(choices.allSatisfy { (60...100).contains($0.count) })
    let found = ratio(choices)
    #expect(found >= 1.5, "\(found)")
    let control = ratio(try seeds.map { try chosen(members, seed: $0, permuted: true) })
    #expect(control <= 1.4, "\(control)")
  }
}
