import Losses
public import Plans
public import Sampling

/// Influence-balanced training: plain training, then rows weighted down by how much they bend the network.
///
/// Departs from the paper: the second part begins at a part of the run, `start`, that is its epoch 100 of 200; the rate
/// there is the run's schedule from its start, times `rate`.
public struct InfluenceBalancedTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "ib"
  /// One line for lists of methods.
  public static let summary = "plain training, then rows weighted down by their influence"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Park, Lim, Jeon, Choi",
    title: "Influence-Balanced Loss for Imbalanced Visual Classification", venue: "ICCV 2021",
    link: "https://arxiv.org/abs/2110.02444")
  /// When to use it.
  public static let guide = Guide(
    .classSensitive,
    use:
      "Where a network has learnt common classes by heart and bends around them at the expense"
      + " of rare ones.",
    avoid:
      "With noisy labels: what is mistaken for good is left alone. With short runs: the first"
      + " part must have converged.",
    claim:
      "Of BagofTricks-LT's CIFAR-10-LT at ratio 100, with deferred weights: error 23.34, of"
      + " cross-entropy 29.64.",
    settings: [
      "alpha":
        "α, by which the loss of the second part is multiplied; above 0. It acts as a learning rate does",
      "start": "part of the run after which rows are weighted, above 0 and below 1",
      "rate": "learning rate of the second part over that of the first; above 0",
    ])

  /// α, above 0.
  public var alpha = 1000.0
  /// Part of the run after which rows are weighted, above 0 and below 1.
  public var start = 0.5
  /// Learning rate of the second part over that of the first; above 0.
  public var rate = 0.01

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessProperFraction("start", start),
      .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// Two stages; the second goes on from the last epoch of the first.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var first = Stage(Supervised(), fraction: start)
    first.chooses = .last
    var second = Stage(
      Supervised(InfluenceBalanced(classes, alpha: alpha)), fraction: 1 - start)
    second.rate = .restarts(factor: rate)
    return [first, second]
  }
}
