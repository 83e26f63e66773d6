import Losses
public import Networks
public import Plans
public import Sampling

/// SADE: three experts over a shared trunk, one for the classes as they come (softmax), one for balanced
/// classes (balanced softmax), one for classes as imbalanced the other way round (inverse softmax). The mean of
/// their logits answers; for the images at hand they can be weighed without labels instead
/// (`ExpertAggregation` of `Inference`).
///
/// Departs from the paper: experts have their late stages at full width, where the paper's narrow them; the
/// 10⁻⁹ inside its logarithms is left out, for no class is empty; classes of equal size share what the
/// inverse prior gives them; the learning rate follows the run's schedule.
public struct SADE: Method, Equatable {
  /// Name on the command line.
  public static let name = "sade"
  /// One line for lists of methods.
  public static let summary = "three experts, for common, for balanced and for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhang, Hooi, Hong, Feng",
    title:
      "Self-Supervised Aggregation of Diverse Experts for Test-Agnostic Long-Tailed Recognition",
    venue: "NeurIPS 2022", link: "https://arxiv.org/abs/2107.09249")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .ensemble,
    use: "Use it where the shares of the classes at use are unknown: three experts, and `predict "
      + "--adapt-experts` weighs them by the images to come.",
    avoid: "Avoid it where a model must be small: the last blocks stand three times.",
    claim:
      "On CIFAR-100-LT (100:1) the authors' code has 49.8 % beside 41.4 % of plain training, on "
      + "ImageNet-LT 58.8 % beside 48.0 %.",
    settings: [
      "lambda": "how far the third expert is moved towards inverse shares, at least 0",
      "scale": "s, what cosines are multiplied with, above 0",
    ])

  /// λ of the inverse softmax, at least 0; 0 makes the third expert one like the second.
  public var lambda = 2.0
  /// s, the scale of the cosine heads; above 0.
  public var scale = 30.0

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("lambda", lambda), .unlessPositive("scale", scale)].compactMap(\.self)
  }

  /// Three branches with late stages and cosine heads of their own; the mean of their logits answers.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale), branches: 3) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Experts([
          ("softmax", CrossEntropy()),
          ("balanced", AdjustedCrossEntropy.balancedSoftmax(classes)),
          ("inverse", AdjustedCrossEntropy.inverseSoftmax(classes, lambda: lambda)),
        ]))
    ]
  }
}
