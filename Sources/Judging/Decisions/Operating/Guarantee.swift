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
/// those of validation; where they come in groups, n is in truth smaller.
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

  /// What k of n scores at or above a threshold promise.
  ///
  /// - Parameters:
  ///   - kept: k, `0...n`.
  ///   - examples: n, at least 1.
  ///   - confidence: Between 0 and 1.
  init(kept: Int, of examples: Int, confidence: Double) {
    self.confidence = confidence
    self.examples = examples
    expected = Double(kept) / Double(examples + 1)
    level = Self.level(kept, examples, confidence)
  }

  private init(confidence: Double, level: Double, expected: Double, examples: Int) {
    (self.confidence, self.level) = (confidence, level)
    (self.expected, self.examples) = (expected, examples)
  }

  /// The same promise of the part below the threshold, for an upper limit.
  var complement: Guarantee {
    Guarantee(
      confidence: confidence, level: 1 - level, expected: 1 - expected, examples: examples)
  }

  /// The smallest k of n that promises `level`; `nil` where not even n does.
  static func kept(toPromise level: Double, of examples: Int, confidence: Double) -> Int? {
    guard self.level(examples, examples, confidence) >= level else { return nil }
    var (low, high) = (0, examples)
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.level(middle, examples, confidence) >= level { high = middle } else { low = middle }
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
