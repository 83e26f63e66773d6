import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Jackknife")
struct JackknifeTests {
  private let key = RandomKey(seed: 2)

  @Test("every unit is left out exactly once, with units of its own stratum")
  func partition() {
    let truths = (0..<900).map { $0 % 10 == 0 ? 1 : 0 } + [2]
    let plan = ResamplingPlan(truths: truths, groups: nil, counts: .fixed)
    let jackknife = Jackknife(plan, key: key)
    #expect(jackknife.count <= Jackknife.parts)
    #expect(jackknife.omitted[2].isEmpty)
    for (index, parts) in jackknife.omitted.enumerated() where index < 2 {
      #expect(parts.flatMap { $0 }.sorted() == plan.strata[index])
      let sizes = parts.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test("up to 400 units are left out one by one")
  func deleteOne() {
    let plan = ResamplingPlan(truths: [Int](repeating: 0, count: 400), groups: nil)
    #expect(Jackknife(plan, key: key).omitted[0].allSatisfy { $0.count == 1 })
  }

  @Test(
    "the acceleration of a mean is a sixth of its skewness over √n, from parts as from examples")
  func mean() {
    // Exponential numbers: skewness 2.
    var random = key.source
    let values = (0..<20_000).map { _ -> Double in
      var sum = 0.0
      for _ in 0..<2 {
        let z = random.normal()
        sum += z * z / 2
      }
      return sum
    }
    let jackknife = Jackknife(
      ResamplingPlan(truths: values.map { _ in 0 }, groups: nil), key: key)
    let total = values.reduce(0, +)
    let without = jackknife.omitted[0].map { part in
      (total - part.reduce(0) { $0 + values[$1] }) / Double(values.count - part.count)
    }
    let expected = 2 / (6 * 20_000.0.squareRoot())
    #expect(close(jackknife.acceleration(without), expected, relative: 0, absolute: 0.003))
  }

  /// The jackknife's values of a mean.
  private func without(_ values: [Double], _ jackknife: Jackknife) -> [Double] {
    let total = values.reduce(0, +)
    return jackknife.omitted.flatMap { $0 }.map { part in
      (total - part.reduce(0) { $0 + values[$1] }) / Double(values.count - part.count)
    }
  }

  @Test(
    "degrees of freedom of a mean: 2 V²/var V with the fourth moment, from parts as from examples")
  func freedom() {
    var random = key.source
    // Normal: as many as units. Of a rare kind: 2 n / (kurtosis − 1).
    let normal = (0..<20_000).map { _ in random.normal() }
    let rare = (0..<20_000).map { $0 % 500 == 0 ? random.normal() : 0 }
    for (values, kurtosis) in [(normal, 3.0), (rare, 3 * 500)] {
      let jackknife = Jackknife(
        ResamplingPlan(truths: values.map { _ in 0 }, groups: nil), key: key)
      let found = jackknife.freedom(without(values, jackknife))
      let expected = min(19_999, 2 * 20_000 / (kurtosis - 1))
      #expect(found > 0.5 * expected && found < 2 * expected, "\(found), expected \(expected)")
    }
    // Kurtosis by hand: of −1, 0, 0, 0, 0, 1 the squares are 1 twice, their variance 2 − 4/6.
    let six = Jackknife(ResamplingPlan(truths: [0, 0, 0, 0, 0, 0], groups: nil), key: key)
    let values = [-1.0, 0, 0, 0, 0, 1]
    // V = 5/6 · 2, var V = 5/6 · (2 − 4/6): ν = 2 · (25/9) / (10/9) = 5, and at most n − 1 = 5.
    #expect(close(six.freedom(without(values, six)), 5))
    // One of six alone: squares 25/36 and five of 1/36; Σ u² = 5/6, Σ u⁴ = 21·30/36².
    let lone = [1.0, 0, 0, 0, 0, 0]
    let (sum, fourth) = (5.0 / 6, (625.0 + 5) / 1296)
    let variance = 5 / 6.0 * (fourth - sum * sum / 6)
    let expected = 2 * (25 / 36.0 * sum * sum) / variance
    #expect(close(six.freedom(without(lone, six)), min(5, expected), relative: 1e-9))
    #expect(six.freedom([1, 1, 1, 1, 1, 1]) == 5)
  }

  @Test("a statistic that never changes, or is undefined without a part, has none")
  func limits() {
    let jackknife = Jackknife(ResamplingPlan(truths: [0, 0, 0], groups: nil), key: key)
    #expect(jackknife.acceleration([1, 1, 1]) == 0)
    #expect(jackknife.acceleration([1, .nan, 3]) == 0)
    #expect(jackknife.acceleration([1, 2, 3]) == 0)
    // Leaving out one part raises it much: that part pulls it down, the tail is on the left.
    #expect(jackknife.acceleration([1, 1, 5]) < 0)
  }

  @Test("a wrong number of values traps")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      let plan = ResamplingPlan(truths: [0, 0], groups: nil)
      _ = Jackknife(plan, key: RandomKey(seed: 1)).acceleration([1])
    }
  }

  @Test("the variance of a mean is s²/n, and undefined where a part has no value")
  func variance() throws {
    let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
    let jackknife = Jackknife(
      ResamplingPlan(truths: values.map { _ in 0 }, groups: nil), key: key)
    let mean = values.reduce(0, +) / 8
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7
    var parts = without(values, jackknife)
    #expect(close(try #require(jackknife.variance(parts)), spread / 8, relative: 1e-12))
    parts[3] = .nan
    #expect(jackknife.variance(parts) == nil)
  }
}
