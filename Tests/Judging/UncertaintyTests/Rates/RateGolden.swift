import TestSupport

/// `Goldens/Uncertainty/rates.json`: what SciPy says.
struct RateGolden: Decodable {
  /// Rows of probability, a, b, quantile, distribution function at x, x.
  let beta: [[Double]]
  /// Rows of successes, trials, level, low, high.
  let intervals: [[Double]]
  /// Rows of correct, trials, significance, power, drop against a known rate, paired drop.
  let drops: [[Double?]]

  static func load() throws -> RateGolden { try Golden.load("Uncertainty/rates.json") }
}
