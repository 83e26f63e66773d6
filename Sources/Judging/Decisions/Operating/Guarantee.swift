import Evaluation
import Uncertainty

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a threshold chosen on a small validation set can promise for new examples.
///
/// The threshold is the k-th largest of n independent scores. Whatever their distribution, the part
/// of new scores at or above it is at least a Beta(k, n − k + 1) number: its mean k/(n + 1) is what to
/// expect (the conformal bound), its lower quantile what holds with the stated confidence. The
/// fraction k/n seen on validation is the largest of the three. It holds for examples drawn like
/// those of validation.
///
/// Where they come in groups n is smaller in truth: k/n of as many independent scores as the groups are worth (Korn and
/// Graubard, as `Interval.wilson(_:groups:level:)` has it), and never more than as many scores as there are groups, all at
/// or above the threshold, would promise.
///
/// Source: Wilks, "Determination of sample sizes for setting tolerance limits", Annals of
/// Mathematical Statistics 12, 1941; for sets, Vovk, "Conditional validity of inductive conformal
/// predictors", ACML 2012.
public struct Guarantee: Sendable, Equatable, Codable {
  /// Probability that ``level`` holds, over validation sets.
  public let confidence: Double
  /// The rate promised with that confidence: at least, or for a work load at most.
  public let level: Double
  /// The rate to be expected, over validation sets.
  public let expected: Double
  /// n.
  public let examples: Int
  /// Number of groups that these come in; `nil` where each is independent.
  public let groups: Int?

  /// What k of n scores at or above a threshold promise.
  ///
  /// - Parameters:
  ///   - kept: k, `0...n`.
  ///   - examples: n, at least 1.
  ///   - confidence: Between 0 and 1.
  init(kept: Int, of examples: Int, confidence: Double) {
    self.init(
      confidence: confidence, level: Self.level(kept, examples, confidence),
      expected: Double(kept) / Double(examples + 1), examples: examples, groups: nil)
  }

  /// What scores at or above a threshold promise, some of which belong together.
  ///
  /// - Parameters:
  ///   - flags: Whether each score is at or above it, `[n]`, n at least 1.
  ///   - groups: What belongs together, `[n]`; `nil` takes all as independent.
  ///   - confidence: Between 0 and 1.
  init(flags: [Bool], groups: [String]?, confidence: Double) {
    let kept = flags.count { $0 }
    let worth = groups.flatMap {
      Interval.effectiveSize(flags, groups: $0, level: abs(2 * confidence - 1))
    }
    guard let worth else {
      self.init(kept: kept, of: flags.count, confidence: confidence)
      return
    }
    let part = Double(kept) / Double(flags.count)
    let own =
      kept == 0
      ? 0 : betaQuantile(1 - confidence, part * worth.size, (1 - part) * worth.size + 1)
    self.init(
      confidence: confidence, level: min(own, Self.most(of: worth.groups, confidence: confidence)),
      expected: part * Double(worth.groups) / Double(worth.groups + 1), examples: flags.count,
      groups: worth.groups)
  }

  private init(
    confidence: Double, level: Double, expected: Double, examples: Int, groups: Int?
  ) {
    (self.confidence, self.level) = (confidence, level)
    (self.expected, self.examples, self.groups) = (expected, examples, groups)
  }

  /// The same promise of the part below the threshold, for an upper limit.
  var complement: Guarantee {
    Guarantee(
      confidence: confidence, level: 1 - level, expected: 1 - expected, examples: examples,
      groups: groups)
  }

  /// The smallest k of n that promises `level`; `nil` where not even n does.
  ///
  /// - Parameter promised: The level that k scores promise, rising with k, by and large.
  static func kept(
    toPromise level: Double, of examples: Int, _ promised: (Int) -> Double
  ) -> Int? {
    guard promised(examples) >= level else { return nil }
    var (low, high) = (0, examples)
    while high - low > 1 {
      let middle = (low + high) / 2
      if promised(middle) >= level { high = middle } else { low = middle }
    }
    return high
  }

  /// How many examples it takes to promise `level` at all, levelⁿ ≤ 1 − confidence; `nil` where no
  /// number does.
  static func needed(toPromise level: Double, confidence: Double) -> Int? {
    level >= 1 ? nil : Int((log(1 - confidence) / log(level)).rounded(.up))
  }

  /// The most that n examples can promise.
  static func most(of examples: Int, confidence: Double) -> Double {
    level(examples, examples, confidence)
  }

  private static func level(_ kept: Int, _ examples: Int, _ confidence: Double) -> Double {
    kept == 0 ? 0 : betaQuantile(1 - confidence, Double(kept), Double(examples - kept + 1))
  }
}
