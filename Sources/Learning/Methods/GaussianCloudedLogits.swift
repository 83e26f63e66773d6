import Losses
public import Networks
public import Plans
public import Sampling

/// Gaussian clouded logits: cosines of rare classes lowered by chance in training, then the last layer trained on with
/// classes drawn by their effective number.
///
/// Departs from the paper: the second stage is a part of `--epochs`, and plain cross-entropy of the cosine head; the
/// code of the paper has mixup, a focal loss and half the noise there. Its rate is that of the code for CIFAR, which begins
/// with .002 where the first stage has .1.
public struct GaussianCloudedLogits: Method, Equatable {
  /// Name on the command line.
  public static let name = "gcl"
  /// One line for lists of methods.
  public static let summary =
    "logits of rare classes clouded by noise, then a last layer by effective number"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Li, Cheung, Lu",
    title: "Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment",
    venue: "CVPR 2022", link: "https://arxiv.org/abs/2305.11733")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use: "Where rare classes stop learning early because their few images are all right.",
    avoid: "With classes of nearly equal size: the rarest is clouded as much whatever the ratio.",
    claim:
      "Its numbers were not checked and are not repeated.",
    settings: [
      "deviation": "σ of the noise, of a cosine of the rarest class; at least 0",
      "margin": "margin of every class, of a cosine; at least 0",
      "scale": "s, by which cosines are multiplied; above 0",
      "beta": "β of the effective number by which the second stage draws, at least 0 and below 1",
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate": "learning rate of the second stage over that of the first; above 0",
    ])

  /// σ of the noise, of a cosine of the rarest class; at least 0.
  public var deviation = 1.0 / 3
  /// Margin of every class, of a cosine; at least 0.
  public var margin = 0.0
  /// s, the scale of the cosine head; above 0.
  public var scale = 30.0
  /// β of the second stage's sampler, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 0.02

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("deviation", deviation), .unlessNonNegative("margin", margin),
      .unlessPositive("scale", scale), .unlessUnit("beta", beta, closed: false),
      .unlessProperFraction("share", share), .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// A cosine head.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale)) }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let loss = AdjustedCrossEntropy.gaussianClouded(
      classes, deviation: deviation, margin: margin, scale: scale)
    var second = Stage(
      Supervised(), samplers: [EffectiveNumberSampler(beta: beta)], fraction: share)
    second.trains = .heads
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(loss), fraction: 1 - share), second]
  }
}
