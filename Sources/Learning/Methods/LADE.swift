import Losses
public import Plans
public import Sampling

/// LADE, label distribution disentangling: the logit-adjusted loss, and a term that makes each logit the log-ratio of
/// p(x | y) to p(x) under balanced classes, so that any prior can be put in afterwards.
///
/// The network's plain logits answer for balanced classes. For another prior, add its logarithm: `steelyard decide
/// --target-prior`, which supposes the shares of validation before, must have them calibrated first.
///
/// Departs from the paper: nowhere in the loss.
public struct LADE: Method, Equatable {
  /// Name on the command line.
  public static let name = "lade"
  /// One line for lists of methods.
  public static let summary = "logit-adjusted loss, with logits that fit any prior of the classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Hong, Han, Choi, Seo, Kim, Chang",
    title: "Disentangling Label Distribution for Long-Tailed Visual Recognition",
    venue: "CVPR 2021", link: "https://arxiv.org/abs/2012.00321")
  /// When to use it.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Where how common the classes will be is not known at training, or changes from place to"
      + " place.",
    avoid:
      "With small batches and many classes: the term is a mean over the batch, and most classes"
      + " are not in it.",
    claim:
      "The survey has 51.5 % on ImageNet-LT (ResNeXt-50, 90 epochs) beside 50.8 % of "
      + "balanced softmax.",
    settings: [
      "weight": "how much the term counts, at least 0; 0 is logit-adjustment",
      "lambda": "λ, which holds the normalisation of the term near 1; at least 0",
    ])

  /// How much the term counts, at least 0; 0 is `logit-adjustment`.
  public var weight = 0.1
  /// λ of the term's regularisation, at least 0.
  public var lambda = 0.1

  /// The published values.
  public init() {}

  /// Both must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("weight", weight), .unlessNonNegative("lambda", lambda)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(
          AdjustedCrossEntropy.balancedSoftmax(classes),
          additions: [
            .init("distribution", weight: weight, LabelDistribution(classes, lambda: lambda))
          ]))
    ]
  }
}
