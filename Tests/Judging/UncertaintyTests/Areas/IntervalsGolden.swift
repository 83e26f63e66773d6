import TestSupport

/// `Goldens/Uncertainty/intervals.json`.
struct IntervalsGolden: Decodable {
  /// A calibration error, its bins known.
  struct Calibration: Decodable {
    let gaps: [Double]
    let errors: [Double]
    let expected: [Double]
    let deviation: Double
    let tail: Double
    let ends: [Double]
  }

  /// Rows of mean and deviation of a normal variable, mean and variance of its size.
  let folded: [[Double]]
  /// Rows of average precision, positives, low, high.
  let precision: [[Double]]
  /// Rows of degrees of freedom, low, high, for cases 1, 2, …; `nil` where there are none.
  let welch: [[Double]?]
  let calibration: [Calibration]

  static func load() throws -> IntervalsGolden {
    try Golden.load("Uncertainty/intervals.json")
  }
}
