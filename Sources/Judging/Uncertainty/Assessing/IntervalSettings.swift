import Randomness
import Requirements

/// How intervals are made.
public struct IntervalSettings: Sendable, Equatable, Codable {
  /// Number of bootstrap resamples, at least 1.
  public var resamples: Int
  /// What the resamples are drawn from; the same seed gives the same bytes.
  public var seed: UInt64
  /// Coverage, between 0 and 1, both excluded.
  public var level: Double
  /// How an interval is read off the resamples.
  public var method: BootstrapMethod
  /// Which interval rates get.
  public var rates: RateInterval
  /// Whether the number of examples of each class varies between resamples.
  public var counts: ClassCounts
  /// Column whose equal values mark examples that belong together (patient, smear, site); where the
  /// predictions have it, whole groups are resampled.
  public var groupColumn: String
  /// Threads to compute on, at least 1; results do not depend on it.
  public var threads: Int

  enum CodingKeys: String, CodingKey {
    case resamples, seed, level, method, rates, counts
    case groupColumn = "group_column"
    case threads
  }

  /// Settings.
  ///
  /// - Parameters:
  ///   - resamples: Number of bootstrap resamples, at least 1.
  ///   - seed: What the resamples are drawn from.
  ///   - level: Coverage, between 0 and 1, both excluded.
  ///   - method: How an interval is read off the resamples.
  ///   - rates: Which interval rates get.
  ///   - counts: Whether class counts are the sample's or the design's.
  ///   - groupColumn: Column of the groups.
  ///   - threads: Threads to compute on, at least 1.
  /// - Precondition: the numbers lie where they are said to.
  public init(
    resamples: Int = 2000, seed: UInt64 = 0, level: Double = 0.95,
    method: BootstrapMethod = .bca, rates: RateInterval = .wilson, counts: ClassCounts = .sampled,
    groupColumn: String = "group", threads: Int = 2
  ) {
    require(
      resamples >= 1 && threads >= 1 && level > 0 && level < 1,
      "IntervalSettings: expected resamples and threads of at least 1 and a level between 0 and 1,"
        + " got \(resamples), \(threads) and \(level)")
    self.resamples = resamples
    self.seed = seed
    self.level = level
    self.method = method
    self.rates = rates
    self.counts = counts
    self.groupColumn = groupColumn
    self.threads = threads
  }

  /// Settings for one of several intervals that hold together at ``level``: `1 − (1 − level)/K` each (Bonferroni).
  ///
  /// - Parameter count: K, at least 1.
  /// - Precondition: `count` is positive.
  public func shared(by count: Int) -> IntervalSettings {
    require(count >= 1, "IntervalSettings.shared: expected at least 1 interval, got \(count)")
    var settings = self
    settings.level = 1 - (1 - level) / Double(count)
    return settings
  }

  /// Where the draws come from, the same for everything that is resampled.
  var key: RandomKey { RandomKey(seed: seed).folding("intervals") }
}
