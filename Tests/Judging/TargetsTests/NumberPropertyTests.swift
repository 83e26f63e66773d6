import Evaluation
import Foundation
import Randomness
import Targets
import TestSupport
import Testing

/// What moving, stretching and exchanging numbers does to their metrics, and what degenerate tables have.
@Suite struct NumberPropertyTests {
  private func table(_ seed: UInt64, count: Int = 24) -> (truths: [Double], said: [Double]) {
    var random = RandomKey(seed: seed).folding("numbers").source
    let truths = (0..<count).map { _ in Double(random.below(40)) / 4 }
    return (truths, truths.map { $0 + Double(random.below(17) - 8) / 4 })
  }

  private func assessed(
    _ truths: [Double?], _ said: [Double], intervals: [ClosedRange<Double>]? = nil
  ) -> NumberAssessment {
    NumberAssessment(
      NumberPredictions(
        paths: truths.indices.map { "\(1000 + $0)" }, truths: truths, predicted: said,
        intervals: intervals), settings: nil)
  }

  @Test(arguments: 1...10) func definitionsByCounting(seed: UInt64) throws {
    let (truths, said) = table(seed)
    let (found, n) = (assessed(truths, said), Double(truths.count))
    let errors = zip(said, truths).map { $0 - $1 }
    let bias = errors.reduce(0, +) / n
    let spread = (errors.reduce(0) { $0 + ($1 - bias) * ($1 - bias) } / (n - 1)).squareRoot()
    let mean = truths.reduce(0, +) / n
    let total = truths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    let sizes = errors.map { abs($0) }.sorted()
    let expected: [String: Double] = [
      "mae": sizes.reduce(0, +) / n, "rmse": (squares / n).squareRoot(), "bias": bias,
      "error_sd": spread, "agreement_low": bias - 1.96 * spread,
      "agreement_high": bias + 1.96 * spread, "r2": 1 - squares / total,
      "median_absolute_error": (sizes[11] + sizes[12]) / 2,
    ]
    for (name, value) in expected {
      #expect(close(try #require(found[name]), value, relative: 1e-9, absolute: 1e-12), "\(name)")
    }
  }

  @Test(arguments: 1...10) func movingBothMovesNothing(seed: UInt64) throws {
    let (truths, said) = table(seed)
    let plain = assessed(truths, said)
    let moved = assessed(truths.map { $0 + 64 }, said.map { $0 + 64 })
    for name in NumberAssessment.names {
      guard let value = plain[name] else {
        #expect(moved[name] == nil, "\(name)")
        continue
      }
      #expect(close(try #require(moved[name]), value, relative: 1e-9, absolute: 1e-9), "\(name)")
    }
  }

