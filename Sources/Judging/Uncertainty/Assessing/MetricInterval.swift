public import Evaluation

/// An interval, and how it was made.
public struct MetricInterval: Sendable, Equatable, Codable {
  /// How an interval was made.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// Wilson's score interval of a rate.
    case wilson
    /// Clopper and Pearson's exact interval of a rate.
    case clopperPearson = "clopper-pearson"
    /// Newcombe's score interval of the difference of two rates of the same examples.
    case newcombe
    /// DeLong's interval of an area, on the logit scale.
    case deLong = "delong"
    /// Newcombe's score interval of an area, from the area and the numbers of positives and negatives.
    case areaScore = "area-score"
    /// The logit interval of an average precision, from its value and the number of positives.
    case precisionLogit = "precision-logit"
    /// Of the mean of two rates, their variances recovered from Wilson's intervals.
    case meanRate = "mover-wilson"
    /// Of the mean of many rates, with a success and a failure more of each in the variance; of the difference of mean
    /// rates of the same examples, with a discordance more on either side.
    case adjustedWald = "adjusted-wald"
    /// Student's, with the variance of a jackknife of groups, or of images.
    case jackknife
    /// Of a calibration slope or intercept, where twice the logarithm of the likelihood falls by z² from its maximum.
    case profile = "profile-likelihood"
    /// Of a calibration slope or intercept, by the information at the maximum of the likelihood.
    case wald
    /// Of a calibration error, by the folded normal distributions of its bins.
    case folded = "folded-normal"
    /// Quantiles of the resamples.
    case percentile
    /// Bias-corrected and accelerated quantiles of the resamples.
    case bca
    /// Quantiles of the resamples mirrored at the estimate.
    case basic
  }

  /// Lower end.
  public let low: Double
  /// Upper end.
  public let high: Double
  /// Part of repetitions that should hold the true value.
  public let level: Double
  /// How it was made.
  public let method: Method
  /// Resamples in which the statistic is undefined, which the interval leaves out; `nil` where none,
  /// or where there are no resamples.
  public let undefined: Int?

  /// An interval.
  ///
  /// - Parameters:
  ///   - low: Lower end.
  ///   - high: Upper end.
  ///   - level: Coverage it claims, between 0 and 1.
  ///   - method: How it was made.
  ///   - undefined: Resamples left out.
  public init(low: Double, high: Double, level: Double, method: Method, undefined: Int = 0) {
    self.low = low
    self.high = high
    self.level = level
    self.method = method
    self.undefined = undefined == 0 ? nil : undefined
  }

  /// An interval that did not need resamples.
  ///
  /// - Parameters:
  ///   - interval: The interval.
  ///   - method: How it was made.
  public init(_ interval: Interval, method: Method) {
    self.init(low: interval.low, high: interval.high, level: interval.level, method: method)
  }

  /// Whether a value lies within, ends included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
