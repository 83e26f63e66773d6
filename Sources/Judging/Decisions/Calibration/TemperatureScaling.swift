#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One number for all classes: softmax(ln p / T).
///
/// It never changes which class is the most probable. T above 1 makes an over-confident model more
/// careful; a calibrated one gets T = 1. It treats absent classes like all others, as it learns
/// nothing of single classes.
///
/// Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
public struct TemperatureScaling: Calibrator {
  /// Range in which T is sought. A model that is right about every validation example has its best
  /// T at 0, one without any information at ∞.
  public static let range = 0.05...20.0

  /// T, in ``range``.
  public let temperature: Double

  /// Scaling by a known temperature.
  ///
  /// - Parameter temperature: T, above 0.
  public init(temperature: Double) { self.temperature = temperature }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for a T that scores cannot be divided by, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    temperature = try values.decode(Double.self, forKey: .temperature)
    try StoredPart("temperature").check(
      temperature >= 1 / StoredPart.largest && temperature <= StoredPart.largest,
      "a number above 0, 1e-9 to 1e9", found: temperature)
  }

  /// The T of least mean cross-entropy on `sample`, after `correction` where there is one.
  ///
  /// The cross-entropy is convex in β = 1/T; its slope is the mean of Σ p_c·ln p_c − ln p_y under
  /// the scaled p, and Newton's method, kept inside a bracket, finds where that vanishes. Constant
  /// scores leave T = 1.
  ///
  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the scaled probabilities will go through, as ``CalibrationMethod`` says.
  /// - Throws: `CalibrationError.tooFewClasses`.
  public init(
    fitting sample: LabelledProbabilities, before correction: PriorCorrection? = nil
  ) throws(CalibrationError) {
    try sample.requireTwoClasses()
    let slope = TemperatureSlope(sample, correction)
    var (low, high) = (1 / Self.range.upperBound, 1 / Self.range.lowerBound)
    let start = slope.at(1)
    // Without curvature all rows are constant, and every T is as good.
    guard start.curvature > 0 else {
      self.init(temperature: 1)
      return
    }
    if slope.at(low).value >= 0 { (low, high) = (low, low) }
    if low < high, slope.at(high).value <= 0 { (low, high) = (high, high) }
    var beta = min(max(1, low), high)
    while high - low > 1e-14 * high {
      let (value, curvature) = slope.at(beta)
      if value == 0 { break }
      if value > 0 { high = beta } else { low = beta }
      let newton = beta - value / curvature
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if abs(next - beta) <= 1e-14 * beta { break }
      beta = next
    }
    self.init(temperature: 1 / beta)
  }

  /// Whether the fit ended at the end of ``range``, so that validation does not determine T.
  public var isAtBound: Bool {
    temperature <= Self.range.lowerBound * 1.000001
      || temperature >= Self.range.upperBound / 1.000001
  }

  /// Calibrated probabilities of one row, `[C]`.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    temperature == 1 ? Array(row) : softmax(logProbabilities(row).map { $0 / temperature })
  }
}

/// Slope and curvature of the mean cross-entropy in β = 1/T.
private struct TemperatureSlope {
  private let logits: [Double]
  private let truths: [Int]
  private let classes: Int
  private let offsets: [Double]

  init(_ sample: LabelledProbabilities, _ correction: PriorCorrection?) {
    offsets = correction?.offsets ?? [Double](repeating: 0, count: sample.classes.count)
    logits = logProbabilities(sample.probabilities)
    truths = sample.truths
    classes = sample.classes.count
  }

  func at(_ beta: Double) -> (value: Double, curvature: Double) {
    var (slope, curvature) = (0.0, 0.0)
    for (row, truth) in truths.enumerated() {
      let row = logits[row * classes..<(row + 1) * classes]
      let largest = row.max() ?? 0
      let highest = zip(row, offsets).map { beta * ($0 - largest) + $1 }.max() ?? 0
      var (sum, first, second) = (0.0, 0.0, 0.0)
      for (logit, offset) in zip(row, offsets) {
        let gap = logit - largest
        let weight = exp(beta * gap + offset - highest)
        sum += weight
        first += weight * gap
        second += weight * gap * gap
      }
      let mean = first / sum
      slope += mean - (row[row.startIndex + truth] - largest)
      curvature += second / sum - mean * mean
    }
    return (slope / Double(truths.count), curvature / Double(truths.count))
  }
}
