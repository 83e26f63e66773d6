import Evaluation
import Foundation
import Parallel
import Randomness
import Uncertainty

/// Repetitions of an experiment whose truth is known.
struct CoverageStudy {
  let key: RandomKey
  let repetitions: Int
  let resamples: Int
  /// Number of the first repetition.
  var first = 0
  var threads = 2

  /// `repetitions` results in order.
  func repeated<R: Sendable>(_ body: @Sendable (inout RandomSource) -> R) -> [R] {
    let (key, first) = (key, first)
    return inParallel(repetitions, threads: threads) { index in
      var random = key.folding(first + index).source
      return body(&random)
    }
  }

  func filled(
    _ rows: [CoverageRow], _ results: [[(low: Double, high: Double)?]]
  ) -> [CoverageRow] {
    var rows = rows
    for result in results { for index in rows.indices { rows[index].add(result[index]) } }
    return rows
  }

  /// A rate of `n` independent examples.
  func rates(_ n: Int, rate: Double) -> [CoverageRow] {
    let kinds = RateInterval.allCases
    let results = repeated { random in
      let successes = (0..<n).count { _ in random.uniform() < rate }
      return kinds.map { ends($0(successes, of: n)) }
    }
    return filled(
      kinds.map { CoverageRow("rate", $0.rawValue, n: n, truth: rate) }, results)
  }

  /// The difference of two models' rates on the same `n` examples, the second right more often.
  func pairedRates(_ n: Int) -> [CoverageRow] {
    let results = repeated { random in
      var counts = [0.0, 0.0, 0.0, 0.0]
      for _ in 0..<n {
        // Half of the examples are easy or hard for both.
        let common = random.uniform()
        let rights = [0.75, 0.85].map { rate in
          (random.uniform() < 0.5 ? common : random.uniform()) < rate
        }
        counts[(rights[0] ? 0 : 2) + (rights[1] ? 0 : 1)] += 1
      }
      let interval = Interval.newcombe(
        both: counts[0], onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3])
      return [ends(interval)]
    }
    return filled([CoverageRow("rate, difference", "newcombe", n: n, truth: 0.1)], results)
  }

  /// A rate of the images of `n` patients, six each, half of which share one fate.
  func groupedRate(_ n: Int, rate: Double) -> [CoverageRow] {
    let groups = (0..<6 * n).map { "\($0 / 6)" }
    let results = repeated { random in
      var flags: [Bool] = []
      for _ in 0..<n {
        let fate = random.uniform() < rate
        for _ in 0..<6 { flags.append(random.uniform() < 0.5 ? fate : random.uniform() < rate) }
      }
      return [
        ends(Interval.wilson(flags, groups: groups)), ends(Interval.wilson(flags, groups: nil)),
      ]
    }
    return filled(
      [
        CoverageRow("rate, 6 of each patient", "wilson, groups", n: n, truth: rate),
        CoverageRow("rate, 6 of each patient", "wilson, as if independent", n: n, truth: rate),
      ], results)
  }

  /// The AUROC of `n` positives and so many times as many negatives, normal scores a shift apart, those of
  /// the positives `spread` times as wide: what a report offers.
  func areas(_ n: Int, ratio: Int, spread: Double, truth: Double) -> [CoverageRow] {
    let shift = normalQuantile(truth) * (1 + spread * spread).squareRoot()
    let results = repeated { random -> MetricInterval? in
      let positives = (0..<n).map { _ in spread * random.normal() + shift }
      let negatives = (0..<ratio * n).map { _ in random.normal() }
      return DeLong(positives: positives, negatives: negatives)
        .flatMap { RareClassRule.area($0, level: 0.95) }
    }
    var row = CoverageRow(
      "roc_auc, 1 : \(ratio), positives' spread \(spread)", "", n: n, truth: truth)
    for interval in results {
      row.add(interval.map { ($0.low, $0.high) }, interval?.method.rawValue)
    }
    return [row]
  }

  /// The difference of two models' AUROC, their scores correlated.
  func areaDifference(_ n: Int) -> [CoverageRow] {
    let (first, second) = (0.75, 0.85)
    let shifts = [first, second].map { normalQuantile($0) * 2.0.squareRoot() }
    let results = repeated { random -> [(low: Double, high: Double)?] in
      var scores = [[Double]](repeating: [], count: 4)
      for row in 0..<4 * n {
        let common = random.normal()
        for model in 0..<2 {
          let score = (common + random.normal()) / 2.0.squareRoot()
          if row < n {
            scores[model].append(score + shifts[model])
          } else {
            scores[2 + model].append(score)
          }
        }
      }
      guard let a = DeLong(positives: scores[0], negatives: scores[2]),
        let b = DeLong(positives: scores[1], negatives: scores[3])
      else { return [nil] }
      return [ends(AreaDifference(a, b).interval)]
    }
    return filled(
      [CoverageRow("roc_auc, difference", "delong, paired", n: n, truth: second - first)], results)
  }
}

private func ends(_ interval: Interval?) -> (low: Double, high: Double)? {
  interval.map { ($0.low, $0.high) }
}
