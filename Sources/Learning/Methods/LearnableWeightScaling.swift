public import Plans
public import Sampling

/// Learnable weight scaling: the network as the data come, then one scale for the logit of each class, every
/// class drawn equally often.
///
/// Departs from the paper: the second stage is a part of `--epochs`; each stage goes on from its best epoch on
/// validation; the scales are multiplied into the last layer at the end.
public struct LearnableWeightScaling: Method, Equatable {
  /// Name on the command line.
  public static let name = "lws"
  /// One line for lists of methods.
  public static let summary = "plain training, then one learned scale a class on balanced classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .decoupled,
    use: "Use it where a new last layer would overfit: it learns one number a class.",
    avoid: "Avoid it where rare classes point in wrong directions, which a scale cannot turn.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 49.9 % for it beside 44.4 % for joint training.",
    settings: [
      "rate": "learning rate of the second stage over that of the first, above 0",
      "share": "part of the run that the last stage takes, above 0 and below 1",
    ])

  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 2.0

  /// The published stages.
  public init() {}

  /// Both must be in their ranges.
  public var problems: [HyperparameterProblem] {
    [.unlessProperFraction("share", share), .unlessPositive("rate", rate)].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var second = Stage(Supervised(), samplers: [ClassBalancedSampler()], fraction: share)
    second.opening = [ScaleHead()]
    second.trains = .ofHeads(["scale"])
    second.rate = .restarts(factor: rate)
    second.closing = [FoldScales()]
    return [Stage(Supervised(), fraction: 1 - share), second]
  }
}
