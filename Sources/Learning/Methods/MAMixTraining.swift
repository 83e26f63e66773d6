import Losses
import Mixing
public import Plans
public import Sampling

/// Margin-aware MixUp: labels are even where the margins of two classes meet, nearer to the image of the larger one.
///
/// With deferred re-weighting, as its paper reports it (MAMix-DRW). Departs from the authors' code: the weights come in at
/// a part of the run, `start`, that is its epoch 160 of 200, and the mean is then over the weights.
public struct MAMixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "mamix"
  /// One line for lists of methods.
  public static let summary = "MixUp with wider margins for rarer classes, deferred re-weighting"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Cheng, Mai, Lin", title: "From SMOTE to Mixup for Deep Imbalanced Classification",
    venue: "TAAI 2023", link: "https://arxiv.org/abs/2308.15457")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use: "Very unequal classes and a network trained from scratch; one stage, no second loader.",
    avoid:
      "Balanced classes, where it is MixUp; a few epochs, in which the deferred weights have no time.",
    claim:
      "Accuracy 82.29 / 46.93 % on CIFAR-10-LT / 100-LT at an imbalance of 100 (imbalanced-DL, with deferred "
      + "re-weighting; MixUp with it 82.11 / 46.91, Remix with it 81.82 / 46.00).",
    settings: [
      "alpha": "both parameters of the Beta distribution, above 0; 1 is even",
      "exponent": "f of the margins n^f, at most 0; 0 is MixUp",
      "beta": "β of the effective number of the weights, 0 to below 1",
      "start": "part of the run after which the weights come in, 0 to 1; 1 is never",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// f of the margins n^f; at most 0.
  public var exponent = -0.25
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which weights of the effective number come in, in `0...1`; 1 is never.
  public var start = 0.8

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha),
      exponent <= 0 && exponent.isFinite
        ? nil : HyperparameterProblem(name: "exponent", value: exponent, expected: "at most 0"),
      .unlessUnit("beta", beta, closed: false), .unlessUnit("start", start, closed: true),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let mixing = MAMix(classes, alpha: alpha, exponent: exponent)
    return [Stage(Supervised(.deferred(classes, beta: beta, start: start), mixing: mixing))]
  }
}
