/// What one epoch did: a row of `summary.csv`, a line of `metrics.jsonl`.
///
/// Holds nothing that depends on the clock, so that a resumed run writes the same bytes.
public struct EpochRecord: Codable, Sendable, Equatable {
  /// Number of the epoch, from 1.
  public var epoch: Int
  /// Mean of the training loss over the epoch's examples, mixed as they were.
  public var trainLoss: Double
  /// Learning rate of the last step.
  public var learningRate: Double
  /// Mean mixing weight λ of the epoch's batches, in `0...1`; `nil` where nothing was mixed.
  public var mixing: Double?
  /// What training really drew of each class.
  public var drawn: [ClassDrawn]
  /// Validation metrics by name, without those that are undefined; empty where none was made.
  public var validation: [String: Double]
  /// Whether this is the best epoch of its stage so far by the selection metric; each is where a
  /// stage goes on with its last epoch, or nothing is validated.
  public var isBest: Bool

  /// A record of its parts.
  public init(
    epoch: Int, trainLoss: Double, learningRate: Double, mixing: Double?, drawn: [ClassDrawn],
    validation: [String: Double], isBest: Bool
  ) {
    (self.epoch, self.trainLoss, self.learningRate) = (epoch, trainLoss, learningRate)
    (self.mixing, self.drawn) = (mixing, drawn)
    (self.validation, self.isBest) = (validation, isBest)
  }
}

/// What one epoch drew of one class, over all streams.
public struct ClassDrawn: Codable, Sendable, Equatable {
  /// Name of the class.
  public var name: String
  /// Images drawn, repeats counted.
  public var examples: Int
  /// Different images among them.
  public var distinct: Int
  /// Share of the label mass, in `0...1`; the classes sum to 1, or to 0 where an epoch drew none.
  public var mass: Double
  /// The share that the samplers and the mixing of the epoch come to in the mean, in `0...1`: `mass`
  /// without the chance of one epoch; `nil` in runs from before it was recorded.
  public var expectedMass: Double?

  /// A record of its parts.
  public init(
    name: String, examples: Int, distinct: Int, mass: Double, expectedMass: Double? = nil
  ) {
    (self.name, self.examples, self.distinct) = (name, examples, distinct)
    (self.mass, self.expectedMass) = (mass, expectedMass)
  }
}
