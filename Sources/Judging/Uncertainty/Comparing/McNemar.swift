import Requirements

/// Whether two models differ in how often they are right, from the examples where just one is.
///
/// Under the null hypothesis each such *discordant* example is equally likely to favour either model,
/// so the smaller count is `Bin(b + c, ½)`. With fewer than 25 of them the p-value is the exact
/// two-sided one, `min(1, 2 P(X ≤ min(b, c)))`, which never exceeds its level; from 25 on it is the
/// mid-p value, `2 P(X ≤ min(b, c)) − P(X = min(b, c))` (and `1 − ½ P(X = b)` where `b = c`), which is
/// less cautious and holds its level in practice.
///
/// Source: McNemar, Psychometrika 12, 1947; Fagerland, Lydersen and Laake, "The McNemar test for binary
/// matched-pairs data: mid-p and asymptotic are better than exact conditional", BMC Medical Research
/// Methodology 13, 2013.
public struct McNemar: Sendable, Equatable, Codable {
  /// How the p-value was computed.
  public enum Method: String, Sendable, Codable {
    /// The exact binomial test.
    case exact
    /// The exact test with half the probability of the observed table.
    case midP = "mid-p"
  }

  /// Examples that only the first model decides rightly.
  public let onlyFirst: Int
  /// Examples that only the second model decides rightly.
  public let onlySecond: Int
  /// Two-sided p-value, 0…1; 1 without discordant examples.
  public let pValue: Double
  /// How it was computed.
  public let method: Method

  enum CodingKeys: String, CodingKey {
    case onlyFirst = "only_a_correct"
    case onlySecond = "only_b_correct"
    case pValue = "p_value"
    case method
  }

  /// From this many discordant examples on the p-value is the mid-p value.
  public static let midPFrom = 25

  /// The test of two counts.
  ///
  /// - Parameters:
  ///   - onlyFirst: `b`, at least 0.
  ///   - onlySecond: `c`, at least 0.
  /// - Precondition: both are at least 0.
  public init(onlyFirst: Int, onlySecond: Int) {
    require(
      onlyFirst >= 0 && onlySecond >= 0,
      "McNemar: expected counts of at least 0, got \(onlyFirst) and \(onlySecond)")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    let (discordant, fewer) = (onlyFirst + onlySecond, min(onlyFirst, onlySecond))
    let null = Binomial(trials: discordant, probability: 0.5)
    method = discordant < Self.midPFrom ? .exact : .midP
    switch method {
    case .exact:
      pValue = min(1, 2 * null.atMost(fewer))
    case .midP:
      let mass = null.mass(at: fewer)
      pValue =
        onlyFirst == onlySecond ? 1 - mass / 2 : max(0, min(1, 2 * null.atMost(fewer) - mass))
    }
  }

  /// The test of two models' rights and wrongs, example by example.
  ///
  /// - Parameters:
  ///   - first: Whether the first model is right, `[N]`.
  ///   - second: Whether the second model is right, `[N]`.
  /// - Precondition: both have the same length.
  public init(first: [Bool], second: [Bool]) {
    require(
      first.count == second.count,
      "McNemar: expected \(first.count) examples, got \(second.count)")
    let pairs = zip(first, second)
    self.init(
      onlyFirst: pairs.count { $0 && !$1 }, onlySecond: pairs.count { !$0 && $1 })
  }
}
