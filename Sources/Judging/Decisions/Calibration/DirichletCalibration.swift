import Requirements

/// A full linear map of the log-probabilities: softmax(W·ln p + b).
///
/// It is exact where the probabilities of each class follow a Dirichlet distribution; it can
/// move mass between classes that the model takes for each other. ODIR keeps K² parameters in bounds:
/// λ/(K(K−1)) · Σ_{i≠j} W_ij² + μ/K · Σ b_j² is added to the mean cross-entropy.
///
/// Source: Kull et al., "Beyond temperature scaling: Obtaining well-calibrated multiclass
/// probabilities with Dirichlet calibration", NeurIPS 2019.
///
/// Departs from the paper: a part in 10⁴ of the same penalties, as λ/K · Σ (W_jj − 1)², is laid on
/// the diagonal, so that a separable validation set has a finite answer. An absent class keeps its
/// probability.
public struct DirichletCalibration: Calibrator {
  /// Strength of the off-diagonal and intercept regularisation.
  public struct Regularization: Sendable, Codable, Equatable {
    /// λ, at least 0.
    public var offDiagonal: Double
    /// μ, at least 0.
    public var intercept: Double

    /// The strengths.
    ///
    /// - Parameters:
    ///   - offDiagonal: λ, at least 0.
    ///   - intercept: μ, at least 0.
    public init(offDiagonal: Double = 0.01, intercept: Double = 0.01) {
      (self.offDiagonal, self.intercept) = (offDiagonal, intercept)
    }
  }

  /// The classes that occurred in validation.
  let occurring: OccurringClasses
  /// W, `[K, K]` flat, row by row.
  package let weights: [Double]
  /// b, `[K]`.
  package let intercepts: [Double]

  /// The map of least regularised cross-entropy on `sample`.
  ///
  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the calibrated probabilities will go through, as ``CalibrationMethod`` says.
  ///   - regularization: λ and μ.
  /// - Throws: `CalibrationError.tooFewClasses`.
  /// - Precondition: λ and μ are not negative.
  public init(
    fitting sample: LabelledProbabilities, before correction: PriorCorrection? = nil,
    regularization: Regularization = Regularization()
  ) throws(CalibrationError) {
    require(
      regularization.offDiagonal >= 0 && regularization.intercept >= 0,
      "DirichletCalibration: expected strengths of at least 0, got \(regularization)")
    try sample.requireTwoClasses()
    let objective = Objective(sample, before: correction, regularization)
    let width = objective.occurring.count
    var start = [Double](repeating: 0, count: width * width + width)
    for c in 0..<width { start[c * width + c] = 1 }
    let best = minimize(from: start, tolerance: 1e-8, objective.callAsFunction)
    occurring = objective.occurring
    weights = Array(best.point[..<(width * width)])
    intercepts = Array(best.point[(width * width)...])
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for lists of other lengths than the classes ask for and for numbers too
  ///   large to count with, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    occurring = try values.decode(OccurringClasses.self, forKey: .occurring)
    weights = try values.decode([Double].self, forKey: .weights)
    intercepts = try values.decode([Double].self, forKey: .intercepts)
    try StoredPart("weights").check(weights, count: occurring.count * occurring.count)
    try StoredPart("intercepts").check(intercepts, count: occurring.count)
  }

  /// Calibrated probabilities of one row, `[C]`.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    let logs = logProbabilities(occurring.restricted(row))
    let width = logs.count
    let logits = (0..<width).map { i in
      logs.indices.reduce(intercepts[i]) { $0 + weights[i * width + $1] * logs[$1] }
    }
    return occurring.completed(row, with: softmax(logits))
  }
}

extension DirichletCalibration {
  /// Regularised mean cross-entropy, with its gradient, at W and b joined, `[K² + K]`.
  package struct Objective {
    private let rows: CalibrationRows
    private let regularization: Regularization

    /// The classes that occur.
    var occurring: OccurringClasses { rows.occurring }

    package init(
      _ sample: LabelledProbabilities, before correction: PriorCorrection? = nil,
      _ regularization: Regularization
    ) {
      rows = CalibrationRows(sample, before: correction)
      self.regularization = regularization
    }

    /// The objective at W by rows and b, `[K² + K]` with K the classes that occur, and its gradient, of the same length.
    package func callAsFunction(_ point: [Double], _ gradient: inout [Double]) -> Double {
      let width = occurring.count
      let (logs, labels, offsets) = (rows.logs, rows.labels, rows.offsets)
      let square = width * width
      var (loss, logits) = (0.0, [Double](repeating: 0, count: width))
      for index in gradient.indices { gradient[index] = 0 }
      for (row, label) in labels.enumerated() {
        let start = row * width
        for i in 0..<width {
          var sum = point[square + i] + offsets[i]
          for j in 0..<width { sum += point[i * width + j] * logs[start + j] }
          logits[i] = sum
        }
        loss += crossEntropyResidual(&logits, label)
        for i in 0..<width {
          for j in 0..<width { gradient[i * width + j] += logits[i] * logs[start + j] }
          gradient[square + i] += logits[i]
        }
      }
      let scale = 1 / Double(labels.count)
      for index in gradient.indices { gradient[index] *= scale }
      return loss * scale + penalty(point, &gradient)
    }

    private func penalty(_ point: [Double], _ gradient: inout [Double]) -> Double {
      let width = occurring.count
      let offDiagonal = regularization.offDiagonal / Double(width * (width - 1))
      let diagonal = 1e-4 * regularization.offDiagonal / Double(width)
      let intercept = regularization.intercept / Double(width)
      var sum = 0.0
      for index in point.indices {
        let (i, j) = (index / width, index % width)
        let weight = i == width ? intercept : i == j ? diagonal : offDiagonal
        let excess = i == j ? point[index] - 1 : point[index]
        sum += weight * excess * excess
        gradient[index] += 2 * weight * excess
      }
      return sum
    }
  }
}
