import Randomness
import Sampling
import TestSupport
import Testing

/// Bins of difficulty drawn equally often.
@Suite struct DifficultySamplerTests {
  private struct GoldenFile: Decodable {
    struct Found: Decodable { let difficulty: [Double?], bins: [Int] }
    let width: Int, whole: [Int], table: [Int]
    let known, partly: Found
  }
  private let golden: GoldenFile
  private let whole, partly: LabelTable

  init() throws {
    golden = try Golden.load("Sampling/difficulty.json")
    whole = LabelTable(golden.whole.map { $0 == 1 }, width: golden.width)
    partly = LabelTable(golden.table.map { $0 < 0 ? nil : $0 == 1 }, width: golden.width)
  }

  private func drawn(_ table: LabelTable, seed: UInt64 = 1) -> [Int] {
    var source = RandomSource(seed: seed)
    return DifficultySampler().indices(of: table, progress: 0, using: &source)
  }

  @Test func difficultiesAndBinsAreNumPys() {
    for (table, expected) in [(whole, golden.known), (partly, golden.partly)] {
      let found = DifficultySampler.difficulty(of: table)
      #expect(found.map { $0 == nil } == expected.difficulty.map { $0 == nil })
      #expect(
        difference(
          found.map { $0 ?? 0 }, expected.difficulty.map { $0 ?? 0 }, relative: 1e-9,
          absolute: 1e-12)
          == nil)
      #expect(DifficultySampler().places(in: table) == expected.bins)
    }
  }

  /// By hand: m is ½ and ¼; one label is common, one seldom; d of a is 0, of b ¼, of both ¼; the bare row is not drawn.
  @Test func byHand() {
    let table = LabelTable(
      [true, false, false, true, true, true, false, false].map { $0 }
        + [true, false, false, false, false, false, true, false], width: 2)
    #expect(table.present == [4, 2] && table.count == 8)
    #expect(
      DifficultySampler.difficulty(of: table) == [0, 0.25, 0.25, nil, 0, nil, nil, 0])
  }

  /// The bins that have an example come equally often, within 5 % of their mean, and examples without a label never.
  @Test(arguments: [1, 2, 3] as [UInt64]) func theHistogramIsFlat(seed: UInt64) {
    for table in [whole, partly] {
      let places = DifficultySampler().places(in: table)
      let rows = drawn(table, seed: seed)
      #expect(rows.count == table.count && rows.allSatisfy { places[$0] >= 0 })
      let filled = Set(places).subtracting([-1])
      let mean = Double(rows.count) / Double(filled.count)
      for bin in filled {
        let count = Double(rows.count { places[$0] == bin })
        #expect(abs(count - mean) <= 0.05 * mean, "bin \(bin): \(count) of a mean of \(mean)")
      }
      #expect(filled.count >= 4, "uneven bins: \(filled)")
    }
    #expect(drawn(whole) == drawn(whole) && drawn(whole) != drawn(whole, seed: 9))
  }

  @Test func probabilitiesFollow() {
    let (found, places) = (
      DifficultySampler().probabilities(of: whole, progress: 0), golden.known.bins
    )
    #expect(close(found.reduce(0, +), 1, relative: 1e-9))
    let sizes = (0..<5).map { bin in places.count { $0 == bin } }
    let filled = Double(sizes.count { $0 > 0 })
    let expected = places.map { $0 < 0 ? 0 : 1 / (Double(sizes[$0]) * filled) }
    #expect(difference(found, expected, relative: 1e-12) == nil)
  }

  /// Of one label an example the bins are of classes: 900, 90 and 10 examples have difficulties whose last two share a bin of
  /// five, and each a bin of 64; one bin is the shares of the data.
  @Test func ofClasses() throws {
    let classes = try ClassCounts([900, 90, 10])
    func shares(_ bins: Int) -> [Double] {
      DifficultySampler(bins: bins).distribution(for: classes, progress: 0)
    }
    #expect(difference(shares(1), [0.9, 0.09, 0.01], relative: 1e-12) == nil)
    #expect(difference(shares(5), [0.5, 0.45, 0.05], relative: 1e-12) == nil)
    #expect(difference(shares(64), [1.0 / 3, 1.0 / 3, 1.0 / 3], relative: 1e-12) == nil)
    let labels = SamplerTests.labels([900, 90, 10])
    let rows = SamplerTests.drawn(DifficultySampler(), labels, classes)
    #expect(rows.count { labels[$0] == 0 } == 500)
    let one = LabelTable(labels.flatMap { c in (0..<3).map { $0 == c } }, width: 3)
    #expect(drawn(one) == rows)
  }

  @Test func noBinStopsTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = DifficultySampler(bins: 0) }
  }

  @Test func aDifficultyThatIsNoNumberStopsTheProgram() async throws {
    let classes = try ClassCounts([3])
    let numbers = BucketSampler.ofDifficulty([1, 3, 2], labels: [0, 0, 0], classes: classes)
    #expect(numbers.buckets == [0, 4, 1])
    await #expect(processExitsWith: .failure) {
      _ = BucketSampler.ofDifficulty(
        [1, .nan, 2], labels: [0, 0, 0], classes: try ClassCounts([3]))
    }
  }
}
