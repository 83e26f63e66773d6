import Batches
import Losses
import Methods
import Mixing
import Plans
import Sampling
import TestSupport
import Testing

extension SettingRange {
  /// Values that are allowed and far from the default, but such that a run could have them.
  var far: [String] {
    switch self {
    case .positive: ["1e-6", "50"]
    case .nonNegative: ["0", "1e-6", "50"]
    case .atLeastOne, .aboveOne: ["1.001", "50"]
    case .nonPositive: ["0", "-8", "-50", "-1000"]
    case .any, .unit, .unitBelow, .proper, .share, .belowHalf, .count, .countAtLeastOne,
      .countOrNone, .within, .whole, .folds, .special:
      taken
    }
  }
}

/// Whatever is in range makes a plan: numbers that are numbers, shares that sum to 1, on data of any shape.
@Suite("Settings far out")
struct ExtremeSettingTests {
  static let countings = [[900, 90, 10], [1, 1], [5, 5, 5], [3, 1, 1_000_000]]
  static let names = catalogue.map { $0.name }

  private func check(_ method: any Method, _ words: String) throws {
    for counts in Self.countings {
      let classes = try ClassCounts(counts)
      let mass = method.expectedLabelMass(for: classes)
      #expect(mass.allSatisfy { $0 >= 0 && $0.isFinite }, "\(words) on \(counts): \(mass)")
      #expect(close(mass.reduce(0, +), 1, relative: 1e-6), "\(words) on \(counts): \(mass)")
      let stages = method.stages(for: classes)
      #expect(close(stages.map(\.fraction).reduce(0, +), 1, relative: 1e-9), "\(words)")
      for stage in stages {
        for progress in [0, 0.5, 1] {
          let part = stage.expectedLabelMass(for: classes, progress: progress)
          #expect(part.allSatisfy { $0 >= 0 && $0.isFinite }, "\(words) on \(counts): \(part)")
          #expect(close(part.reduce(0, +), 1, relative: 1e-6), "\(words) on \(counts): \(part)")
        }
        guard let found = stage.correction(for: classes) else { continue }
        #expect(
          found.weights.allSatisfy { $0 > 0 && $0.isFinite }, "\(words) on \(counts): \(found)")
        #expect(
          found.drawn.allSatisfy { $0 >= 0 && $0.isFinite }, "\(words) on \(counts): \(found)")
      }
    }
  }

  @Test(arguments: names)
  func everyEndMakesAPlan(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for value in range.far {
        try check(try method(named: name).with([setting: value]), "\(setting)=\(value)")
      }
    }
  }

  /// Powers that no number can hold leave all weight on the rarest class; the others keep a little.
  @Test(arguments: [
    ("weighted-ce", "power", 0), ("disalign", "rho", 1), ("glmc", "power", 0),
  ])
  func powersWithoutEnd(name: String, setting: String, stage number: Int) throws {
    for power in ["150", "400", "1e6", "1e300"] {
      let method = try method(named: name).with([setting: power])
      try check(method, "\(setting)=\(power)")
      let classes = try ClassCounts([900, 90, 10])
      guard
        let weights = method.stages(for: classes)[number].objective.emphasis(at: Moment())?.weights
      else { continue }
      #expect(close(weights[2], 3, relative: 1e-9) && weights[0] < 1e-9 && weights[0] > 0)
    }
  }

  /// Where all powers are numbers, weights are those of the formula, up to the border and beyond it without a jump.
  @Test func theBorderOfPowers() throws {
    let classes = try ClassCounts([1000, 10, 1])
    var before: [Double]?
    for power in stride(from: 90.0, through: 115, by: 0.5) {
      // 1000^−102.5 is the last that is a normal number.
      let weights = ClassWeights.inverse(classes, power: power).values
      #expect(weights.allSatisfy { $0 > 0 } && close(weights.reduce(0, +), 3))
      #expect(close(weights[1] / weights[2], pow10(-power), relative: 1e-9))
      if let before {
        #expect(weights[1] < before[1] && weights[0] <= before[0])
      }
      before = weights
    }
  }

  /// 10^x by factors, for the size of such numbers alone.
  private func pow10(_ x: Double) -> Double {
    let whole = Int(x.rounded(.down))
    let half = x - Double(whole) > 0.25 ? 10.0.squareRoot() : 1
    var result = half
    for _ in 0..<abs(whole) { result = whole < 0 ? result / 10 : result * 10 }
    return result
  }

  /// Labels likewise: the weight of all that is there and is not stays n + m.
  @Test(arguments: [0.5, 40, 300, 320, 400, 1e6])
  func powersOfLabels(power: Double) {
    let rows = 1200
    let entries = (0..<rows).flatMap { row in [row < 2, row % 2 == 0, row != 0] as [Bool?] }
    let weights = LabelWeights.inverse(LabelTable(entries, width: 3), power: power)
    let counts: [(there: Double, not: Double)] = [(2, 1198), (600, 600), (1199, 1)]
    for (label, count) in counts.enumerated() {
      let (there, not) = (weights.present[label], weights.absent[label])
      #expect(there > 0 && not > 0 && there.isFinite && not.isFinite)
      #expect(close(count.there * there + count.not * not, 1200, relative: 1e-9))
    }
    #expect(close(weights.present[1], 1) && close(weights.absent[1], 1))
    #expect(weights.present[0] >= weights.absent[0] && weights.present[2] <= weights.absent[2])
  }

  /// Weights of the density keep a mean of 1 over the rows at every power; in the end the rarest grade has them all.
  @Test(arguments: [0, 0.5, 50, 90, 98, 99, 150, 400, 1e6, 1e300] as [Double])
  func powersOfDensity(power: Double) throws {
    let classes = try ClassCounts([900, 90, 10])
    let weights = SmoothedDensity(classes, power: power, width: 0).weights
    #expect(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "\(weights)")
    let mean = zip(weights, classes.counts).reduce(0.0) { $0 + $1.0 * Double($1.1) } / 1000
    #expect(close(mean, 1, relative: 1e-9), "\(weights)")
    #expect(weights[0] <= weights[1] && weights[1] <= weights[2], "\(weights)")
    if power >= 50 { #expect(close(weights[2], 100, relative: 1e-9), "\(weights)") }
    let smoothed = SmoothedDensity(classes, power: power).weights
    #expect(smoothed.allSatisfy { $0 >= 0 && $0.isFinite }, "\(smoothed)")
  }

  /// MAMix's knee at the border of what a number can say: the ends of the way stay, the mean is a number, both orders of a
  /// pair share a row, and a steeper exponent leans further.
  @Test func kneesAtTheBorder() throws {
    let classes = try ClassCounts([90, 1])
    var least = 1.0
    for exponent in [0.0, -0.25, -1, -4, -8, -9, -50, -400, -1e300] {
      let mixing = MAMix(classes, alpha: 1, exponent: exponent)
      for (own, other) in [(90, 1), (1, 90)] {
        #expect(mixing.labelWeight(own, other, 0) == 0 && mixing.labelWeight(own, other, 1) == 1)
        var before = 0.0
        for step in 1..<100 {
          let weight = mixing.labelWeight(own, other, Double(step) / 100)
          #expect((0...1).contains(weight) && weight >= before, "\(exponent) at \(step)")
          before = weight
        }
      }
      for step in 1..<100 {
        let λ = Double(step) / 100
        let both = mixing.labelWeight(90, 1, λ) + mixing.labelWeight(1, 90, 1 - λ)
        #expect(close(both, 1, relative: 1e-9), "\(exponent) at \(step)")
      }
      let mass = mixing.expectedLabelMass(of: [classes.priors])
      #expect(close(mass.reduce(0, +), 1, relative: 1e-9), "\(exponent): \(mass)")
      // The common class keeps less and less of the rows where it meets the rare one.
      #expect(mass[0] <= least + 1e-12, "\(exponent): \(mass)")
      least = mass[0]
    }
    // In the end ¼ and ¾ of a pair of λ even, where the common class meets the rare one.
    let end = MAMix(classes, alpha: 1, exponent: -1e300).expectedLabelMass(of: [classes.priors])
    let (common, rare) = (90.0 / 91, 1.0 / 91)
    let expected = common * common + 2 * common * rare * 0.25
    #expect(close(end[0], expected, relative: 1e-9), "\(end)")
  }

  /// Expected masses of leaning MixUps by adding up λ on a fine grid, all pairs of classes.
  @Test(arguments: [-0.1, -0.25, -1, -3])
  func leaningMassByAGrid(exponent: Double) throws {
    let classes = try ClassCounts([60, 30, 10])
    let mixing = MAMix(classes, alpha: 1, exponent: exponent)
    #expect(
      difference(
        mixing.expectedLabelMass(of: [classes.priors]),
        byGrid(classes) { mixing.labelWeight($0, $1, $2) }, absolute: 1e-4) == nil)
    let remix = Remix(classes, alpha: 1, kappa: 1.5 - exponent, tau: 0.5 - 0.1 * exponent)
    #expect(
      difference(
        remix.expectedLabelMass(of: [classes.priors]),
        byGrid(classes) { remix.labelWeight($0, $1, $2) }, absolute: 1e-4) == nil)
  }

  private func byGrid(
    _ classes: ClassCounts, _ weight: (Int, Int, Double) -> Double
  ) -> [Double] {
    let (steps, shares) = (20_000, classes.priors)
    var mass = shares.map { _ in 0.0 }
    for (i, own) in classes.counts.enumerated() {
      for (j, other) in classes.counts.enumerated() {
        var sum = 0.0
        for step in 0..<steps { sum += weight(own, other, (Double(step) + 0.5) / Double(steps)) }
        let mean = sum / Double(steps)
        mass[i] += shares[i] * shares[j] * mean
        mass[j] += shares[i] * shares[j] * (1 - mean)
      }
    }
    return mass
  }
}
