/// A fitted calibrator of any kind, as it is stored with a model.
///
/// In JSON it has the key `kind` beside the numbers of that kind.
public enum Calibration: Calibrator {
  /// The model's own probabilities.
  case none
  /// One temperature.
  case temperature(TemperatureScaling)
  /// A slope and an intercept for each class.
  case vector(VectorScaling)
  /// A linear map of the log-probabilities.
  case dirichlet(DirichletCalibration)
  /// A curve for each class.
  case isotonic(IsotonicCalibration)

  /// Calibrated probabilities of one row, `[C]`.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    switch self {
    case .none: Array(row)
    case .temperature(let calibrator): calibrator(row)
    case .vector(let calibrator): calibrator(row)
    case .dirichlet(let calibrator): calibrator(row)
    case .isotonic(let calibrator): calibrator(row)
    }
  }

  /// What kind it is, as ``CalibrationMethod`` names it.
  public var kind: String {
    switch self {
    case .none: "none"
    case .temperature: "temperature"
    case .vector: "vector"
    case .dirichlet: "dirichlet"
    case .isotonic: "isotonic"
    }
  }

  private enum CodingKeys: String, CodingKey { case kind }

  /// Writes `kind` and the numbers of that kind.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .none: break
    case .temperature(let calibrator): try calibrator.encode(to: encoder)
    case .vector(let calibrator): try calibrator.encode(to: encoder)
    case .dirichlet(let calibrator): try calibrator.encode(to: encoder)
    case .isotonic(let calibrator): try calibrator.encode(to: encoder)
    }
  }

  /// Reads what ``encode(to:)`` wrote.
  ///
  /// - Throws: `DecodingError`, for example for a kind that this version does not know.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try container.decode(String.self, forKey: .kind)
    switch kind {
    case "none": self = .none
    case "temperature": self = .temperature(try TemperatureScaling(from: decoder))
    case "vector": self = .vector(try VectorScaling(from: decoder))
    case "dirichlet": self = .dirichlet(try DirichletCalibration(from: decoder))
    case "isotonic": self = .isotonic(try IsotonicCalibration(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container,
        debugDescription: "a calibration of kind '\(kind)' is not known to this version")
    }
  }
}

/// How a calibration is to be fitted.
///
/// Where a ``PriorCorrection`` will follow (the training sampler drew other class frequencies than
/// validation has), the calibrator is fitted such that what comes out of the correction is calibrated on
/// validation. The other order would calibrate what the correction has distorted: an over-confident
/// model exaggerates its prior as well, and one temperature could not take that back.
public enum CalibrationMethod: Sendable, Equatable {
  /// Leave the probabilities as they are.
  case none
  /// ``TemperatureScaling``.
  case temperature
  /// ``VectorScaling`` with a ridge.
  case vector(ridge: Double = 1e-3)
  /// ``DirichletCalibration``.
  case dirichlet(DirichletCalibration.Regularization = .init())
  /// ``IsotonicCalibration``.
  case isotonic

  /// All methods, each with its usual strength.
  public static let catalogue: [CalibrationMethod] = [
    .none, .temperature, .vector(), .dirichlet(), .isotonic,
  ]

  /// The method of a name such as `temperature`; `nil` where there is none.
  public static func named(_ name: String) -> CalibrationMethod? {
    catalogue.first { $0.name == name }
  }

  /// Its name.
  public var name: String {
    switch self {
    case .none: "none"
    case .temperature: "temperature"
    case .vector: "vector"
    case .dirichlet: "dirichlet"
    case .isotonic: "isotonic"
    }
  }

  /// Whether it has numbers of its own for each class, so that it follows the classes' shares, and fits the
  /// examples that it is fitted on better than others.
  public var isFlexible: Bool {
    switch self {
    case .none, .temperature: false
    case .vector, .dirichlet, .isotonic: true
    }
  }

  /// Fits a calibrator.
  ///
  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the calibrated probabilities will go through.
  /// - Throws: `CalibrationError.tooFewClasses`, except for `none`.
  public func fit(
    _ sample: LabelledProbabilities, before correction: PriorCorrection? = nil
  ) throws(CalibrationError) -> Calibration {
    switch self {
    case .none: .none
    case .temperature: .temperature(try TemperatureScaling(fitting: sample, before: correction))
    case .vector(let ridge):
      .vector(try VectorScaling(fitting: sample, before: correction, ridge: ridge))
    case .dirichlet(let strength):
      .dirichlet(
        try DirichletCalibration(fitting: sample, before: correction, regularization: strength))
    case .isotonic: .isotonic(try IsotonicCalibration(fitting: sample, before: correction))
    }
  }
}
