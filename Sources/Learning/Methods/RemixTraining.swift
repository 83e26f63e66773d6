import Losses
import Mixing
public import Plans
public import Sampling

/// MixUp whose label goes wholly to the rarer of two classes of very unequal size, where its image is still a fair part.
///
/// Departs from the paper: deferred re-weighting, with which it is often reported, is off; `start` brings it in.
public struct RemixTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "remix"
  /// One line for lists of methods.
  public static let summary = "MixUp whose label leans to the rarer of two classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Chou, Chang, Pan, Wei, Juan", title: "Remix: Rebalanced Mixup",
    venue: "ECCV Workshops 2020", link: "https://arxiv.org/abs/2007.03943")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "MixUp is wanted and rare classes must not pay for it; a small step towards balance at no cost.",
    avoid:
      "Classes within a factor κ of each other, where it is MixUp; labels of the mixtures are biased, so "
      + "probabilities need calibration.",
    claim:
      "Error 26.57 / 58.61 % on CIFAR-10-LT / 100-LT at an imbalance of 100 in the bag-of-tricks table, MixUp 25.94 / "
      + "59.18; with deferred re-weighting accuracy 81.82 / 46.00 % in imbalanced-DL.",
    settings: [
      "alpha": "both parameters of the Beta distribution, above 0; 1 is even",
      "kappa": "κ, how many times as large the one class must be, above 1",
      "tau":
        "τ, below which weight of the larger class's image its label is dropped, 0 to 1; 0 is MixUp",
      "beta": "β of the effective number of the weights, 0 to below 1",
      "start": "part of the run after which the weights come in, 0 to 1; 1 is never",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// κ, how many times as large the one class must be; above 1.
  public var kappa = 3.0
  /// τ, in `0...1`; 0 is MixUp.
  public var tau = 0.5
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which weights of the effective number come in, in `0...1`; 1 is never.
  public var start = 1.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha),
      kappa > 1 ? nil : HyperparameterProblem(name: "kappa", value: kappa, expected: "above 1"),
      .unlessUnit("tau", tau, closed: true), .unlessUnit("beta", beta, closed: false),
      .unlessUnit("start", start, closed: true),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let mixing = Remix(classes, alpha: alpha, kappa: kappa, tau: tau)
    return [Stage(Supervised(.deferred(classes, beta: beta, start: start), mixing: mixing))]
  }
}
