import Foundation
import Randomness
import Sampling
import TestSupport
import Testing

/// Numbers before training: units, ranges, smoothed density, mixture.
@Suite struct NumberTableTests {
  private struct GoldenFile: Decodable {
    struct Weighted: Decodable {
      let bins: Int, power: Double, width: Double, weights: [Double]
    }
    struct Mixture: Decodable {
      let components: Int, shares: [Double], means: [Double], variances: [Double]
    }
    let numbers: [Double], mean: Double, scale: Double, lows: [Double], counts: [Int]
    let weighted: [Weighted], balanced: [Mixture]
  }
  private let golden: GoldenFile

  init() throws { golden = try Golden.load("Losses/skewed.json") }

  @Test func unitsAndRangesAreNumPys() {
    let table = NumberTable(golden.numbers)
    #expect(close(table.mean, golden.mean, relative: 1e-12))
    #expect(close(table.scale, golden.scale, relative: 1e-12))
    #expect(table.counts == golden.counts)
    #expect(
      difference(table.bins.ranges.map(\.low), golden.lows, relative: 1e-12, absolute: 1e-12)
        == nil)
    let z = table.standardized
    #expect(abs(z.reduce(0, +)) < 1e-9)
    #expect(close(z.reduce(0) { $0 + $1 * $1 } / Double(z.count), 1, relative: 1e-12))
  }

  @Test func weightsAreSciPys() {
    for one in golden.weighted {
      let density = SmoothedDensity(
        of: golden.numbers, bins: one.bins, power: one.power, width: one.width)
      let found = golden.numbers.map(density.weight(of:))
      #expect(difference(found, one.weights, relative: 1e-10) == nil, "\(one.bins)")
      // A mean of 1 over the examples.
      #expect(close(found.reduce(0, +) / Double(found.count), 1, relative: 1e-12))
    }
  }

  @Test func mixtureIsNumPys() {
    for one in golden.balanced {
      let found = NumberMixture(of: golden.numbers, components: one.components)
      #expect(difference(found.shares, one.shares, relative: 1e-12) == nil)
      #expect(difference(found.means, one.means, relative: 1e-10, absolute: 1e-12) == nil)
      #expect(difference(found.variances, one.variances, relative: 1e-9, absolute: 1e-12) == nil)
    }
    // All variance is within or between ranges.
    let found = NumberMixture(of: golden.numbers, components: 6)
    let parts = zip(found.shares, zip(found.means, found.variances))
    let mean = parts.reduce(0) { $0 + $1.0 * $1.1.0 }
    let variance = parts.reduce(0) { sum, part in
      sum + part.0 * (part.1.1 + (part.1.0 - mean) * (part.1.0 - mean))
    }
    #expect(close(variance, golden.scale * golden.scale, relative: 1e-10))
  }

  /// By hand: 0, 1, 1, 2 and 9 in nine ranges; three are filled but for the ends.
  @Test func emptyRangesAreLeftOut() {
    let bins = ValueBins(of: [0, 1, 1, 2, 9], count: 9)
    #expect(bins.ranges.map(\.low) == [0, 1, 2, 8])
    #expect(bins.ranges.map(\.high) == [1, 2, 3, 9])
    #expect(bins.names == ["0 to 1", "1 to 2", "2 to 3", "8 to 9"])
    #expect([-3, 0, 0.99, 1, 5, 8.5, 40].map(bins.place) == [0, 0, 0, 1, 2, 3, 3])
    let same = ValueBins(of: [4, 4], count: 10)
    #expect(same.count == 1 && same.place(-1) == 0 && same.place(5) == 0)
    // Every range has an example, whatever the numbers are.
    var source = RandomSource(seed: 3)
    for count in 1...40 {
      let numbers = (0..<60).map { _ in (source.normal() * 10).rounded() / 10 * 0.1 }
      #expect(!NumberTable(numbers, bins: count).counts.contains(0))
    }
  }

  /// Limits of the weights: no power and no smoothing weigh nothing, a wide window weighs nearly nothing, a narrow one by the
  /// range's own count. Rare numbers weigh more.
  @Test func limitsAndDirection() {
    let numbers = golden.numbers
    let flat = SmoothedDensity(of: numbers, bins: 15, power: 0, width: 0)
    #expect(numbers.allSatisfy { close(flat.weight(of: $0), 1, relative: 1e-12) })
    let own = SmoothedDensity(of: numbers, bins: 10, power: 1, width: 0)
    let table = NumberTable(numbers)
    for (number, place) in zip(numbers, table.places) {
      let ratio = own.weight(of: number) * Double(table.counts[place])
      #expect(
        close(ratio, Double(numbers.count) / Double(table.bins.count), relative: 1e-9))
    }
    let usual = SmoothedDensity(of: numbers)
    #expect(usual.weight(of: 5.5) > 2 * usual.weight(of: 0))
    #expect(usual.weight(of: 100) <= (numbers.map(usual.weight(of:)).max() ?? 0) + 1e-12)
    #expect(SmoothedDensity(of: [3, 3, 3]).weight(of: 3) == 1)
  }

  /// Of grades a range each: by hand with counts of 8, 2 and 1 and no smoothing.
  @Test func grades() throws {
    let density = SmoothedDensity(try ClassCounts([8, 2, 1]), power: 1, width: 0)
    #expect(density.edges == [0.5, 1.5])
    let expected = [11.0 / 24, 11.0 / 6, 11.0 / 3]
    #expect(difference(density.weights, expected, relative: 1e-12) == nil)
    let mixture = NumberMixture(try ClassCounts([8, 2, 1]))
    #expect(mixture.means == [0, 1, 2] && mixture.variances == [0, 0, 0])
  }

  /// Drawn range by range: each equally often, within five standard deviations.
  @Test func rangesAreDrawnAsClassesAre() throws {
    let table = NumberTable(golden.numbers)
    let classes = try ClassCounts(table.counts)
    var source = RandomSource(seed: 5)
    var seen = [Double](repeating: 0, count: table.bins.count)
    for _ in 0..<100 {
      let rows = ClassBalancedSampler().indices(
        for: table.places, classes: classes, progress: 0, using: &source)
      for row in rows { seen[table.places[row]] += 1 }
    }
    let (total, p) = (seen.reduce(0, +), 1 / Double(table.bins.count))
    for count in seen {
      #expect(abs(count - total * p) < 5 * (total * p * (1 - p)).squareRoot())
    }
  }
}
