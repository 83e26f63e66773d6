/// What came of weighing the experts of a network for a set of images.
public struct AdaptedExperts: Sendable, Equatable {
  /// α, `[E]`, one an expert, in the order of the network; sums to 1.
  public var weights: [Double]
  /// Images that the weights were fitted on.
  public var images: Int
  /// Passes over them.
  public var epochs: Int
  /// Seed of the order and the views.
  public var seed: UInt64
  /// Mean cosine of the two views' answers in the first and the last pass.
  public var firstAgreement: Double, lastAgreement: Double

  /// An outcome of its parts, the weights `[E]`.
  public init(
    weights: [Double], images: Int, epochs: Int, seed: UInt64, firstAgreement: Double,
    lastAgreement: Double
  ) {
    (self.weights, self.images, self.epochs, self.seed) = (weights, images, epochs, seed)
    (self.firstAgreement, self.lastAgreement) = (firstAgreement, lastAgreement)
  }
}

/// Why the experts of a model cannot be weighed.
public enum AdaptationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The model has one head.
  case oneHead(method: String)
  /// The model was trained without augmentation, as all are that take numbers: two views would be equal.
  case noViews
  /// There is no image to fit on.
  case noImages

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .oneHead(let method):
      "the model, trained by '\(method)', has one head, so there are no experts to weigh; a method such as"
        + " sade trains several"
    case .noViews:
      "the model was trained without augmentation, so two views of an example are equal and say nothing about"
        + " its experts; train it on images with an augmentation"
    case .noImages: "there is no image that can be read, so there is nothing to weigh experts for"
    }
  }
}
