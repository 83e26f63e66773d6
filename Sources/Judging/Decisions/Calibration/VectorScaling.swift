import Requirements

/// A slope and an intercept for each class: softmax(w ⊙ ln p + b).
///
/// Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
///
/// Departs from the paper: a ridge ρ/K · Σ ((w_c − 1)² + b_c²) toward the model's own
/// probabilities, without which a class of three validation examples, all right, would get an infinite
/// slope; the input is ln p, which differs from the logits by a constant of the row. An absent class
/// keeps its probability.
public struct VectorScaling: Calibrator {
  /// The classes that occurred in validation.
  let occurring: OccurringClasses
  /// w, `[K]`.
  package let slopes: [Double]
  /// b, `[K]`.
  package let intercepts: [Double]

  /// The slopes and intercepts of least mean cross-entropy on `sample`, with the ridge.
  ///
  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the scaled probabilities will go through, as ``CalibrationMethod`` says.
  ///   - ridge: ρ, at least 0.
  /// - Throws: `CalibrationError.tooFewClasses`.
  /// - Precondition: `ridge` is not negative.
  public init(
    fitting sample: LabelledProbabilities, before correction: PriorCorrection? = nil,
    ridge: Double = 1e-3
  ) throws(CalibrationError) {
    require(ridge >= 0, "VectorScaling: expected a ridge of at least 0, got \(ridge)")
    try sample.requireTwoClasses()
    let objective = Objective(sample, before: correction, ridge: ridge)
    let width = objective.occurring.count
    let start =
      [Double](repeating: 1, count: width) + [Double](repeating: 0, count: width)
    let best = minimize(from: start, objective.callAsFunction)
    occurring = objective.occurring
    slopes = Array(best.point[..<width])
    intercepts = Array(best.point[width...])
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for lists of other lengths than the classes and for numbers too large to
  ///   count with, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    occurring = try values.decode(OccurringClasses.self, forKey: .occurring)
    slopes = try values.decode([Double].self, forKey: .slopes)
    intercepts = try values.decode([Double].self, forKey: .intercepts)
    try StoredPart("slopes").check(slopes, count: occurring.count)
    try StoredPart("intercepts").check(intercepts, count: occurring.count)
  }

  /// Calibrated probabilities of one row, `[C]`.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    let logs = logProbabilities(occurring.restricted(row))
    let logits = logs.indices.map { slopes[$0] * logs[$0] + intercepts[$0] }
    return occurring.completed(row, with: softmax(logits))
  }
}

extension VectorScaling {
  /// Mean cross-entropy plus ridge, with its gradient, at w and b joined, `[2K]`.
  package struct Objective {
    private let rows: CalibrationRows
    private let ridge: Double

    /// The classes that occur.
    var occurring: OccurringClasses { rows.occurring }

    package init(
      _ sample: LabelledProbabilities, before correction: PriorCorrection? = nil, ridge: Double
    ) {
      rows = CalibrationRows(sample, before: correction)
      self.ridge = ridge
    }

    /// The objective at the scales and the offsets, `[2 K]` with K the classes that occur, and its gradient, of the same length.
    package func callAsFunction(_ point: [Double], _ gradient: inout [Double]) -> Double {
      let width = occurring.count
      let (logs, labels, offsets) = (rows.logs, rows.labels, rows.offsets)
      var (loss, logits) = (0.0, [Double](repeating: 0, count: width))
      for index in gradient.indices { gradient[index] = 0 }
      for (row, label) in labels.enumerated() {
        let start = row * width
        for c in 0..<width {
          logits[c] = point[c] * logs[start + c] + point[width + c] + offsets[c]
        }
        loss += crossEntropyResidual(&logits, label)
        for c in 0..<width {
          gradient[c] += logits[c] * logs[start + c]
          gradient[width + c] += logits[c]
        }
      }
      let (scale, weight) = (1 / Double(labels.count), ridge / Double(width))
      loss *= scale
      for index in gradient.indices {
        let excess = index < width ? point[index] - 1 : point[index]
        loss += weight * excess * excess
        gradient[index] = gradient[index] * scale + 2 * weight * excess
      }
      return loss
    }
  }
}
