public import Evaluation
import Parallel

/// ``CalibrationSlope`` of every class against the rest.
public struct CalibrationSlopes: Sendable, Equatable, Codable {
  /// Of each class, `[C]`.
  public let classes: [CalibrationSlope]
  /// Mean slope over the classes that have one (``CalibrationSlope/fewest`` examples in the class and as many
  /// outside it, not separated); `nil` where none has.
  public let meanSlope: Double?
  /// Interval of the mean slope; `nil` where there is no mean, none was asked for, or there are fewer than ten groups.
  public let meanSlopeInterval: Interval?
  /// Mean intercept over the classes that have one.
  public let meanIntercept: Double?
  /// Mean size of the intercepts: what is promised too often and too seldom does not cancel.
  public let meanAbsoluteIntercept: Double?

  enum CodingKeys: String, CodingKey {
    case classes
    case meanSlope = "slope"
    case meanSlopeInterval = "slope_interval"
    case meanIntercept = "intercept"
    case meanAbsoluteIntercept = "intercept_size"
  }

  /// The slopes of classes.
  ///
  /// The slopes of several classes rest on the same examples: the interval of their mean is Student's, with the variance
  /// of a jackknife of examples, or of groups, whose mean effect on the slopes is taken.
  ///
  /// - Parameters:
  ///   - truths: True classes, `[N]`, each in `0..<C`.
  ///   - columns: Probabilities of each class, `[C][N]`.
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - level: Coverage of intervals; `nil` makes none.
  ///   - threads: Threads to compute on, at least 1.
  /// - Precondition: the lengths agree.
  public init(
    truths: [Int], columns: [[Double]], groups: [String]? = nil, level: Double? = nil,
    threads: Int = 1
  ) {
    let units = groups.map { CalibrationUnits($0) }
    let found = inParallel(columns.count, threads: threads) { index in
      let fit = CalibrationFit(columns[index], truths.map { $0 == index }, units)
      return (fit: fit, slope: CalibrationSlope(fit, level))
    }
    let fits = found.map(\.fit)
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    classes = found.map(\.slope)
    meanSlope = mean(classes.compactMap(\.slope))
    meanIntercept = mean(classes.compactMap(\.intercept))
    meanAbsoluteIntercept = mean(classes.compactMap(\.intercept).map(abs))
    meanSlopeInterval = Self.interval(
      meanSlope, fits, units ?? CalibrationUnits(rows: truths.count), level)
  }

  private static func interval(
    _ mean: Double?, _ fits: [CalibrationFit], _ units: CalibrationUnits, _ level: Double?
  ) -> Interval? {
    guard let mean, let level, units.count >= Replicates.fewestUnits else { return nil }
    let (own, count) = (fits.filter { $0.free != nil }, Double(fits.count { $0.free != nil }))
    var influences = [Double](repeating: 0, count: units.count)
    for fit in own {
      guard let moved = fit.slopeInfluences(units) else { return nil }
      for (unit, value) in moved.enumerated() { influences[unit] += value / count }
    }
    return jackknifeInterval(mean, influences, effective: units.effective, level: level)
  }
}

extension CalibrationSlopes {
  /// Intervals with their names, for a list of how each was made: of one class its own, else that of the mean slope.
  ///
  /// - Parameter index: The class, `0..<C`; `nil` for the mean.
  package func named(of index: Int?) -> [(name: String, interval: MetricInterval?)] {
    guard let index else {
      return [
        ("calibration_slope", meanSlopeInterval.map { MetricInterval($0, method: .jackknife) })
      ]
    }
    let one = classes[index]
    func named(_ interval: Interval?) -> MetricInterval? {
      interval.flatMap { interval in one.method.map { MetricInterval(interval, method: $0) } }
    }
    return [
      ("calibration_slope", named(one.slopeInterval)),
      ("calibration_intercept", named(one.interceptInterval)),
    ]
  }

  /// The slopes of some rows, as ``Assessment`` has them.
  init(_ predictions: Predictions, rows: [Int], settings: IntervalSettings) {
    let groups = predictions.groupColumn(settings.groupColumn).map { column in
      rows.map { column.values[$0] }
    }
    self.init(
      truths: rows.compactMap { predictions.truths[$0] },
      columns: predictions.classes.indices.map { index in
        rows.map { predictions.probabilities[$0 * predictions.classes.count + index] }
      },
      groups: groups, level: settings.level, threads: settings.threads)
  }
}
