import Losses
public import Plans
public import Sampling

/// Distribution alignment: plain training, then a calibration of the frozen scores, z_c = σ(f) (a_c s_c + b_c) + (1 − σ(f)) s_c,
/// learned with rows weighted by n_y^−ρ.
///
/// Departs from the paper: the second stage is a part of `--epochs`, and each stage goes on from its best epoch on
/// validation; the calibration begins as none, a = 1, where the authors' code begins at a = 2.
public struct DisAlign: Method, Equatable {
  /// Name on the command line.
  public static let name = "disalign"
  /// One line for lists of methods.
  public static let summary =
    "plain training, then scores calibrated row by row on re-weighted data"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhang, Li, Yan, He, Sun",
    title: "Distribution Alignment: A Unified Framework for Long-Tail Visual Recognition",
    venue: "CVPR 2021", link: "https://arxiv.org/abs/2103.16370")
  /// When to use it.
  public static let guide = Guide(
    .decoupled,
    use:
      "A trained classifier is to be shifted towards balanced classes at little cost and with few new weights.",
    avoid:
      "Its features do not tell rare classes apart: only scores change; a model that other programs must read as one "
      + "linear layer.",
    claim:
      "Its numbers were not checked and are not repeated.",
    settings: [
      "rho": "ρ of the weights n^−ρ, at least 0; 0 weighs all rows alike",
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate": "learning rate of the second stage over that of the first, above 0",
    ])

  /// ρ of the weights n^−ρ; at least 0.
  public var rho = 1.2
  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 1.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("rho", rho), .unlessProperFraction("share", share),
      .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var loss = AdjustedCrossEntropy()
    loss.weights = .inverse(classes, power: rho)
    var second = Stage(Supervised(loss), fraction: share)
    second.opening = [AlignHead()]
    second.trains = .ofHeads(["scale", "shift", "confidence.weight", "confidence.bias"])
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(), fraction: 1 - share), second]
  }
}
