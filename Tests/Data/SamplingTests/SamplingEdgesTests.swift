import Files
import Foundation
import Randomness
import Sampling
import TestSupport
import Testing

/// Samplers, ranges and counts at the ends of what they take.
@Suite struct SamplingEdgesTests {
  /// More examples than can be counted are refused, also where a file says so; as many as can be are not.
  @Test func moreExamplesThanCanBeCounted() throws {
    #expect(try ClassCounts([.max - 1, 1]).total == .max)
    #expect(throws: ClassCountsError.tooMany) { try ClassCounts([.max, 1]) }
    #expect(throws: ClassCountsError.tooMany) { try ClassCounts([1 << 62, 1 << 62, 5]) }
    #expect(
      ClassCountsError.tooMany.description
        == "the classes have more examples together than can be counted, expected below 2^63; the file may be damaged"
    )
    let text = Array("[9223372036854775807, 1]".utf8)
    #expect(throws: FileError.self) {
      try JSONFile.decode(ClassCounts.self, from: text, name: "c.json")
    }
  }

  /// Powers beyond every number: all draws on the commonest, or on the rarest class, and on equal ones alike.
  @Test(arguments: [-400, -60, 60, 400, 1e6] as [Double])
  func powersBeyondEveryNumber(q: Double) throws {
    for counts in [[1_000_000, 10, 500], [3, 900, 900], [7], [2, 2]] {
      let p = PowerSampler(q: q).distribution(for: try ClassCounts(counts), progress: 0)
      #expect(p.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect(close(p.reduce(0, +), 1, relative: 1e-12))
      let most = q < 1 ? counts.max() : counts.min()
      let winners = counts.count { $0 == most }
      for (count, share) in zip(counts, p) where abs(q) >= 400 {
        #expect(close(share, count == most ? 1 / Double(winners) : 0, absolute: 1e-12))
      }
    }
  }

  /// In between it is the formula: n^(1 − q) of 1, 8 and 27 at q = ⅔ is 1, 2 and 3, at q = 4⁄3 it is 1, ½ and ⅓.
  @Test func powersByHand() throws {
    let classes = try ClassCounts([1, 8, 27])
    #expect(
      difference(
        PowerSampler(q: 2.0 / 3).distribution(for: classes, progress: 0),
        [1.0 / 6, 2.0 / 6, 3.0 / 6])
        == nil)
    #expect(
      difference(
        PowerSampler(q: 4.0 / 3).distribution(for: classes, progress: 0),
        [6.0 / 11, 3.0 / 11, 2.0 / 11]) == nil)
  }

  /// Progress is kept within 0…1: beyond it there are no negative probabilities.
  @Test func progressBeyondItsRange() throws {
    let classes = try ClassCounts([98, 2])
    let cases: [(Double, [Double])] = [
      (-3, [0.98, 0.02]), (0, [0.98, 0.02]), (0.5, [0.74, 0.26]), (1, [0.5, 0.5]), (9, [0.5, 0.5]),
    ]
    for (progress, expected) in cases {
      let p = ProgressiveSampler().distribution(for: classes, progress: progress)
      #expect(difference(p, expected) == nil, "\(progress)")
    }
  }

  /// The mean of ten times 0.1 is not 0.1 to the last digit; the scale of equal numbers is 1 all the same.
  @Test(arguments: [0.1, -1.1, 3, 1e-300, 1e300, 0, 123_456.789])
  func equalNumbersHaveAScaleOfOne(number: Double) {
    for count in [1, 2, 3, 6, 7, 10, 49, 100, 1000] {
      let table = NumberTable([Double](repeating: number, count: count))
      #expect(table.mean == number && table.scale == 1)
      #expect(table.standardized.allSatisfy { $0 == 0 })
      #expect(table.counts == [count] && table.places.allSatisfy { $0 == 0 })
    }
  }

  /// A range is found by halves as by a look at each of them, and holds the numbers that made it.
  @Test func rangesHoldTheirNumbers() {
    var source = RandomSource(seed: 31)
    for round in 0..<200 {
      let scale = [1.0, 1e-9, 1e12, 0x1p53][round % 4]
      let numbers = (0..<(1 + source.below(30))).map { _ in
        (source.normal() * 8).rounded() / 4 * scale
      }
      let bins = ValueBins(of: numbers, count: 1 + source.below(25))
      let lows = bins.ranges.map(\.low)
      #expect(zip(lows, lows.dropFirst()).allSatisfy { $0 < $1 })
      #expect(Set(numbers.map(bins.place)) == Set(0..<bins.count), "\(numbers)")
      for number in numbers + [-.infinity, .infinity, 0] {
        let place = bins.place(number)
        #expect(place == max(0, lows.count { $0 <= number } - 1))
        guard number.isFinite, numbers.contains(number) else { continue }
        let (low, high) = bins.ranges[place]
        #expect(low <= number && (number < high || place == bins.count - 1 && number <= high))
      }
    }
  }

  /// Four digits, and all of them where these would make two ranges one.
  @Test(
    arguments: [
      ([0.0, 12345.678], 1, ["0 to 12346"]), ([0, 0.00123456], 1, ["0 to 0.001235"]),
      ([-1.5, 1.5], 3, ["-1.5 to -0.5", "0.5 to 1.5"]), ([7, 7], 4, ["7 to 7"]),
      ([100_000.25, 100_000.5], 2, ["100000.25 to 100000.375", "100000.375 to 100000.5"]),
    ] as [([Double], Int, [String])])
  func rangesAreNamed(numbers: [Double], count: Int, names: [String]) {
    #expect(ValueBins(of: numbers, count: count).names == names)
  }

  /// w by its definition, place by place, and that of mirrored numbers mirrored.
  @Test func smoothedWeightsByDefinition() {
    let numbers = [0, 0, 0, 0, 1, 1, 2, 5, 5, 6].map { Double($0) + 0.5 } + [0, 7]
    let settings: [(Double, Double, Int)] = [(0.5, 2, 2), (1, 1, 3), (0.7, 0.5, 0), (1, 0, 2)]
    for (power, width, radius) in settings {
      let density = SmoothedDensity(
        of: numbers, bins: 7, power: power, width: width, radius: radius)
      let counts = [5.0, 2, 1, 0, 0, 2, 2]
      let smoothed = counts.indices.map { b -> Double in
        counts.indices.filter { abs($0 - b) <= radius }.reduce(0.0) { sum, other in
          let d = Double(other - b)
          let kernel = d == 0 ? 1 : width == 0 ? 0 : exp(-d * d / (2 * width * width))
          return sum + kernel * (counts[other] == 0 ? 0 : pow(counts[other], power))
        }
      }
      let known = counts.indices.filter { counts[$0] > 0 }
      let mean = known.reduce(0) { $0 + counts[$1] / smoothed[$1] } / 12
      let most = known.map { 1 / smoothed[$0] }.max() ?? 0
      let expected = smoothed.map { min($0 > 0 ? 1 / $0 : .infinity, most) / mean }
      #expect(difference(density.weights, expected, relative: 1e-12) == nil, "\(power), \(width)")
      #expect(density.edges == [1, 2, 3, 4, 5, 6])
    }
  }

  /// One range alone has the moments of all numbers.
  @Test func oneComponentHasTheMomentsOfAll() {
    let mixture = NumberMixture(of: [1, 2, 3, 10], components: 1)
    #expect(mixture.shares == [1] && mixture.means == [4])
    #expect(difference(mixture.variances, [12.5], relative: 1e-14) == nil)
    let apart = NumberMixture(of: [0, 0, 8], components: 2)
    #expect(difference(apart.shares, [2.0 / 3, 1.0 / 3]) == nil)
    #expect(apart.means == [0, 8] && apart.variances == [0, 0])
  }

  /// Names of distributions come back; what is none is none, a hyphen too many too.
  @Test func namesOfDistributions() {
    let all = TestDistribution.published + [.forward(1), .backward(2.5), .forward(1e6)]
    for distribution in all { #expect(TestDistribution(name: distribution.name) == distribution) }
    #expect(TestDistribution.forward(2.5).name == "forward-2.5")
    for name in [
      "", "-", "uniform-", "-uniform", "-forward-50", "forward", "forward-", "forward--50",
      "forward-0.5",
      "forward-nan", "backward-inf", "sideways-2", "uniform-2", "Forward-2", "forward-50-",
      "forward 50",
    ] { #expect(TestDistribution(name: name) == nil, "\(name)") }
  }

  /// The largest set of the shape: no count above what there is, and one image more of the largest class would ask for more of some.
  @Test func countsAreTheLargestThatThereIsRoomFor() {
    var source = RandomSource(seed: 12)
    for _ in 0..<300 {
      let classes = 2 + source.below(6)
      let available = (0..<classes).map { _ in source.below(60) }
      let trained = (0..<classes).map { _ in 1 + source.below(500) }
      let ratio = [1.0, 2, 10, 50][source.below(4)]
      let order = trained.indices.sorted { (-trained[$0], $0) < (-trained[$1], $1) }
      for isForward in [true, false] {
        let distribution: TestDistribution = isForward ? .forward(ratio) : .backward(ratio)
        let counts = distribution.counts(of: available, trained: trained)
        let share = trained.indices.map { label in
          let rank = order.firstIndex(of: label) ?? 0
          let place = isForward ? rank : classes - 1 - rank
          return pow(ratio, -Double(place) / Double(classes - 1))
        }
        guard available.contains(where: { $0 > 0 }) else {
          #expect(counts == available)
          continue
        }
        // m by halves, between one that there is room for and one that there is not.
        var (most, beyond) = (0.0, 1e6)
        for _ in 0..<80 {
          let m = (most + beyond) / 2
          let fits = trained.indices.allSatisfy {
            available[$0] == 0 || m * share[$0] <= Double(available[$0])
          }
          if fits { most = m } else { beyond = m }
        }
        for label in trained.indices where available[label] > 0 {
          let exact = most * share[label]
          #expect((1...available[label]).contains(counts[label]))
          #expect(
            Double(counts[label]) <= max(1, exact + 1e-6) && Double(counts[label]) > exact - 1,
            "\(counts[label]) of \(exact)")
        }
        // Some class gives all that it has.
        #expect(trained.indices.contains { available[$0] > 0 && counts[$0] == available[$0] })
        #expect(trained.indices.allSatisfy { (counts[$0] == 0) == (available[$0] == 0) })
      }
    }
  }

  /// By hand: of three rows, drawn with ½, ¼ and ¼; the second label is not known of the first row.
  @Test func sharesOfLabels() {
    let table = LabelTable([true, nil, false, true, true, false], width: 2)
    #expect(table.present == [2, 1] && table.absent == [1, 1] && table.members == [[0, 2], [1]])
    let shares = table.shares([0.5, 0.25, 0.25])
    #expect(shares.present == [0.75, 0.25] && shares.known == [1, 0.5])
    let none = LabelTable([], width: 3)
    #expect(none.count == 0 && none.present == [0, 0, 0] && none.members == [[], [], []])
  }

  /// The factor of an example is that of its rarest label: of four rows one has the second, √(t / f) = √(0.5 · 4) = √2.
  @Test func factorsOfLabels() {
    let table = LabelTable([true, false, true, true, nil, nil, true, false], width: 2)
    let sampler = RepeatFactorSampler(threshold: 0.5)
    #expect(difference(sampler.factors(for: table), [1, 2.0.squareRoot()]) == nil)
    let total = 3 + 2.0.squareRoot()
    #expect(
      difference(
        sampler.probabilities(of: table, progress: 0),
        [1 / total, 2.0.squareRoot() / total, 1 / total, 1 / total]) == nil)
  }

  /// Gives one word for ever.
  private struct Constant: RandomNumberGenerator {
    let word: UInt64
    mutating func next() -> UInt64 { word }
  }

  /// A class without probability is never drawn, be it the first or the last, by the least word nor by the greatest.
  @Test func whatHasNoProbabilityIsNeverDrawn() throws {
    let labels = [0, 1, 2, 3]
    let classes = try ClassCounts([1, 1, 1, 1])
    for distribution in [
      [0, 1, 0, 0], [0, 0.3, 0.7, 0], [0, 1e-300, 3e-300, 0], [0, 0, 0, 5.0],
    ] {
      let draw = ClassDraw(labels: labels, classes: classes, distribution: distribution)
      let known = labels.filter { distribution[$0] > 0 }
      var (least, most) = (Constant(word: 1), Constant(word: .max))
      let (first, last) = (draw(&least), draw(&most))
      #expect(first == known.first && last == known.last)
      var source = RandomSource(seed: 3)
      for _ in 0..<500 { #expect(distribution[draw(&source)] > 0) }
    }
  }

  /// Deals without rows, with one part, and with more parts than rows.
  @Test func dealsAtTheirEnds() {
    var source = RandomSource(seed: 2)
    let none = JointCells(ranges: [], clusters: [])
    #expect(none.count == 0 && none.ofRow == [])
    #expect(CellDeal(none, shares: [0.5, 0.5], using: &source).part == [])
    let cells = JointCells(ranges: [0, 5, 5], clusters: [3, 0, 0])
    #expect(cells.count == 2 && cells.range == [0, 5] && cells.cluster == [3, 0])
    #expect(CellDeal(cells, shares: [1], using: &source).part == [0, 0, 0])
    let many = CellDeal(cells, shares: [Double](repeating: 0.1, count: 10), using: &source).part
    #expect(Set(many).count == 3)
  }
}
