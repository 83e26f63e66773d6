public import Plans
public import Sampling

/// Classifier re-training: the network as the data come, then a new last layer alone, every class drawn equally
/// often.
///
/// Departs from the paper: the second stage is a part of `--epochs` (10 of 100 epochs) and not 10 epochs more;
/// each stage goes on from its best epoch on validation.
public struct ClassifierRetraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "crt"
  /// One line for lists of methods.
  public static let summary = "plain training, then a new last layer on balanced classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis",
    title: "Decoupling Representation and Classifier for Long-Tailed Recognition",
    venue: "ICLR 2020", link: "https://arxiv.org/abs/1910.09217")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .decoupled,
    use:
      "Use it after any first stage whose features are good and whose last layer favours common classes.",
    avoid:
      "Avoid it where classes have so few images that a balanced last layer learns them by heart.",
    claim:
      "On ImageNet-LT with ResNeXt-50, Kang et al. have 49.6 % for it beside 44.4 % for joint training.",
    settings: [
      "rate": "learning rate of the second stage over that of the first, above 0",
      "share": "part of the run that the last stage takes, above 0 and below 1",
    ])

  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 1.0

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
    second.opening = [NewHead()]
    second.trains = .heads
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(), fraction: 1 - share), second]
  }
}
