import Losses
public import Plans
public import Sampling

/// Softmax equalization loss: rows of other classes mostly leave rare ones alone.
///
/// Departs from the paper: written for detection and for images alike; this is its loss for images. Whether a class is
/// rare is a matter of `lambda`, which the paper chooses for each data set: where no class is rarer it is `erm`.
public struct EqualizationTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "equalization"
  /// One line for lists of methods.
  public static let summary = "rare classes mostly spared being pushed down by rows of others"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Tan, Wang, Li, Li, Ouyang, Yin, Yan",
    title: "Equalization Loss for Long-Tailed Object Recognition", venue: "CVPR 2020",
    link: "https://arxiv.org/abs/2003.05176")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use: "With many classes, of which the rare ones are pushed down by all the others.",
    avoid:
      "With few classes, none rarer than lambda: it is then plain training; raise lambda or take"
      + " another.",
    claim: "Of BagofTricks-LT's CIFAR-100-LT at ratio 100: error 59.51, of cross-entropy 61.68.",
    settings: [
      "lambda": "λ, the part of the training images below which a class is rare; from 0 to 1",
      "gamma": "γ, how likely a rare class is spared in a row; from 0 to 1. 0 is erm",
    ])

  /// λ, a frequency in `0...1`.
  public var lambda = 0.005
  /// γ, in `0...1`.
  public var gamma = 0.9

  /// The published values.
  public init() {}

  /// Both must be in `0...1`.
  public var problems: [HyperparameterProblem] {
    [
      .unlessUnit("lambda", lambda, closed: true), .unlessUnit("gamma", gamma, closed: true),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(SoftmaxEqualization(classes, lambda: lambda, gamma: gamma)))]
  }
}
