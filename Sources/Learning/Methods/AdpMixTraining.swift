import Losses
import Mixing
public import Plans
public import Sampling

/// AdpMix, the second half of DualMix: MixUp of rows as the data come with rows class by class, whose label leans to the
/// rarer of the two classes.
///
/// Departs from the paper: of the paper the abstract alone was at hand, so that rule, κ and α are an interpretation; and the
/// paper mixes new classes of a stream with old ones of a memory, where here a class-balanced second stream stands for the
/// memory, which has as many images of each class.
public struct AdpMixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "adpmix"
  /// One line for lists of methods.
  public static let summary = "MixUp with class-balanced partners whose label leans to rare classes"
  /// Where it was published.
  public static let citation = EnMixTraining.citation
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "Rare classes matter most, and their few images are to be met in many mixtures.",
    avoid:
      "Probabilities must be right as they come: the labels of the mixtures are biased towards rare classes; a second "
      + "pass over the images is too dear.",
    claim:
      "The paper's abstract says that it calibrates the boundaries of old and new classes; its rule is this program's "
      + "interpretation of that abstract, and its numbers are not repeated.",
    settings: [
      "alpha": "both parameters of the Beta distribution, above 0; 1 is even",
      "kappa":
        "κ, the largest part of a label that goes to the rarer class beyond its share of the image, from 0; 0 is MixUp "
        + "with class-balanced partners",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// κ, the largest shift of a label; at least 0.
  public var kappa = 0.5

  /// Values of this program's own; the paper's are not known.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha),
      kappa >= 0 ? nil : HyperparameterProblem(name: "kappa", value: kappa, expected: "at least 0"),
    ].compactMap(\.self)
  }

  /// One stage of two streams.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(
          CrossEntropy(), mixing: AdpMix(classes, alpha: alpha, kappa: kappa)),
        samplers: [UniformSampler(), ClassBalancedSampler()])
    ]
  }
}
