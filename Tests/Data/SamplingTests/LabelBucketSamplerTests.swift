import Randomness
import Sampling
import TestSupport
import Testing

/// Batches by a recipe of labels, of rows without any, and of hard normals.
@Suite struct LabelBucketSamplerTests {
  /// 60 rows: scratch 9, dent 4 (two of them with a scratch), hole 2; 40 known to have none, of which 20…24 are listed; three of
  /// which nothing is known; the rest lack what is known of them.
  private static let table: LabelTable = {
    var rows = [[Bool?]](repeating: [false, false, false], count: 60)
    for row in 0..<9 { rows[row][0] = true }
    for row in [7, 8, 9, 10] { rows[row][1] = true }
    for row in [11, 12] { rows[row][2] = true }
    for row in 57..<60 { rows[row] = [nil, nil, nil] }
    for row in 50..<57 { rows[row][2] = nil }
    return LabelTable(rows.flatMap(\.self), width: 3)
  }()
  /// 4 of none, 1 of scratch, 2 of dent and hole, 1 hard; one of those listed has a label, and another is not known.
  private static let sampler = LabelBucketSampler(
    [0, 1, 1], none: 2, hard: 3, hardRows: [2, 20, 21, 22, 23, 24, 58], each: [1, 2, 4, 1])

  private func drawn(
    _ sampler: LabelBucketSampler = Self.sampler, of table: LabelTable = Self.table,
    seed: UInt64 = 1
  ) -> [Int] {
    var source = RandomSource(seed: seed)
    return sampler.indices(of: table, progress: 0, using: &source)
  }

  /// By hand: the rarest of several labels decides, a hard normal has none, and of what is not known nothing is drawn.
  @Test func everyRowHasItsBucket() {
    let places = Self.sampler.places(in: Self.table)
    #expect(places[0..<7] == [0, 0, 0, 0, 0, 0, 0])
    #expect(places[7..<13] == [1, 1, 1, 1, 1, 1])
    #expect(places[13..<20].allSatisfy { $0 == 2 } && places[25..<57].allSatisfy { $0 == 2 })
    #expect(places[20..<25].allSatisfy { $0 == 3 } && places[57..<60].allSatisfy { $0 == -1 })
    let bare = LabelBucketSampler([0, 1, 1], each: [1, 1]).places(in: Self.table)
    #expect(bare[13...].allSatisfy { $0 == -1 })
    let together = LabelBucketSampler([0, 1, 1], none: 1, hardRows: [20], each: [1, 1])
    #expect(together.places(in: Self.table)[20] == 1)
  }

  /// Every batch of 8 and of 24 rows exactly, in every epoch, whatever is rare.
  @Test(arguments: [8, 24]) func everyBatchHasItsRecipe(size: Int) {
    let places = Self.sampler.places(in: Self.table)
    for seed in 1...20 as ClosedRange<UInt64> {
      let epoch = drawn(seed: seed)
      #expect(epoch.count == 60)
      for start in stride(from: 0, through: 60 - size, by: size) {
        let batch = epoch[start..<start + size].map { places[$0] }
        let found = (0..<4).map { bucket in batch.count { $0 == bucket } }
        #expect(found == [1, 2, 4, 1].map { $0 * size / 8 }, "\(found)")
      }
    }
    #expect(drawn() == drawn() && drawn() != drawn(seed: 2))
  }

  /// A bucket of fewer rows than a batch has of it repeats them, each as often as the others but for one.
  @Test func aShortBucketRepeats() {
    let sampler = LabelBucketSampler([0, 0, 1], none: 0, each: [1, 5])
    let places = sampler.places(in: Self.table)
    let epoch = drawn(sampler)
    for start in stride(from: 0, to: 60, by: 6) {
      let batch = epoch[start..<start + 6]
      let rare = batch.filter { places[$0] == 1 }
      #expect(rare.count == 5)
      let often = [11, 12].map { row in rare.count { $0 == row } }
      #expect(often.sorted() == [2, 3])
    }
  }

  /// k_b / (n_b Σ k) by hand, and what is drawn follows it.
  @Test func probabilities() {
    let found = Self.sampler.probabilities(of: Self.table, progress: 0)
    #expect(close(found.reduce(0, +), 1, relative: 1e-12))
    let byHand = [(0, 1.0 / 56), (8, 2.0 / 48), (12, 2.0 / 48), (20, 1.0 / 40), (30, 4.0 / 312)]
    for (row, p) in byHand { #expect(close(found[row], p, relative: 1e-12), "\(row)") }
    #expect(found[58] == 0)
    var seen = [Double](repeating: 0, count: 60)
    for seed in 0..<400 as Range<UInt64> { for row in drawn(seed: seed) { seen[row] += 1 } }
    #expect(difference(seen.map { $0 / 24_000 }, found, absolute: 0.004) == nil)
  }

  /// With one label a row, all known, it is the sampler of classes put together, to the row.
  @Test func oneLabelIsAClass() throws {
    let labels = SamplerTests.labels([40, 12, 5])
    let classes = try ClassCounts([40, 12, 5])
    let one = LabelTable(labels.flatMap { c in (0..<3).map { $0 == c } }, width: 3)
    let sampler = LabelBucketSampler([0, 1, 1], each: [1, 3])
    let ofClasses = ClassBucketSampler([0, 1, 1], each: [1, 3])
    let expected = SamplerTests.drawn(ofClasses, labels, classes, seed: 3)
    #expect(drawn(sampler, of: one, seed: 3) == expected)
    #expect(SamplerTests.drawn(sampler, labels, classes, seed: 3) == expected)
    #expect(
      sampler.distribution(for: classes, progress: 0)
        == ofClasses.distribution(for: classes, progress: 0))
  }

  @Test func whatIsOutOfRangeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = LabelBucketSampler([0, 2], each: [1, 1, 1]) }
    await #expect(processExitsWith: .failure) {
      _ = LabelBucketSampler([0, 1], none: 2, each: [1, 1, 0])
    }
    await #expect(processExitsWith: .failure) {
      let table = LabelTable([true, false, true, false], width: 2)
      _ = LabelBucketSampler([0, 1], each: [1, 1]).probabilities(of: table, progress: 0)
    }
  }
}
