import Randomness
import Sampling
import TestSupport
import Testing

/// Samplers of examples that may have several labels, some of them not known.
@Suite struct LabelSamplerTests {
  private struct GoldenFile: Decodable {
    let table: [Int], width: Int, present: [Int], absent: [Int]
    let balanced: [Double], balancedPresent: [Double], balancedKnown: [Double]
    let threshold: Double, factors: [Double], repeated: [Double]
  }
  private let golden: GoldenFile
  private let table: LabelTable

  init() throws {
    golden = try Golden.load("Losses/labels.json")
    table = LabelTable(golden.table.map { $0 < 0 ? nil : $0 == 1 }, width: golden.width)
  }

  private func epochs(_ sampler: some LabelSampler, _ count: Int, seed: UInt64 = 1) -> [Int] {
    var source = RandomSource(seed: seed)
    return (0..<count).flatMap { _ in sampler.indices(of: table, progress: 0, using: &source) }
  }

  @Test func countsAndSharesAreNumPys() {
    #expect(table.present == golden.present && table.absent == golden.absent)
    let balanced = ClassBalancedSampler().probabilities(of: table, progress: 0)
    #expect(difference(balanced, golden.balanced, relative: 1e-12, absolute: 1e-15) == nil)
    let shares = table.shares(balanced)
    #expect(difference(shares.present, golden.balancedPresent, relative: 1e-12) == nil)
    #expect(difference(shares.known, golden.balancedKnown, relative: 1e-12) == nil)
    let repeats = RepeatFactorSampler(threshold: golden.threshold)
    #expect(difference(repeats.factors(for: table), golden.factors, relative: 1e-12) == nil)
    let repeated = repeats.probabilities(of: table, progress: 0)
    #expect(difference(repeated, golden.repeated, relative: 1e-12) == nil)
  }

  /// Each example as often as it says, within five standard deviations of 40,000 draws.
  @Test func balancedDrawsFollowTheirProbabilities() {
    let drawn = epochs(ClassBalancedSampler(), 1000)
    var seen = [Double](repeating: 0, count: table.count)
    for row in drawn { seen[row] += 1 }
    let total = Double(drawn.count)
    for (count, p) in zip(seen, golden.balanced) {
      #expect(abs(count - total * p) <= 5 * (total * p * (1 - p)).squareRoot())
    }
    // Each label is there in at least its L-th part of the draws, and rare ones far oftener than as they come.
    let present = table.shares(golden.balanced).present
    #expect(present.allSatisfy { $0 >= 0.2 - 1e-12 })
  }

  @Test func repeatedRowsComeAsOftenAsTheirRarestLabelAsks() {
    let drawn = epochs(RepeatFactorSampler(threshold: golden.threshold), 2000)
    var seen = [Double](repeating: 0, count: table.count)
    for row in drawn { seen[row] += 1 }
    for (count, p) in zip(seen, golden.repeated) {
      #expect(abs(count / Double(drawn.count) - p) < 0.002)
    }
    // Below the rarest label's share nothing is repeated.
    let plain = RepeatFactorSampler(threshold: 0.001).probabilities(of: table, progress: 0)
    #expect(difference(plain, [Double](repeating: 1 / 40.0, count: 40), relative: 1e-12) == nil)
  }

  @Test func sameSeedSameRows() {
    #expect(epochs(ClassBalancedSampler(), 2) == epochs(ClassBalancedSampler(), 2))
    #expect(epochs(ClassBalancedSampler(), 2) != epochs(ClassBalancedSampler(), 2, seed: 2))
    #expect(epochs(UniformSampler(), 1).sorted() == Array(0..<40))
  }

  /// With one label an example, all known, it is the sampler of classes: P(i) = 1 / (C n_c).
  @Test func oneLabelIsAClass() throws {
    let classes = [0, 0, 0, 1, 1, 2]
    let one = LabelTable(classes.flatMap { c in (0..<3).map { $0 == c } }, width: 3)
    let found = ClassBalancedSampler().probabilities(of: one, progress: 0)
    let expected = [1.0 / 9, 1.0 / 9, 1.0 / 9, 1.0 / 6, 1.0 / 6, 1.0 / 3]
    #expect(difference(found, expected, relative: 1e-12) == nil)
  }

  @Test func aLabelWithoutExamplesStopsTheProgramme() async {
    await #expect(processExitsWith: .failure) {
      _ = ClassBalancedSampler().probabilities(
        of: LabelTable([true, false, false, nil], width: 2), progress: 0)
    }
  }
}
