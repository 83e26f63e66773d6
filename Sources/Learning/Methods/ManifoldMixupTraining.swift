import Losses
import Mixing
public import Plans
public import Sampling

/// MixUp at a layer that is drawn anew in each step: the inputs, or the end of one of the stages of the network.
///
/// Needs a network whose hidden features can be changed: a ResNet, ResNeXt or mlp. As in the authors' code, of residual
/// networks the last stage is left out.
public struct ManifoldMixupTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "manifold-mixup"
  /// One line for lists of methods.
  public static let summary = "MixUp of inputs or of hidden features, at a random layer"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Verma, Lamb, Beckham, Najafi, Mitliagkas, Lopez-Paz, Bengio",
    title: "Manifold Mixup: Better Representations by Interpolating Hidden States",
    venue: "ICML 2019", link: "https://arxiv.org/abs/1806.05236")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "A network from scratch that MixUp helps; flatter features and better calibration before a second stage.",
    avoid:
      "Transformers and other networks without places for it; as an answer to imbalance by itself: every class "
      + "keeps its share.",
    claim:
      "Error 24.81 / 60.12 % on CIFAR-10-LT / 100-LT at an imbalance of 100 in the bag-of-tricks table, MixUp 25.94 / "
      + "59.18.",
    settings: [
      "alpha":
        "both parameters of the Beta distribution, above 0; 1 is even, small values mix little",
      "deepest":
        "deepest place that is mixed at, a whole number from 0, the inputs; the network's own where it has fewer",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// The deepest place that is mixed at, at least 0; 0 is MixUp of inputs.
  public var deepest = 2

  /// The published values.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessNonNegative("deepest", Double(deepest)),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(HiddenMixup(CrossEntropy(), mixing: Mixup(alpha: alpha), deepest: deepest))]
  }
}
