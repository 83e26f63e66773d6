/// What training did, epoch by epoch.
public struct TrainingRecord: Codable, Sendable, Equatable {
  /// One epoch.
  public struct Epoch: Codable, Sendable, Equatable {
    /// Its number, from 1.
    public var epoch: Int
    /// Mean training loss.
    public var loss: Double
    /// Learning rate of the last step.
    public var rate: Double
    /// Validation metrics by name, without those that are undefined.
    public var validation: [String: Double]
    /// Whether it was the best of its stage so far.
    public var isBest: Bool

    /// An epoch.
    public init(
      epoch: Int, loss: Double, rate: Double, validation: [String: Double] = [:],
      isBest: Bool = false
    ) {
      (self.epoch, self.loss, self.rate) = (epoch, loss, rate)
      (self.validation, self.isBest) = (validation, isBest)
    }
  }

  /// What all epochs together drew of one class.
  public struct Drawn: Codable, Sendable, Equatable {
    /// Name of the class.
    public var name: String
    /// Images drawn in the mean epoch, repeats counted.
    public var examples: Double
    /// Different images among them, in the mean epoch.
    public var distinct: Double
    /// Share of the label mass over all epochs, 0…1.
    public var mass: Double
    /// Share of the label mass in the epoch whose weights are the model, 0…1: what its samplers and mixing
    /// come to in the mean where the run recorded it, else what it drew; `nil` in reports from before.
    public var keptMass: Double?

    enum CodingKeys: String, CodingKey {
      case name, examples, distinct, mass
      case keptMass = "kept_mass"
    }

    /// What was drawn of a class.
    public init(
      name: String, examples: Double, distinct: Double, mass: Double, keptMass: Double? = nil
    ) {
      (self.name, self.examples, self.distinct) = (name, examples, distinct)
      (self.mass, self.keptMass) = (mass, keptMass)
    }
  }

  /// The epochs, in order.
  public var epochs: [Epoch]
  /// What was drawn of each class; empty where not recorded.
  public var drawn: [Drawn]
  /// The metric that chose the best epoch; `nil` where the last one was taken.
  public var selection: String?

  /// A record of its parts.
  public init(epochs: [Epoch], drawn: [Drawn] = [], selection: String? = nil) {
    (self.epochs, self.drawn, self.selection) = (epochs, drawn, selection)
  }

  /// The epoch whose weights are the model.
  public var best: Epoch? { epochs.last { $0.isBest } ?? epochs.last }
}
