/// How the experts of a model were weighed for the predictions beside it: `experts-*.json`.
///
/// The weights hold for these images; the model does not carry them.
public struct ExpertsRecord: VersionedJSON, Equatable {
  /// `[E]`, one an expert, in the order of the network; sums to 1.
  public var weights: [Double]
  /// Images that the weights were fitted on, without their labels.
  public var images: Int
  /// Passes over them.
  public var passes: Int
  /// Seed of the order and the views.
  public var seed: UInt64
  /// Mean cosine of two views' answers in the first and the last pass.
  public var firstAgreement: Double, lastAgreement: Double

  /// A record of its parts, the weights `[E]`.
  public init(
    weights: [Double], images: Int, passes: Int, seed: UInt64, firstAgreement: Double,
    lastAgreement: Double
  ) {
    (self.weights, self.images, self.passes, self.seed) = (weights, images, passes, seed)
    (self.firstAgreement, self.lastAgreement) = (firstAgreement, lastAgreement)
  }

  private enum CodingKeys: String, CodingKey {
    case weights, images, passes, seed
    case firstAgreement = "first_agreement"
    case lastAgreement = "last_agreement"
  }
}
