import Losses
import Mixing
public import Plans
public import Sampling

/// UniMix with the Bayias-compensated loss: MixUp whose weight leans to rare classes, with partners that are rare more
/// often, and a loss that takes the shares of the classes out of the logits.
///
/// Departs from the authors' code: partners come of a second stream, in the shares that the paper gives them, where the
/// code draws them out of the batch at hand; and it mixes to the end of the run, where the code has an epoch to stop at.
public struct UniMixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "unimix"
  /// One line for lists of methods.
  public static let summary = "MixUp that leans to rare classes, and a loss without their shares"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Xu, Chai, Yuan",
    title: "Towards Calibrated Model for Long-Tailed Visual Recognition from Prior Perspective",
    venue: "NeurIPS 2021", link: "https://arxiv.org/abs/2111.03874")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "Rare classes and probabilities both matter, and the model is to answer for balanced classes.",
    avoid:
      "The world is as imbalanced as the training set: the loss takes that out; a second pass over the images is "
      + "too dear.",
    claim:
      "Its numbers were not checked and are not repeated.",
    settings: [
      "alpha":
        "both parameters of the Beta distribution, above 0; 1 leaves weights even whatever the classes",
      "tau":
        "power of the class sizes that partners are drawn by: 1 as the data come, 0 every class alike, below 0 rare "
        + "ones more often",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 0.8
  /// τ, the power of the class sizes that partners are drawn by; −.1 for 100 classes, −.5 for 10 in the authors' settings.
  public var tau = -0.1

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha),
      tau.isFinite ? nil : HyperparameterProblem(name: "tau", value: tau, expected: "finite"),
    ].compactMap(\.self)
  }

  /// One stage of two streams.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(
          AdjustedCrossEntropy.bayias(classes), mixing: UniMix(classes, alpha: alpha)),
        samplers: [UniformSampler(), PowerSampler(q: 1 - tau)])
    ]
  }
}
