import Evaluation
import Randomness
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("What AUROC and average precision say")
struct AtomicMistakesTests {
  private func orders(_ body: (AtomicMistakes, inout RandomSource) -> Void) {
    for number in 1...300 {
      var random = RandomKey(seed: UInt64(number)).folding("orders").source
      let prevalence = random.uniform()
      let order = AtomicMistakes(
        (0..<2 + random.below(60)).map { _ in random.uniform() < prevalence })
      body(order, &random)
    }
  }

  @Test("AUROC = 1 − E[FPR], average precision = 1 − P(y = 0) E[FPR / P(s ≥ ·)]")
  func identities() {
    orders { order, _ in
      guard order.positives > 0, order.negatives > 0 else { return }
      let n = Double(order.isPositive.count)
      var (rates, perFired, alarms) = (0.0, 0.0, 0)
      for (place, isPositive) in order.isPositive.enumerated() {
        if isPositive {
          let rate = Double(alarms) / Double(order.negatives)
          rates += rate / Double(order.positives)
          perFired += rate / (Double(place + 1) / n) / Double(order.positives)
        } else {
          alarms += 1
        }
      }
      let negative = Double(order.negatives) / n
      #expect(close(order.rocAUC ?? .nan, 1 - rates, absolute: 1e-12))
      #expect(close(order.averagePrecision ?? .nan, 1 - negative * perFired, absolute: 1e-12))
    }
  }

  @Test("with ties: AUROC needs half credit, average precision the distinct thresholds")
  func tiedIdentities() throws {
    for number in 1...300 {
      let ranking = try GoldenTable(number).predictions().ranking(of: 0)
      guard let area = ranking.rocAUC, let precision = ranking.averagePrecision else { continue }
      let points = ranking.points
      var (rates, perFired) = (0.0, 0.0)
      for (before, point) in zip(points, points.dropFirst()) {
        let hits = Double(point.truePositives - before.truePositives) / Double(ranking.positives)
        let rate = try #require(point.falsePositiveRate)
        rates += hits * (rate + (before.falsePositiveRate ?? 0)) / 2
        let fired = Double(point.truePositives + point.falsePositives) / Double(ranking.total)
        perFired += hits * rate / fired
      }
      let negative = Double(ranking.negatives) / Double(ranking.total)
      #expect(close(area, 1 - rates, absolute: 1e-12), "table \(number)")
      #expect(close(precision, 1 - negative * perFired, absolute: 1e-12), "table \(number)")
    }
  }

  @Test("the closed forms are what correcting a mistake changes")
  func closedForms() {
    orders { order, _ in
      for (place, gain) in zip(order.places, order.averagePrecisionGains) {
        var corrected = order
        corrected.correct(place)
        let precision = (corrected.averagePrecision ?? .nan) - (order.averagePrecision ?? .nan)
        let area = (corrected.rocAUC ?? .nan) - (order.rocAUC ?? .nan)
        #expect(close(precision, gain, absolute: 1e-12))
        #expect(close(area, order.rocAUCGain ?? .nan, absolute: 1e-12))
      }
      #expect(order.places.count == order.averagePrecisionGains.count)
    }
  }

  @Test("correcting all mistakes ends at 1")
  func correctAll() {
    orders { start, random in
      guard start.positives > 0, start.negatives > 0 else { return }
      var (order, steps) = (start, 0)
      while !order.places.isEmpty {
        order.correct(order.places[random.below(order.places.count)])
        steps += 1
      }
      #expect(order.rocAUC == 1)
      #expect(order.averagePrecision == 1)
      let lost = (1 - (start.rocAUC ?? .nan)) / (start.rocAUCGain ?? .nan)
      #expect(close(lost, Double(steps), absolute: 1e-6))
    }
  }

  @Test("high prevalence: average precision ≈ 1 + n₀/n₁ ∫ log TPR dFPR")
  func highPrevalence() {
    var random = RandomKey(seed: 5).source
    let sample = ScoreSampler(count: 4000, prevalence: 0.95, rocAUC: 0.8).sample(using: &random)
    let ranking = ScoreRanking(positives: sample.positives, negatives: sample.negatives)
    let points = ranking.points.filter { $0.truePositives > 0 }
    var integral = 0.0
    for (before, point) in zip(points, points.dropFirst()) {
      let width = (point.falsePositiveRate ?? 0) - (before.falsePositiveRate ?? 0)
      integral += width * log(point.sensitivity ?? 1)
    }
    let odds = Double(ranking.negatives) / Double(ranking.positives)
    #expect(abs((ranking.averagePrecision ?? 0) - 1 - odds * integral) < 0.01)
  }

  @Test("undefined without both kinds; correcting what is no mistake traps")
  func limits() async {
    #expect(AtomicMistakes([true, true]).rocAUCGain == nil)
    #expect(AtomicMistakes([]).places.isEmpty)
    #expect(AtomicMistakes([false]).averagePrecision == nil)
    await #expect(processExitsWith: .failure) {
      var order = AtomicMistakes([true, false])
      order.correct(0)
    }
    await #expect(processExitsWith: .failure) {
      var order = AtomicMistakes([true, false])
      order.correct(1)
    }
  }
}
