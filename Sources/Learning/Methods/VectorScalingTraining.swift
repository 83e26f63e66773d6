import Losses
public import Plans
public import Sampling

/// Vector scaling: cross-entropy of (n_c / n_max)^γ z_c + τ ln π_c.
///
/// Departs from the paper: nowhere in the loss; γ = .3 and τ = 1 are those with which its code begins, the paper tunes both
/// for each data set. Values that others found best lie lower, γ about .05 to .2 with τ from .75 to 1.25; on a toy of ten
/// Gaussian classes .15 is enough to find half of the rarest classes.
public struct VectorScalingTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "vs"
  /// One line for lists of methods.
  public static let summary = "logits scaled and raised by powers of the class frequencies"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kini, Paraskevas, Oymak, Thrampoulidis",
    title: "Label-Imbalanced and Group-Sensitive Classification under Overparameterization",
    venue: "NeurIPS 2021", link: "https://arxiv.org/abs/2103.01550")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Where logit-adjustment finds too few of the rarest classes and the network fits all"
      + " training images.",
    avoid:
      "Without a validation part of every class: both numbers want to be set, and too large ones"
      + " cost common classes dearly.",
    claim:
      "In the table of another paper's code (DDC): accuracy 80.29 on CIFAR-10-LT and 42.67 on"
      + " CIFAR-100-LT, both at ratio 100.",
    settings: [
      "gamma": "γ of the factors, at least 0; 0 is logit-adjustment. Try 0.05 to 0.3",
      "tau": "τ of the offsets, at least 0; 0 is cdt",
    ])

  /// γ, at least 0.
  public var gamma = 0.3
  /// τ, at least 0.
  public var tau = 1.0

  /// The values of the published code.
  public init() {}

  /// Both must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("gamma", gamma), .unlessNonNegative("tau", tau)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.vectorScaling(classes, gamma: gamma, tau: tau)))]
  }
}
