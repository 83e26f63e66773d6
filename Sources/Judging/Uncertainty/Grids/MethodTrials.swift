public import Evaluation

/// What one row of a comparison (a method with its settings, or any other model) came to, once a training.
public struct MethodTrials: Sendable {
  /// One training.
  public struct Trial: Sendable {
    /// What the model said of the test rows.
    public var predictions: Predictions
    /// Classes grouped by training examples, where known.
    public var shots: ShotGroups?
    /// Numbers of other sources by name: calibration, seconds.
    public var values: [String: Double]

    /// A training of its parts.
    public init(_ predictions: Predictions, shots: ShotGroups?, values: [String: Double] = [:]) {
      (self.predictions, self.shots, self.values) = (predictions, shots, values)
    }
  }

  /// What tables call it.
  public var label: String
  /// How many settings were tried on validation; 1 where nothing was chosen.
  public var tried: Int
  /// The trainings in the order of seeds or folds, `[S]`; `nil` of one that failed or is left out.
  public var trials: [Trial?]

  /// A row of its parts.
  public init(_ label: String, tried: Int = 1, trials: [Trial?]) {
    (self.label, self.tried, self.trials) = (label, tried, trials)
  }
}

/// A number over the trainings of one method.
public struct RepeatedValue: Sendable, Equatable, Codable {
  /// In each training, `[S]`; `nil` where undefined.
  public let values: [Double?]
  /// Mean of those that are defined; `nil` where none is.
  public let mean: Double?
  /// Their standard deviation, with n − 1; `nil` of fewer than two.
  public let deviation: Double?

  enum CodingKeys: String, CodingKey {
    case values, mean
    case deviation = "sd"
  }

  /// The summary of values, `[S]`.
  public init(_ values: [Double?]) {
    let known = values.compactMap(\.self)
    let mean = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    self.values = values
    self.mean = mean
    deviation =
      known.count < 2
      ? nil
      : mean.map { mean in
        (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count - 1)).squareRoot()
      }
  }
}
