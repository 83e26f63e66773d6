import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct BetaDistributionTests {
  @Test func goldenDraws() throws {
    for golden in try GoldenDraws.load().beta {
      let beta = BetaDistribution(golden.a, golden.b)
      var source = RandomSource(seed: 5)
      let draws = golden.values.map { _ in beta.sample(using: &source) }
      #expect(
        difference(draws, golden.values, relative: 1e-10, absolute: 1e-300) == nil,
        "Beta(\(golden.a), \(golden.b))")
    }
  }

  /// Kolmogorov's distance to SciPy's distribution function on a grid; 1.95/√n is exceeded once in
  /// a thousand.
  @Test func followsTheDistribution() throws {
    let golden = try GoldenDraws.load()
    let n = 40_000
    for beta in golden.beta {
      var source = RandomSource(seed: 21)
      let distribution = BetaDistribution(beta.a, beta.b)
      let draws = (0..<n).map { _ in distribution.sample(using: &source) }
      for (x, expected) in zip(golden.grid, beta.cdf) {
        let found = Double(draws.count { $0 <= x }) / Double(n)
        #expect(
          abs(found - expected) < 1.95 / Double(n).squareRoot(),
          "Beta(\(beta.a), \(beta.b)) at \(x): \(found), expected \(expected)")
      }
    }
  }

  @Test(arguments: [(0.1, 1.0), (0.3, 1.0), (0.1, 0.1), (1.0, 0.2), (2.0, 5.0)])
  func hasItsMoments(a: Double, b: Double) {
    let beta = BetaDistribution(a, b)
    var source = RandomSource(seed: 22)
    let n = 100_000.0
    let draws = (0..<Int(n)).map { _ in beta.sample(using: &source) }
    let mean = draws.reduce(0, +) / n
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(abs(mean - beta.mean) < 4 * (beta.variance / n).squareRoot())
    #expect(abs(variance - beta.variance) < 4 * 0.5 / n.squareRoot())
  }

  /// The columns of the reference table: E[λ], the median, P(λ > ½) of Beta(α, 1).
  @Test(arguments: [
    (0.1, 0.0909, 0.00098, 0.0670), (0.2, 0.1667, 0.03125, 0.1294),
    (0.3, 0.2308, 0.0992, 0.1877),
  ])
  func balancedMixupTable(alpha: Double, mean: Double, median: Double, aboveHalf: Double) {
    let beta = BetaDistribution(alpha, 1)
    #expect(close(beta.mean, mean, relative: 0, absolute: 5e-5))
    var source = RandomSource(seed: 23)
    let n = 100_000
    let draws = (0..<n).map { _ in beta.sample(using: &source) }.sorted()
    let share = Double(draws.count { $0 > 0.5 }) / Double(n)
    #expect(close(share, aboveHalf, relative: 0, absolute: 4 * 0.4 / Double(n).squareRoot()))
    let belowMedian = Double(draws.count { $0 < median }) / Double(n)
    #expect(close(belowMedian, 0.5, relative: 0, absolute: 4 * 0.5 / Double(n).squareRoot()))
  }

  @Test(arguments: [1e-3, 1e-2, 1, 1e3])
  func extremesStayNumbers(parameter: Double) {
    var source = RandomSource(seed: 24)
    for other in [1e-3, 1, 1e3] {
      for _ in 0..<1000 {
        let λ = BetaDistribution(parameter, other).sample(using: &source)
        #expect(λ >= 0 && λ <= 1)
      }
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = BetaDistribution(0, 1) }
    await #expect(processExitsWith: .failure) { _ = BetaDistribution(1, .infinity) }
    await #expect(processExitsWith: .failure) { _ = GammaDistribution(shape: -1) }
  }
}
