public import Evaluation
import Foundation
import Requirements

/// How stated probabilities would have to be turned to be right: the slope and the intercept of a logistic curve
/// of one class against the rest.
///
/// - slope b: `logit P(y) = a + b logit p` fitted by maximum likelihood; 1 is right, below 1 the probabilities are
///   too extreme.
/// - intercept a: `logit P(y) = a + logit p`, calibration in the large; 0 is right, below 0 the class is promised
///   more often than it comes.
///
/// Intervals are of the profile likelihood, Wald's from 100 answers of both kinds on, and where answers come in groups
/// Student's, with the variance of a jackknife of groups. Those of the intercept hold whatever the slope really is.
///
/// Source: Cox 1958; Van Calster et al., "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17,
/// 2019; of the profile Venzon and Moolgavkar, Applied Statistics 37, 1988, of the intercept's Rotnitzky and Jewell,
/// Biometrika 77, 1990; of groups MacKinnon, Nielsen and Webb, "Cluster-robust jackknife and bootstrap inference for
/// logistic regression models", 2023.
public struct CalibrationSlope: Sendable, Equatable, Codable {
  /// b; `nil` with fewer than ``fewest`` answers of either kind, and where no finite slope is best: all
  /// probabilities alike, or answers that the probabilities separate.
  public let slope: Double?
  /// Interval of b; `nil` where b is undefined, none was asked for, or there are fewer than ten groups.
  public let slopeInterval: Interval?
  /// a; `nil` where all answers are alike.
  public let intercept: Double?
  /// Interval of a; `nil` where a is undefined, none was asked for, there are fewer than ten groups, or fewer than
  /// ``fewest`` answers of either kind.
  public let interceptInterval: Interval?
  /// How these intervals were made; `nil` where there are none, and in files from before 0.3.
  public let method: MetricInterval.Method?

  /// Answers of each kind, true and false, that a slope needs: of fewer it is mostly noise, and one of them would
  /// weigh as much as any other in a mean over classes.
  public static let fewest = 10

  enum CodingKeys: String, CodingKey {
    case slope
    case slopeInterval = "slope_interval"
    case intercept
    case interceptInterval = "intercept_interval"
    case method = "interval_method"
  }

  /// The curve of stated probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: p, `[N]`, in 0…1; kept 2⁻²⁴ away from both ends, as far as single precision tells.
  ///   - answers: Whether it came true, `[N]`.
  ///   - groups: What belongs together, `[N]`; an empty one stands for itself. `nil` takes all as independent.
  ///   - level: Coverage of intervals; `nil` makes none.
  /// - Precondition: the lengths agree, and `level` lies strictly between 0 and 1.
  public init(
    _ probabilities: [Double], _ answers: [Bool], groups: [String]? = nil, level: Double? = nil
  ) {
    let units = groups.map { CalibrationUnits($0) }
    self.init(CalibrationFit(probabilities, answers, units), level)
  }

  init(_ fit: CalibrationFit, _ level: Double?) {
    (slope, intercept) = (fit.free?.b, fit.held)
    (slopeInterval, interceptInterval) = (fit.slopeInterval(level), fit.interceptInterval(level))
    method = slopeInterval == nil && interceptInterval == nil ? nil : fit.method
  }
}
