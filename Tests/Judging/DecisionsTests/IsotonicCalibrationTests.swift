import Decisions
import Randomness
import TestSupport
import Testing

@Suite("Isotonic calibration")
struct IsotonicCalibrationTests {
  @Test("pools neighbours in the wrong order into their weighted mean")
  func pools() {
    #expect(poolAdjacentViolators([1, 3, 2, 4], weights: [1, 1, 1, 1]) == [1, 2.5, 2.5, 4])
    #expect(poolAdjacentViolators([4, 3, 2, 1], weights: [1, 1, 1, 1]) == [2.5, 2.5, 2.5, 2.5])
    #expect(poolAdjacentViolators([2, 0], weights: [3, 1]) == [1.5, 1.5])
    #expect(poolAdjacentViolators([0, 1, 2], weights: [1, 1, 1]) == [0, 1, 2])
    #expect(poolAdjacentViolators([], weights: []) == [])
  }

  @Test("is the best monotone sequence: no monotone change of it comes nearer")
  func optimal() {
    var random = RandomKey(seed: 21).source
    let values = (0..<30).map { Double($0) / 30 + random.normal() }
    let weights = (0..<30).map { _ in 0.5 + random.uniform() }
    func error(_ fit: [Double]) -> Double {
      var sum = 0.0
      for i in values.indices { sum += weights[i] * (fit[i] - values[i]) * (fit[i] - values[i]) }
      return sum
    }
    let fit = poolAdjacentViolators(values, weights: weights)
    #expect(zip(fit, fit.dropFirst()).allSatisfy { $0 <= $1 })
    for _ in 0..<500 {
      let other = zip(fit, (0..<30).map { _ in 0.05 * random.normal() }).map { $0 + $1 }.sorted()
      #expect(error(other) >= error(fit) - 1e-12)
    }
  }

  @Test("keeps only points where the curve bends")
  func trims() {
    let scores = (0..<100).map { Double($0) / 100 }
    let curve = MonotoneCurve(fitting: scores, scores.map { $0 >= 0.5 })
    #expect(curve.scores == [0, 0.49, 0.5, 0.99])
    #expect(curve.values == [0, 0, 1, 1])
    #expect(abs(curve(0.495) - 0.5) < 1e-12)
  }

  @Test("a row that no curve knows is uniform over the occurring classes")
  func uniform() throws {
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 1, 2],
      probabilities: [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8])
    let fitted = try IsotonicCalibration(fitting: sample)
    let row = [0.1, 0.1, 0.1]
    #expect(fitted(row[...]) == [Double](repeating: 1.0 / 3, count: 3))
  }
}
