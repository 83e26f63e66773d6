public import Evaluation
import Requirements

/// The mean difference of a metric between two methods that were trained several times in pairs, one with the seed,
/// split and thinning of the other, with its interval and p-value.
///
/// With differences `d_1 … d_S`, their mean `d̄` and variance `s²` (S − 1), the variance of `d̄` is estimated as
///
/// - `V = max(s², v − c)/S + c` where all are judged on the same test rows: `s²` sees what differs between trainings,
///   and `c`, the mean covariance of `d_i` and `d_j` over resampled test rows (the same resample for both methods and
///   all trainings), is the part of a test set's luck that all trainings have in common and `s²` cannot see. `v − c`,
///   with `v` the mean variance of a `d_s` over resamples, is what `s²` would be if trainings differed only in which
///   rows they get right: where two or three values agree more than that, it is their luck;
/// - `V = s² (1/S + q)` where each has test rows of its own, `q` the size of a test part beside that of what was
///   trained on (Nadeau and Bengio): the trainings share data, and `s²` holds the luck of test rows already;
/// - `V = v`, the variance over resampled test rows, where each method has one training. Where there are several, and
///   one difference alone is known, V cannot be estimated.
///
/// `d̄ / √V` is taken as Student's t with `ν = V² / Σ (V_k² / ν_k)` degrees of freedom over the parts of V
/// (Satterthwaite), S − 1 for the part of `s²` and one less than there are independent test rows or groups for that
/// of the rows. A percentile interval over three resampled seeds could never reach beyond the three values, and
/// would hold the truth in three of four cases at best.
///
/// Source: Nadeau and Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003; Satterthwaite,
/// Biometrics Bulletin 2, 1946.
public struct RepeatedDifference: Sendable, Equatable, Codable {
  /// `d_s`, second minus first, `[S]`; `nil` where either training has no value.
  public let differences: [Double?]
  /// Mean of those that are defined.
  public let mean: Double?
  /// `√V`; `nil` where it cannot be estimated.
  public let standardError: Double?
  /// ν; `nil` with `standardError`.
  public let freedom: Double?
  /// Interval of the mean difference.
  public let interval: Interval?
  /// Two-sided p-value of no difference; 1 for two methods that never differ.
  public let pValue: Double?
  /// That p-value adjusted for all comparisons of the metric in the table (Holm).
  public var adjusted: Double?

  enum CodingKeys: String, CodingKey {
    case differences, mean
    case standardError = "se"
    case freedom = "df"
    case interval
    case pValue = "p"
    case adjusted = "p_holm"
  }

  /// What resampled test rows say of the differences.
  public struct Rows: Sendable, Equatable {
    /// Mean variance of a `d_s` over resamples, v.
    public var variance: Double
    /// Mean covariance of two of them over the same resamples, c; 0 of one.
    public var covariance: Double
    /// Test rows, or groups of them, that are independent.
    public var units: Int

    /// Known moments.
    public init(variance: Double, covariance: Double, units: Int) {
      (self.variance, self.covariance, self.units) = (variance, covariance, units)
    }

    /// Moments of resampled differences.
    ///
    /// - Parameters:
    ///   - resampled: A row for each training, a value for each resample, the same resamples in all, `[S][B]`; a
    ///     resample in which one is undefined is left out.
    ///   - units: Test rows, or groups of them, that are independent.
    /// - Returns: `nil` with fewer than two whole resamples.
    public init?(_ resampled: [[Double]], units: Int) {
      let columns = (resampled.first ?? []).indices.filter { column in
        resampled.allSatisfy { !$0[column].isNaN }
      }
      guard columns.count >= 2 else { return nil }
      let count = Double(resampled.count)
      let own = resampled.map { row in Self.spread(columns.map { row[$0] }) }.reduce(0, +)
      let all = Self.spread(columns.map { column in resampled.reduce(0) { $0 + $1[column] } })
      variance = own / count
      covariance = resampled.count > 1 ? max(0, (all - own) / (count * (count - 1))) : 0
      self.units = units
    }

    private static func spread(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
  }

  /// The summary of differences.
  ///
  /// - Parameters:
  ///   - differences: `d_s`, `[S]`; `nil` where undefined.
  ///   - design: Which of the three cases it is.
  ///   - rows: What resampled test rows say; needed unless test rows are their own.
  ///   - level: Coverage of the interval, between 0 and 1, both excluded.
  public init(
    _ differences: [Double?], _ design: TestDesign, rows: Rows?, level: Double = 0.95
  ) {
    let known = differences.compactMap(\.self)
    let count = Double(known.count)
    let mean = known.isEmpty ? nil : known.reduce(0, +) / count
    self.differences = differences
    self.mean = mean
    let parts = Self.parts(known, design, rows)
    let variance = parts.reduce(0) { $0 + $1.variance }
    guard let mean, !parts.isEmpty, variance > 0 else {
      (standardError, freedom, interval) = (nil, nil, nil)
      // Two models that say the same of everything differ for certain by nothing.
      pValue = mean == 0 && !parts.isEmpty ? 1 : nil
      return
    }
    let error = variance.squareRoot()
    let doubt = parts.reduce(0) { $0 + $1.variance * $1.variance / $1.freedom }
    let freedom = variance * variance / doubt
    let half = studentQuantile((1 + level) / 2, freedom: freedom) * error
    (standardError, self.freedom) = (error, freedom)
    interval = Interval(low: mean - half, high: mean + half, level: level)
    pValue = studentTail(mean / error, freedom: freedom)
  }

  /// The parts of V with the degrees of freedom of each; empty where V cannot be estimated.
  private static func parts(
    _ known: [Double], _ design: TestDesign, _ rows: Rows?
  ) -> [(variance: Double, freedom: Double)] {
    let count = Double(known.count)
    if design == .single {
      guard known.count == 1, let rows, rows.units >= Replicates.fewestUnits else { return [] }
      return [(rows.variance, Double(rows.units - 1))]
    }
    // One difference that is left of several says nothing of the spread between trainings.
    guard known.count >= 2 else { return [] }
    let mean = known.reduce(0, +) / count
    let between = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    if case .own(let ratio) = design { return [(between * (1 / count + ratio), count - 1)] }
    guard let rows, rows.units >= Replicates.fewestUnits else { return [] }
    let own = max(between, rows.variance - rows.covariance)
    return [(own / count, count - 1), (rows.covariance, Double(rows.units - 1))]
  }
}
