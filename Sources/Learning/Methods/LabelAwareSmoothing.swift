import Losses
public import Plans
public import Sampling

/// Label-aware smoothing: labels of common classes smoothed more than those of rare ones.
///
/// Departs from the paper: it is the loss of the second of its two stages, and stands here by itself; with the concave
/// form, which the paper prefers.
public struct LabelAwareSmoothing: Method, Equatable {
  /// Name on the command line.
  public static let name = "label-aware-smoothing"
  /// One line for lists of methods.
  public static let summary = "labels smoothed, those of common classes more"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Zhong, Cui, Liu, Jia",
    title: "Improving Calibration for Long-Tailed Recognition", venue: "CVPR 2021",
    link: "https://arxiv.org/abs/2104.00466")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use: "Where a network is too sure of common classes.",
    avoid:
      "As an answer to imbalance alone: it changes few decisions. Where probabilities matter,"
      + " calibrate besides.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100: error 27.49, of cross-entropy 29.64, of"
      + " plain smoothing 27.19.",
    settings: [
      "head":
        "part of the labels of the commonest class that is spread over all, at least 0 and below 1",
      "tail": "the same of the rarest class, at least 0 and below 1",
    ])

  /// Part of the labels of the commonest class that is spread over all, in `0..<1`.
  public var head = 0.4
  /// The same of the rarest class, in `0..<1`.
  public var tail = 0.1

  /// The values published for CIFAR-100-LT.
  public init() {}

  /// Both must be in `0..<1`.
  public var problems: [HyperparameterProblem] {
    [
      .unlessUnit("head", head, closed: false), .unlessUnit("tail", tail, closed: false),
    ].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(AdjustedCrossEntropy.labelAwareSmoothing(classes, head: head, tail: tail)))]
  }
}