  @Test(arguments: 1...10) func stretchingStretchesErrorsAndNoShare(seed: UInt64) throws {
    let (truths, said) = table(seed)
    let (plain, large) = (
      assessed(truths, said), assessed(truths.map { 8 * $0 }, said.map { 8 * $0 })
    )
    for name in ["mae", "rmse", "bias", "error_sd", "median_absolute_error"] {
      #expect(close(try #require(large[name]), 8 * (try #require(plain[name])), relative: 1e-9))
    }
    for name in ["r2", "pearson", "spearman"] {
      #expect(close(try #require(large[name]), try #require(plain[name]), relative: 1e-9))
    }
    // Turned round, over- becomes underestimation.
    let turned = assessed(truths.map { -$0 }, said.map { -$0 })
    #expect(close(try #require(turned["bias"]), -(try #require(plain["bias"])), absolute: 1e-12))
    #expect(turned["mae"] == plain["mae"])
    #expect(
      close(try #require(turned["spearman"]), try #require(plain["spearman"]), relative: 1e-9))
  }

  @Test func aConstantHasNoCorrelationAndNoShare() throws {
    let same = assessed([2, 2, 2], [1, 2, 3])
    for name in ["r2", "pearson", "spearman"] { #expect(same[name] == nil, "\(name)") }
    #expect(same["mae"] == 2.0 / 3 && same.bins.count == 1 && same.bins[0].n == 3)
    let flat = assessed([1, 2, 3], [2, 2, 2])
    #expect(flat["pearson"] == nil && flat["spearman"] == nil)
    #expect(abs(try #require(flat["r2"])) < 1e-12)
    let one = assessed([1], [4])
    #expect(one["mae"] == 3 && one["error_sd"] == nil && one["agreement_low"] == nil)
    #expect(one["median_absolute_error"] == 3 && one.n == 1)
    let perfect = assessed([1, 5, nil, 9], [1, 5, 7, 9])
    #expect(perfect.n == 3 && perfect["rmse"] == 0 && perfect["r2"] == 1)
    #expect(close(try #require(perfect["pearson"]), 1))
    #expect(close(try #require(perfect["spearman"]), 1))
  }

  @Test func anIntervalHoldsItsEnds() throws {
    let found = assessed([1, 2, 3, 4], [0, 0, 0, 0], intervals: [1...5, 0...2, 3.5...4, -9...9])
    #expect(found["interval_coverage"] == 0.75)
    #expect(close(try #require(found["interval_width"]), (4 + 2 + 0.5 + 18) / 4))
    #expect(assessed([1], [1])["interval_coverage"] == nil)
  }

  /// Every number is in one bin, whose ends hold it but for what lies beyond all.
  @Test func binsPartTheNumbers() {
    var random = RandomKey(seed: 2).source
    for _ in 0..<50 {
      let numbers = (0..<1 + random.below(20)).map { _ in Double(random.below(9)) - 4 }
      let bins = NumberBins(of: numbers, count: 1 + random.below(6))
      for number in numbers {
        let place = bins.place(number)
        #expect((0..<bins.count).contains(place))
        #expect(number >= bins.edges[place])
        #expect(number < bins.edges[place + 1] || place == bins.count - 1)
        #expect(number <= bins.edges[place + 1])
      }
    }
    #expect(NumberBins(of: [-1e308, 1e308]).edges == [-1e308, 1e308])
    #expect(NumberBins(edges: [0, .infinity]) == nil && NumberBins(edges: [2, 1]) == nil)
    #expect(NumberBins(edges: [0, 1, .nan]) == nil)
  }

  /// Of the weights of least error with a part of the models alone, those without a negative one that err least are the
  /// non-negative ones: every part is tried.
  @Test(arguments: 1...12) func weightsAreThoseOfTheBestPart(seed: UInt64) throws {
    var random = RandomKey(seed: seed).folding("ensemble").source
    let (rows, models) = (9, 3)
    let truths = (0..<rows).map { _ in random.normal() }
    let said = (0..<models).map { _ -> [Double] in
      let sign = random.below(3) == 0 ? -0.4 : 0.4
      return truths.map { sign * $0 + random.normal() }
    }
    let found = NumberEnsemble((0..<models).map { "m\($0)" }, said: said, truths: truths)
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    let (columns, y) = (said.map(centred), centred(truths))
    func error(_ weights: [Double]) -> Double {
      (0..<rows).reduce(0) { sum, row in
        let rest = y[row] - (0..<models).reduce(0) { $0 + weights[$1] * columns[$1][row] }
        return sum + rest * rest
      }
    }
    var least = error([0, 0, 0])
    for part in 1..<8 {
      let inside = (0..<models).filter { part & (1 << $0) != 0 }
      let own = solution(inside.map { columns[$0] }, y)
      guard own.allSatisfy({ $0 >= 0 }) else { continue }
      var weights = [0.0, 0, 0]
      for (place, value) in zip(inside, own) { weights[place] = value }
      least = min(least, error(weights))
    }
    #expect(found.weights.allSatisfy { $0 >= 0 })
    #expect(close(error(found.weights), least, relative: 1e-8, absolute: 1e-10))
  }

  /// Normal equations by Gauss and Jordan.
  private func solution(_ columns: [[Double]], _ y: [Double]) -> [Double] {
    let size = columns.count
    var matrix = columns.map { column in
      (columns + [y]).map { other in zip(column, other).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    for pivot in 0..<size {
      let value = matrix[pivot][pivot]
      for place in 0...size { matrix[pivot][place] /= value }
      for row in 0..<size where row != pivot {
        let factor = matrix[row][pivot]
        for place in 0...size { matrix[row][place] -= factor * matrix[pivot][place] }
      }
    }
    return matrix.map { $0[size] }
  }
}
