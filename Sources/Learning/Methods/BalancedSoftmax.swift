import Losses
public import Plans
public import Sampling

/// Balanced softmax, the logit-adjusted loss: cross-entropy of z + τ ln π, so that the plain logits answer for
/// balanced classes.
///
/// Departs from the paper: nowhere in the loss; the meta-sampler of the same paper is a method of its own.
public struct BalancedSoftmax: Method, Equatable {
  /// Name on the command line.
  public static let name = "balanced-softmax"
  /// One line for lists of methods.
  public static let summary = "cross-entropy of logits raised by the log of the class frequencies"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Ren, Yu, Sheng, Ma, Zhao, Yi, Li",
    title: "Balanced Meta-Softmax for Long-Tailed Visual Recognition", venue: "NeurIPS 2020",
    link: "https://arxiv.org/abs/2007.10740")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Use it where the classes are equally common, or equally important, at use: one line, no cost, hard "
      + "to beat.",
    avoid:
      "Do not adjust its probabilities for the training shares again: they are those of equally common "
      + "classes already.",
    claim:
      "The Bag of Tricks has errors of 22.46 % (CIFAR-10-LT) and 57.01 % (CIFAR-100-LT, both 100:1) beside "
      + "29.64 % and 61.68 % of plain training.",
    settings: [
      "tau":
        "τ, the power of the shares that is added to the logits, at least 0; 0 is plain cross-entropy"
    ])

  /// τ, at least 0; 0 is `erm`, 1 the paper's.
  public var tau = 1.0

  /// The published τ.
  public init() {}

  /// `tau` must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("tau", tau)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.balancedSoftmax(classes, tau: tau)))]
  }
}
