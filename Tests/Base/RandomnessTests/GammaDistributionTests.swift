import Foundation
import Randomness
import TestSupport
import Testing

/// E[ln X] = ψ(a) and Var[ln X] = ψ′(a) of a gamma number of shape a; the values of ψ and ψ′ are SciPy's.
@Suite struct GammaDistributionTests {
  @Test(arguments: [
    (0.01, -100.560_885_457_869, 10_001.621_213_528_3),
    (0.5, -1.963_510_026_021_42, 4.934_802_200_544_68),
    (1, -0.577_215_664_901_533, 1.644_934_066_848_23),
    (2, 0.422_784_335_098_467, 0.644_934_066_848_226),
    (1000, 6.907_255_195_648_81, 0.001_000_500_166_666_63),
  ])
  func logarithmsHaveTheirMoments(shape: Double, mean: Double, variance: Double) {
    let gamma = GammaDistribution(shape: shape)
    var source = RandomSource(seed: 25)
    let n = 20_000.0
    let logs = (0..<Int(n)).map { _ in gamma.logSample(using: &source) }
    let found = logs.reduce(0, +) / n
    // Five standard errors; ln X at small shapes is as an exponential number, whose variance has 2 % of error here.
    #expect(abs(found - mean) < 5 * (variance / n).squareRoot())
    let squares = logs.reduce(0) { $0 + ($1 - found) * ($1 - found) } / n
    #expect(close(squares, variance, relative: 0.1))
  }

  /// The mean of what the logarithms are of is the shape, too, and so is its variance.
  @Test(arguments: [0.3, 1.5, 40]) func numbersHaveTheirMoments(shape: Double) {
    let gamma = GammaDistribution(shape: shape)
    var source = RandomSource(seed: 26)
    let n = 20_000.0
    let draws = (0..<Int(n)).map { _ in exp(gamma.logSample(using: &source)) }
    let mean = draws.reduce(0, +) / n
    #expect(abs(mean - shape) < 5 * (shape / n).squareRoot())
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(close(variance, shape, relative: 0.25))
  }

  /// "Finite", to the smallest and the largest shape that there is.
  @Test(
    arguments: [
      5e-324, .leastNormalMagnitude, 1e-300, 1e-10, 1, 1e10, 1e300, .greatestFiniteMagnitude,
    ] as [Double])
  func logarithmsAreFinite(shape: Double) {
    var source = RandomSource(seed: 27)
    let gamma = GammaDistribution(shape: shape)
    for _ in 0..<500 {
      let sample = gamma.logSample(using: &source)
      #expect(sample.isFinite, "\(shape): \(sample)")
    }
  }

  /// Weights of MixUp stay in `0...1` and are no NaN whatever the exponents are.
  @Test func betaOfAnyExponents() {
    let exponents: [Double] = [
      5e-324, .leastNormalMagnitude, 1e-200, 0.5, 1, 1e200, .greatestFiniteMagnitude,
    ]
    var source = RandomSource(seed: 28)
    for alpha in exponents {
      for beta in exponents {
        let distribution = BetaDistribution(alpha, beta)
        for _ in 0..<50 {
          let weight = distribution.sample(using: &source)
          #expect(weight >= 0 && weight <= 1, "Beta(\(alpha), \(beta)): \(weight)")
        }
      }
    }
  }

  /// αβ and (α + β)² are beyond all numbers here, and the variance, 1 / (4 (2α + 1)), is not.
  @Test func varianceOfLargeExponents() {
    #expect(close(BetaDistribution(1e200, 1e200).variance, 1.25e-201, relative: 1e-12))
    #expect(BetaDistribution(1, 1).variance == 1.0 / 12)
    #expect(close(BetaDistribution(2, 5).variance, 10.0 / (49 * 8), relative: 1e-14))
  }
}
