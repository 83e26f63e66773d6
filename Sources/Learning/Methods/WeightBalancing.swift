import Losses
public import Plans
public import Sampling

/// Weight balancing: plain training under a strong weight decay, which keeps the weights of common classes from growing; then
/// the last layer alone, under a stronger one, held to a length (MaxNorm), with the class-balanced loss.
///
/// Departs from the authors' code: the second stage is a part of `--epochs` (10 of 210), and each stage goes on from its best
/// epoch on validation; the class-balanced loss is weighted softmax cross-entropy as in its paper, where the code takes
/// the binary cross-entropy of softmax probabilities. Both weight decays take the place of the run's.
public struct WeightBalancing: Method, Equatable {
  /// Name on the command line.
  public static let name = "weight-balancing"
  /// One line for lists of methods.
  public static let summary =
    "strong weight decay, then the last layer held to a length, re-weighted"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Alshammari, Wang, Ramanan, Kong",
    title: "Long-Tailed Recognition via Weight Balancing",
    venue: "CVPR 2022", link: "https://arxiv.org/abs/2203.14197")
  /// When to use it.
  public static let guide = Guide(
    .decoupled,
    use:
      "A network from scratch, and time to try a few weight decays: that is the one setting that counts most.",
    avoid:
      "Fine-tuning, where a strong decay undoes what was learned; AdamW, whose decay does not act as SGD's does.",
    claim:
      "53.35 % on CIFAR-100-LT at an imbalance of 100, a number from a second-hand table and perhaps of a ResNet-34.",
    settings: [
      "decay": "weight decay of the first stage, at least 0; to be tuned",
      "last": "weight decay of the last layer in the second stage, at least 0",
      "bound":
        "where the longest weights may reach, 0 the shortest class, 1 the longest of the first stage, at least 0",
      "beta": "β of the effective number of the weights, 0 to below 1",
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate": "learning rate of the second stage over that of the first, above 0",
    ])

  /// Weight decay of the first stage; at least 0.
  public var decay = 0.005
  /// Weight decay of the last layer in the second stage; at least 0.
  public var last = 0.1
  /// Where the longest weights may reach between the shortest class, 0, and the longest, 1; at least 0.
  public var bound = 0.1
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.05
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 1.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("decay", decay), .unlessNonNegative("last", last),
      .unlessNonNegative("bound", bound), .unlessUnit("beta", beta, closed: false),
      .unlessProperFraction("share", share), .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var first = Stage(Supervised(), fraction: 1 - share)
    first.weightDecay = decay
    var loss = AdjustedCrossEntropy()
    loss.weights = .effectiveNumber(classes, beta: beta)
    var second = Stage(Supervised(loss), fraction: share)
    second.trains = .heads
    second.weightDecay = last
    second.maxNorm = MaxNorm(share: bound)
    second.rate = .restarts(factor: rate)
    return [first, second]
  }
}
