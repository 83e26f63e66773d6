import TestSupport
import Testing
import Uncertainty

@Suite("Binomial distribution")
struct BinomialTests {
  @Test("masses are those of Pascal's triangle and sum to the distribution function")
  func masses() {
    for (n, p) in [(1, 0.5), (7, 0.2), (20, 0.9)] {
      let binomial = Binomial(trials: n, probability: p)
      var (mass, sum) = (1.0, 0.0)
      for _ in 0..<n { mass *= 1 - p }
      for k in 0...n {
        if k > 0 { mass *= Double(n - k + 1) / Double(k) * p / (1 - p) }
        sum += mass
        #expect(close(binomial.mass(at: k), mass, relative: 1e-11), "\(n), \(p), \(k)")
        #expect(close(binomial.atMost(k), sum, relative: 1e-11), "\(n), \(p), \(k)")
      }
    }
  }

  @Test("a million trials lose no digits: the middle of a fair coin by Stirling's series")
  func large() {
    let n = 1_000_000.0
    // C(2m, m) / 4^m = (1 − 1/8m + 1/128m² + …) / √(πm).
    let m = n / 2
    let expected = (1 - 1 / (8 * m) + 1 / (128 * m * m)) / (Double.pi * m).squareRoot()
    let middle = Binomial(trials: Int(n), probability: 0.5).mass(at: Int(m))
    #expect(close(middle, expected, relative: 1e-12))
  }

  @Test("outside, no trials, certain and impossible successes")
  func limits() {
    let coin = Binomial(trials: 4, probability: 0.5)
    #expect(coin.mass(at: -1) == 0 && coin.mass(at: 5) == 0)
    #expect(coin.atMost(-1) == 0 && coin.atMost(4) == 1)
    let none = Binomial(trials: 0, probability: 0.3)
    #expect(none.mass(at: 0) == 1 && none.atMost(0) == 1)
    #expect(Binomial(trials: 3, probability: 1).mass(at: 3) == 1)
    #expect(Binomial(trials: 3, probability: 0).mass(at: 0) == 1)
    #expect(Binomial(trials: 3, probability: 0).mass(at: 1) == 0)
  }
}
