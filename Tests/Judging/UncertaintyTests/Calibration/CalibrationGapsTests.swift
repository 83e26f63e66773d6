import Evaluation
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Intervals of calibration errors")
struct CalibrationGapsTests {
  @Test("moments of a folded normal variable equal scipy's")
  func folded() throws {
    for row in try IntervalsGolden.load().folded {
      let found = FoldedNormal(mean: row[0], deviation: row[1])
      #expect(close(found.mean, row[2], relative: 1e-12), "\(row)")
      #expect(close(found.variance, row[3], relative: 1e-9), "\(row)")
    }
    #expect(FoldedNormal(mean: -3, deviation: 0) == FoldedNormal(mean: 3, deviation: 0))
    #expect(FoldedNormal(mean: -3, deviation: 0).mean == 3)
  }

  @Test("the interval solves its equations, as a root finder does in Python")
  func golden() throws {
    for row in try IntervalsGolden.load().calibration {
      let found = CalibrationGaps(gaps: row.gaps, errors: row.errors, expected: row.expected)
        .interval(
          deviation: row.deviation, tail: row.tail, level: 0.95)
      #expect(close(found.low, row.ends[0], relative: 1e-8, absolute: 1e-10), "\(row)")
      #expect(close(found.high, row.ends[1], relative: 1e-8, absolute: 1e-10), "\(row)")
    }
  }

  @Test("noise alone is no error: the interval begins at 0; a large error leaves 0 out")
  func direction() {
    let noise = CalibrationGaps(
      gaps: (0..<15).map { $0 % 2 == 0 ? 0.01 : -0.01 }, errors: .init(repeating: 0.012, count: 15),
      expected: .init(repeating: 0.012, count: 15))
    let interval = noise.interval(deviation: 0.02, tail: 0.025, level: 0.95)
    #expect(interval.low == 0 && interval.high >= noise.error)
    let real = CalibrationGaps(
      gaps: (0..<15).map { $0 % 2 == 0 ? 0.05 : -0.05 }, errors: .init(repeating: 0.005, count: 15),
      expected: .init(repeating: 0.005, count: 15))
    let certain = real.interval(deviation: 0.02, tail: 0.025, level: 0.95)
    #expect(certain.low > 0.6 && certain.high < 0.85)
    let none = CalibrationGaps(gaps: [0, 0], errors: [0, 0], expected: [0, 0])
    #expect(none.interval(deviation: 0.01, tail: 0.025, level: 0.95).low == 0)
  }

  @Test("fifty classes of right probabilities: 0 is in the interval of the class-wise error")
  func manyClasses() throws {
    var random = RandomKey(seed: 6).source
    var (truths, probabilities): ([Int], [Double]) = ([], [])
    for _ in 0..<300 {
      let weights = (0..<50).map { _ in exp(2 * random.normal()) }
      let sum = weights.reduce(0, +)
      var (rest, truth) = (random.uniform() * sum, 0)
      while truth < 49, rest >= weights[truth] {
        rest -= weights[truth]
        truth += 1
      }
      truths.append(truth)
      probabilities += weights.map { $0 / sum }
    }
    let predictions = try Predictions(
      classes: (0..<50).map { "\(100 + $0)" }, paths: truths.indices.map { "\(1000 + $0)" },
      truths: truths, probabilities: probabilities)
    let found = Assessment(predictions, settings: IntervalSettings(resamples: 100))
    let interval = try #require(found.intervals["ece_classwise"])
    #expect(interval.low == 0 && interval.high >= found.report["ece_classwise"] ?? 1)
  }

  @Test("gaps sum up to the report's errors, and their standard errors are the resamples'")
  func resampled() throws {
    for groups in [nil, 40] {
      let predictions = try drawnPredictions(
        count: 200, classes: 3, key: RandomKey(seed: 3), groups: groups)
      let table = ExampleTable(predictions, rows: Array(0..<200), threads: 1)
      let report = MetricsReport(predictions)
      for counts in ClassCounts.allCases {
        let plan = ResamplingPlan(truths: table.truths, groups: predictions.groups, counts: counts)
        for (name, isTop) in [("ece", true), ("ece_classwise", false)] {
          let found = CalibrationGaps(table, plan, isTop: isTop)
          #expect(close(found.error, report[name] ?? .nan, relative: 1e-9), "\(name)")
          let slow = spread(predictions, plan, isTop: isTop)
          let (sum, expected) = (
            found.errors.reduce(0) { $0 + $1 * $1 }, slow.reduce(0) { $0 + $1 * $1 }
          )
          #expect(close(sum, expected, relative: 0.15), "\(name), \(groups ?? 0) groups, \(counts)")
        }
      }
    }
  }

  /// Standard deviations over 1,000 resamples of the signed gap in each bin over all examples.
  private func spread(_ predictions: Predictions, _ plan: ResamplingPlan, isTop: Bool) -> [Double] {
    let width = isTop ? 1 : predictions.classes.count
    let draws = (0..<1000).map { index -> [Double] in
      var random = RandomKey(seed: 9).folding(index).source
      let weights = plan.weights(using: &random)
      let total = weights.reduce(0, +)
      var gaps = [Double](repeating: 0, count: width * CalibrationAccumulator.bins)
      for (row, weight) in weights.enumerated() where weight > 0 {
        let probabilities = Array(predictions[row])
        let top = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        for place in 0..<width {
          let index = isTop ? top : place
          let p = probabilities[index]
          let bin = place * CalibrationAccumulator.bins + CalibrationAccumulator.bin(of: p)
          gaps[bin] += weight * (p - (predictions.truths[row] == index ? 1 : 0)) / total
        }
      }
      return gaps
    }
    return draws[0].indices.map { bin in
      let mean = draws.reduce(0) { $0 + $1[bin] } / 1000
      return (draws.reduce(0) { $0 + ($1[bin] - mean) * ($1[bin] - mean) } / 999).squareRoot()
    }
  }
}
